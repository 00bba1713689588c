// A request as it is sent: its plan, filled in with what is known now.

import type { Operation } from './document.ts'
import { XML } from './hostile-xml.ts'
import type { Known } from './known.ts'
import type { Plan } from './plan.ts'

export interface Request {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload: string | Buffer | undefined
}

export function requestOf(
  { operation, parameters, extraQuery, extraHeaders, body }: Plan,
  known: Known,
): Request {
  let path = operation.path
  const query: string[] = []
  const headers: Record<string, string> = {}
  for (const { of, value: planned } of parameters) {
    const value = known.fill(planned)
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
    // What pretends to be encoded is sent as it is: rubbish of that kind never comes out of a decoder.
    const encoded = text.startsWith('%') ? text : encodeURIComponent(text.toWellFormed())
    if (of.in === 'path') path = path.replace(`{${of.name}}`, () => encoded)
    else if (value === undefined) continue
    else if (of.in === 'query') query.push(`${encodeURIComponent(of.name)}=${encoded}`)
    else headers[of.name] = text
  }
  if (extraQuery) query.push(extraQuery)
  return {
    method: operation.method,
    url: query.length > 0 ? `${path}?${query.join('&')}` : path,
    headers: { ...headers, ...typeOf(operation, body), ...extraHeaders },
    payload: payloadOf(operation, body, known),
  }
}

function typeOf({ body: described }: Operation, body: Plan['body']): Record<string, string> {
  if (!body) return {}
  const type = 'value' in body ? (described?.mediaType ?? 'application/json') : body.mediaType
  return type === undefined ? {} : { 'content-type': type }
}

function payloadOf({ body: described }: Operation, body: Plan['body'], known: Known) {
  if (!body) return undefined
  if (!('value' in body)) return body.payload
  const value = known.fill(body.value)
  return described?.mediaType === XML ? String(value) : JSON.stringify(value)
}
