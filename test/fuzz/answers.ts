// Whether an answer is one that the document promises: its status, its content type and every field of its body.

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { Operation, Schema } from './document.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
}

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true })
formats.default(ajv)
const compiled = new Map<Schema, ValidateFunction>()

/** Answers what is wrong with it; nothing when all is as promised. */
export function brokenPromises(operation: Operation, { status, headers, text }: Answer): string[] {
  const promised = operation.answers[status] ?? operation.answers.default
  if (!promised) return [`the status ${status} is not in the document`]
  const type = String(headers['content-type'] ?? '').split(';')[0]
  if (Object.keys(promised).length === 0)
    return text === '' ? [] : [`${status} has a body and should have none`]
  const schema = promised[type ?? '']
  if (!schema) return [`${status} has the content type "${type}" and should have ${Object.keys(promised)}`]
  if (type === 'application/x-ndjson') return badLines(status, text)
  if (!/[/+]json$/.test(type ?? '')) return misfits(schema, text)
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return [`${status} is no JSON`]
  }
  return [...misfits(schema, body), ...(status >= 400 ? badProblem(status, body) : [])]
}

/** One JSON object a line, and nothing is left of a line that ends early. */
function badLines(status: number, text: string): string[] {
  if (text !== '' && !text.endsWith('\n')) return [`${status} ends within a line`]
  const bad = text
    .split('\n')
    .slice(0, -1)
    .find(line => !isObject(line))
  return bad === undefined ? [] : [`${status} has a line that is no JSON object: ${bad.slice(0, 80)}`]
}

function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

function misfits(schema: Schema, body: unknown): string[] {
  const validate = compiled.get(schema) ?? ajv.compile(schema as object)
  compiled.set(schema, validate)
  if (validate(body)) return []
  return (validate.errors ?? []).slice(0, 3).map(each => `body${each.instancePath} ${each.message}`)
}

/** What RFC 9457 and our own words for it ask beyond the schema. */
function badProblem(status: number, body: unknown): string[] {
  const problem = body as { status?: unknown; type?: unknown; title?: unknown }
  const complaints: string[] = []
  if (problem.status !== status) complaints.push(`the problem says ${problem.status}, the answer ${status}`)
  if (!/^\/problems\/[a-z-]+$/.test(String(problem.type)))
    complaints.push(`the problem's type is ${problem.type}`)
  if (problem.title === '') complaints.push('the problem has no title')
  return complaints
}
