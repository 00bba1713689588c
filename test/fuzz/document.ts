// The OpenAPI document that the running service gives, as a list of operations with every reference filled in. All that is
// asked and all that is judged comes from here: an operation that is added is fuzzed without anybody adding it.

export interface Schema {
  readonly title?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly pattern?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly required: boolean
  readonly schema: Schema
}

export interface Operation {
  readonly id: string
  readonly method: string
  /** With the server's prefix: `/v1/pools/{poolId}`. */
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly body: { readonly mediaType: string; readonly schema: Schema } | undefined
  /** By status: the schema of each media type; no media type where the answer has no body. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, Schema>>>>
  readonly secured: boolean
}

type Json = Readonly<Record<string, unknown>>
interface Described {
  readonly operationId: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>
  >
  readonly security?: readonly Json[]
}

export function operationsIn(document: Json): Operation[] {
  const [server] = (document.servers ?? [{ url: '' }]) as { url: string }[]
  const whole = filledIn(document, document) as { paths: Record<string, Record<string, Described>> }
  return Object.entries(whole.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) =>
      operationOf(server?.url ?? '', path, method, described),
    ),
  )
}

function operationOf(prefix: string, path: string, method: string, described: Described): Operation {
  const [body] = Object.entries(described.requestBody?.content ?? {})
  return {
    id: described.operationId,
    method: method.toUpperCase(),
    path: `${prefix}${path}`,
    parameters: (described.parameters ?? []).map(each => ({ ...each, required: each.required ?? false })),
    body: body && { mediaType: body[0], schema: body[1].schema },
    answers: Object.fromEntries(
      Object.entries(described.responses).map(([status, { content = {} }]) => [
        status,
        Object.fromEntries(Object.entries(content).map(([type, { schema }]) => [type, schema ?? {}])),
      ]),
    ),
    secured: (described.security ?? []).length > 0,
  }
}

/** With what each `$ref` points at in its place, under its name; one that points at itself ends in anything at all. */
function filledIn(part: unknown, document: Json, within: readonly string[] = []): unknown {
  if (Array.isArray(part)) return part.map(each => filledIn(each, document, within))
  if (typeof part !== 'object' || part === null) return part
  const { $ref, ...rest } = part as { $ref?: unknown }
  if (typeof $ref !== 'string') {
    return Object.fromEntries(
      Object.entries(rest).map(([name, each]) => [name, filledIn(each, document, within)]),
    )
  }
  if (within.includes($ref)) return {}
  const steps = $ref.slice(2).split('/')
  let target: unknown = document
  for (const step of steps) target = (target as Json)[step.replaceAll('~1', '/').replaceAll('~0', '~')]
  if (target === undefined) throw new Error(`${$ref} is not in the document`)
  const there = filledIn(target, document, [...within, $ref]) as Json
  return { ...there, ...($ref.includes('/schemas/') ? { title: steps.at(-1) } : {}) }
}
