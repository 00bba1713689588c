/**
 * Stripe's request and response schemas as validators. They stand beside the repository, not in it: without them
 * the tests that need them say so in one line and are left out.
 */
import { existsSync, readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import qs from 'qs'

const FOLDER = new URL('../../../shared/data/stripe/', import.meta.url)

export const schemasPresent = existsSync(new URL('stripe-reduced.openapi.json', FOLDER))
export const absentMessage = 'left out: ../shared/data/stripe is absent'

interface Spec {
  paths: Record<string, Record<string, { parameters?: { name: string; schema: object }[] }>>
  components: { schemas: Record<string, { properties?: Record<string, unknown> }> }
  queries?: Record<string, object>
}

const readSpec = (name: string): Spec => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Spec

/** Answers what is wrong with a request that was sent; null when nothing is. */
export function requestChecker(): (request: {
  method: string
  path: string
  query: string
  body: string
}) => string | null {
  const spec = readSpec('stripe-requests.openapi.json')
  spec.queries = {}
  for (const [path, operations] of Object.entries(spec.paths)) {
    for (const [method, { parameters = [] }] of Object.entries(operations)) {
      spec.queries[`${method} ${path}`] = {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
      }
    }
  }
  const validator = validators(spec, true)
  return ({ method, path, query, body }) => {
    const operation = `${method.toLowerCase()} ${path}`
    const pointer = `#/paths/${pointerStep(path)}/${method.toLowerCase()}/requestBody/content/${pointerStep('application/x-www-form-urlencoded')}/schema`
    const parts: [string, string][] = [[`#/queries/${pointerStep(operation)}`, query]]
    if (method === 'POST') parts.push([pointer, body])
    for (const [schema, encoded] of parts) {
      const validate = validator(schema)
      if (!validate(parse(encoded))) return errorsOf(validate)
    }
    return null
  }
}

/** Answers what is wrong with an object of a response: its values, and fields that Stripe does not have. */
export function objectChecker(): (schema: string, object: unknown) => string | null {
  const spec = readSpec('stripe-reduced.openapi.json')
  const validator = validators(spec, false)
  return (schema, object) => {
    const validate = validator(`#/components/schemas/${schema}`)
    const known = spec.components.schemas[schema]?.properties ?? {}
    const unknown = Object.keys(object as object).filter(field => !Object.hasOwn(known, field))
    if (unknown.length > 0) return `unknown fields: ${unknown.join(', ')}`
    return validate(object) ? null : errorsOf(validate)
  }
}

/** Example resources that Stripe publishes, by name. */
export function fixture(name: string): Record<string, unknown> {
  const file = JSON.parse(readFileSync(new URL('fixtures3-reduced.json', FOLDER), 'utf8')) as {
    resources: Record<string, Record<string, unknown>>
  }
  const resource = file.resources[name]
  if (resource === undefined) throw new Error(`no fixture ${name}`)
  return resource
}

function validators(spec: Spec, coerceTypes: boolean): (pointer: string) => ValidateFunction {
  const ajv = new Ajv({ strict: false, coerceTypes, allErrors: false })
  formats.default(ajv)
  ajv.addFormat('decimal', /^-?\d+(\.\d+)?$/)
  ajv.addSchema(spec as object, 'stripe')
  const compiled = new Map<string, ValidateFunction>()
  return pointer => {
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `stripe${pointer}` })
    compiled.set(pointer, validate)
    return validate
  }
}

const errorsOf = (validate: ValidateFunction): string =>
  (validate.errors ?? []).map(error => `${error.instancePath} ${error.message}`).join('; ')

const parse = (encoded: string) => qs.parse(encoded, { depth: 20, arrayLimit: 1_000, parameterLimit: 10_000 })

/** One step of a JSON pointer inside a URI fragment. */
const pointerStep = (step: string) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))
