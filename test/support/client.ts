// A client of the API, as anybody could write one: JSON in, JSON out, a token after signing in.

import { randomUUID } from 'node:crypto'

export interface Answer<T = Record<string, unknown>> {
  readonly status: number
  readonly body: T
  readonly headers: Headers
}

export interface Client {
  get<T = Record<string, unknown>>(path: string): Promise<Answer<T>>
  /** `key`: the Idempotency-Key; a new one when left out. */
  post<T = Record<string, unknown>>(path: string, body?: unknown, key?: string): Promise<Answer<T>>
  postXml<T = Record<string, unknown>>(path: string, xml: string): Promise<Answer<T>>
}

export function client(url: string, token?: string): Client {
  const authorization = token ? { authorization: `Bearer ${token}` } : {}
  const call = async <T>(path: string, init: RequestInit): Promise<Answer<T>> => {
    const answer = await fetch(`${url}/v1${path}`, {
      ...init,
      headers: { 'accept-language': 'en', ...authorization, ...(init.headers as Record<string, string>) },
    })
    const text = await answer.text()
    const isJson = /json/.test(answer.headers.get('content-type') ?? '')
    return { status: answer.status, body: (isJson ? JSON.parse(text) : text) as T, headers: answer.headers }
  }
  return {
    get: path => call(path, {}),
    post: (path, body, key = randomUUID()) =>
      call(path, {
        method: 'POST',
        headers: {
          'idempotency-key': key,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    postXml: (path, xml) =>
      call(path, { method: 'POST', headers: { 'content-type': 'application/xml' }, body: xml }),
  }
}

/** Signs in as the demonstration's person with this role. */
export async function signInAs(url: string, role: string): Promise<Client> {
  const anyone = client(url)
  const { body } = await anyone.get<{ persons: { id: string; roles: string[] }[] }>('/persons')
  const personId = body.persons.find(person => person.roles.includes(role))?.id
  const session = await anyone.post<{ token: string }>('/sessions', { personId })
  return client(url, session.body.token)
}
