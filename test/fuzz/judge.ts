// What is wrong with an answer, all things considered. Pure: made-up bad answers show in judge.test.ts that each law is seen.

import { type Answer, brokenPromises } from './answers.ts'
import type { Operation } from './document.ts'
import { leaksIn } from './leaks.ts'
import type { Request } from './request.ts'
import type { Rights } from './rights.ts'

export interface Asked {
  readonly operation: Operation
  readonly request: Request
  readonly rights: Rights
  /** Ids and tokens of another organisation. */
  readonly foreign: readonly string[]
  /** What the other organisation has under the name of a parameter, numbers too. */
  readonly foreignOf: (name: string) => readonly string[]
}

export function complaints(asked: Asked, answer: Answer): string[] {
  const { operation, request, foreign } = asked
  const sent = sentBy(request)
  const said = `${Object.entries(answer.headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')}\n${answer.text}`
  const own = [
    ...(answer.status >= 500 ? [`our own error: ${answer.status}`] : []),
    ...(answer.headers['api-version'] ? [] : ['no API-Version']),
    ...brokenRights(asked, answer),
    ...foreignTouched(asked, answer),
    ...leaksIn(operation, sent, said, foreign),
  ]
  return reaches(operation, request) ? [...own, ...brokenPromises(operation, answer)] : own
}

/** All that is sent, also as it is once decoded: what is merely echoed is no leak. */
export function sentBy({ url, headers, payload }: Request): string {
  return [url, decoded(url), ...Object.values(headers), payload?.toString() ?? '', unescaped(payload)].join(
    '\n',
  )
}

function brokenRights({ operation, request, rights }: Asked, { status }: Answer): string[] {
  if (rights === 'right') return []
  if (status < 400) return [`answered ${status} to somebody without the right`]
  const unread = [400, 404, 413, 414, 431]
  const expected = [401, 403, 429, ...(isStrange(request) || !reaches(operation, request) ? unread : [])]
  return expected.includes(status)
    ? []
    : [`answered ${status}, not 401 or 403, to somebody without the right`]
}

/** What is not ours is not there: not read by its id, and nothing is done with it. */
function foreignTouched({ operation, request, foreign, foreignOf }: Asked, { status }: Answer): string[] {
  if (status >= 300) return []
  const asked = pathValues(operation, request).flatMap(([name, value]) =>
    foreignOf(name).includes(value) ? [`${name} ${value}`] : [],
  )
  const sent = request.method === 'GET' ? '' : String(request.payload ?? '')
  return [...asked, ...foreign.filter(each => sent.includes(each))].map(
    each => `${status} with an id of another organisation: ${each}`,
  )
}

function pathValues({ path }: Operation, { url }: Request): [string, string][] {
  const asked = url.split('?')[0]?.split('/') ?? []
  return path.split('/').flatMap((step, index): [string, string][] => {
    const name = /^\{(\w+)\}$/.exec(step)?.[1]
    return name === undefined ? [] : [[name, asked[index] ?? '']]
  })
}

/** The address as a server sees it; rubbish in a parameter may make it one of another operation, or of none. */
export function reaches({ path }: Operation, { url }: Request): boolean {
  const template = path.replaceAll(/\{\w+\}/g, '[^/]{1,200}')
  const seen = URL.parse(url, 'http://meent.test')?.pathname
  return seen !== undefined && new RegExp(`^${template}$`).test(seen)
}

const isStrange = ({ url }: Request) => decoded(url) === undefined || url.length > 4000

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function unescaped(payload: Request['payload']): string {
  try {
    return Object.values(JSON.parse(String(payload)) as object).join('\n')
  } catch {
    return ''
  }
}
