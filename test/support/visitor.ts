// Somebody with a browser of their own, in process: forms, cookies and redirects, and nothing else a browser has.

import type { TestApp } from './app.ts'

export interface Page {
  readonly status: number
  readonly text: string
  /** Where it leads, for a redirect. */
  readonly to: string | undefined
}

export interface Visitor {
  readonly cookies: Map<string, string>
  get(path: string): Promise<Page>
  /** A form; answers what it leads to without following. */
  post(path: string, fields?: Record<string, string>): Promise<Page>
}

/** `userAgent`: what the browser says of itself; `address`: the network that it is in. */
export function visitor({ app }: Pick<TestApp, 'app'>, userAgent = 'test', address = '127.0.0.1'): Visitor {
  const cookies = new Map<string, string>()
  const ask = async (
    method: 'GET' | 'POST',
    path: string,
    fields?: Record<string, string>,
  ): Promise<Page> => {
    const answer = await app.inject({
      method,
      url: path,
      remoteAddress: address,
      headers: {
        accept: 'text/html',
        'user-agent': userAgent,
        host: 'meent.test',
        ...(cookies.size > 0 ? { cookie: [...cookies].map(pair => pair.join('=')).join('; ') } : {}),
        ...(fields ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(fields ? { payload: new URLSearchParams(fields).toString() } : {}),
    })
    for (const { name, value } of answer.cookies) {
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const to = answer.headers.location
    return { status: answer.statusCode, text: answer.body, to: to === undefined ? undefined : String(to) }
  }
  return { cookies, get: path => ask('GET', path), post: (path, fields = {}) => ask('POST', path, fields) }
}
