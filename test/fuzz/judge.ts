// What is wrong with an answer, all things considered. Pure: made-up bad answers show in judge.test.ts that each law is seen.

import { type Answer, brokenPromises } from './answers.ts'
import type { Operation } from './document.ts'
import { answersPersonal, leaksIn } from './leaks.ts'
import type { Request } from './request.ts'
import type { Verdict } from './rights.ts'

export interface Asked {
  readonly operation: Operation
  readonly request: Request
  /** All that the guard may have said: roles come and go meanwhile. */
  readonly verdicts: readonly Verdict[]
  /** The one pool that whoever asks may see; null: all of them, or none. */
  readonly onlyPool: string | null
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
    ...otherPools(asked, answer),
    ...kept(asked, answer),
    ...leaksIn(operation, sent, said, foreign, isPersonal(asked, answer)),
  ]
  return reaches(operation, request) ? [...own, ...brokenPromises(operation, answer)] : own
}

/** All that is sent, also as it is once decoded: what is merely echoed is no leak. */
export function sentBy({ url, headers, payload }: Request): string {
  return [url, decoded(url), ...Object.values(headers), payload?.toString() ?? '', unescaped(payload)].join(
    '\n',
  )
}

/** Personal data is for whoever has the right, when all went well. */
const isPersonal = ({ operation, verdicts }: Asked, { status }: Answer): boolean =>
  answersPersonal(operation) && status === 200 && verdicts.includes('allowed')

function kept({ operation }: Asked, { status, headers }: Answer): string[] {
  if (!answersPersonal(operation) || status !== 200) return []
  const said = String(headers['cache-control'] ?? '')
  return /\bno-store\b/.test(said) ? [] : [`personal data may be kept on the way: cache-control: ${said}`]
}

const refusals: readonly string[] = [
  'not-signed-in',
  'not-allowed',
  'second-factor-needed',
  'fresh-sign-in-needed',
] satisfies Verdict[]
/** These look at who asks a second time: at the kind of the change, or at who proposed it. */
const lookTwice = ['proposeChange', 'approveChange', 'rejectChange', 'withdrawChange']

function brokenRights({ operation, request, verdicts }: Asked, { status, text }: Answer): string[] {
  const code = [401, 403].includes(status) ? (/"\/problems\/([a-z-]+)"/.exec(text)?.[1] ?? '') : ''
  const isAllowed = verdicts.includes('allowed')
  if (refusals.includes(code)) {
    if (verdicts.some(each => each === code)) return []
    if (isAllowed && code === 'not-allowed' && lookTwice.includes(operation.id)) return []
    if (!reaches(operation, request)) return []
    return [`refused as ${code}, and the table says ${verdicts.join(' or ')}`]
  }
  if (isAllowed) return []
  if (status < 400) return [`answered ${status} to somebody without the right`]
  const unread = [400, 404, 413, 414, 431]
  const unasked = [
    ...(code === 'cross-site-request' ? [403] : []),
    ...(isStrange(request) || !reaches(operation, request) ? unread : []),
  ]
  return [429, ...unasked].includes(status)
    ? []
    : [`answered ${status}, not 401 or 403, to somebody without the right`]
}

/** Whoever is there for one pool hears of no other. */
function otherPools({ onlyPool }: Asked, { status, text }: Answer): string[] {
  if (onlyPool === null || status >= 300) return []
  const named = [...text.matchAll(/"poolId":"([^"]+)"/g)].flatMap(([, id]) => id ?? [])
  return named.filter(each => each !== onlyPool).map(each => `of another pool: ${each}`)
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

/** The parameters in the address, as they were sent. */
export function pathValues({ path }: Operation, { url }: Request): [string, string][] {
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
