/** What a request says of where it comes from: its token, its place, and whether it is from our own pages. */
import '@fastify/cookie' // gives requests their cookies
import { isIPv6, SocketAddress } from 'node:net'
import type { FastifyRequest } from 'fastify'
import type { Actor, PersonActor } from '../acts/index.ts'
import type { Vault } from '../platform/vault.ts'
import { DomainError } from '../refusals.ts'
import { deviceOf } from './device.ts'
import type { Origin } from './sessions.ts'

/** Over https the prefix keeps any other host, and any page without TLS, from planting one. */
export const sessionCookie = (publicUrl: string): string =>
  publicUrl.startsWith('https://') ? '__Host-meent_session' : 'meent_session'

/** What a program sends; never read from a cookie, or from an address that servers write down. */
export const bearerOf = (request: FastifyRequest): string | undefined =>
  /^Bearer ([\w-]{10,200})$/.exec(request.headers.authorization ?? '')?.[1]

/** Over https only the cookie with the prefix counts: the other one anybody on a neighbouring host could have planted. */
export function readToken(request: FastifyRequest, publicUrl: string): string | undefined {
  const bearer = bearerOf(request)
  if (bearer) return bearer
  const cookie = request.cookies[sessionCookie(publicUrl)]
  return cookie && /^[\w-]{10,200}$/.test(cookie) ? cookie : undefined
}

/** As the guard read it. */
export const tokenOf = (request: FastifyRequest): string | undefined => request.token

/**
 * A browser says where a request comes from: one that changes something must come from our own pages, with a cookie or
 * without (signing somebody in as another is an attack too). Programs say nothing of the kind.
 */
export function refuseCrossSite(request: FastifyRequest, publicUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const { origin, host } = request.headers
  if (!isFromHere(request) || (origin !== undefined && !isOwn(origin, publicUrl, host))) {
    throw new DomainError('cross-site-request')
  }
}

/** From our own pages, or typed in: by what the browser says, where it says it. */
export function isFromHere({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}

/** Scheme, host and port; without TLS a demonstration is reached by several names, and the browser says which. */
function isOwn(origin: string, publicUrl: string, host: string | undefined): boolean {
  if (publicUrl.startsWith('https://')) return URL.parse(origin)?.origin === new URL(publicUrl).origin
  return URL.parse(origin)?.host === host
}

/** A short keyed hash of the network: recognised when it comes again, and no address. Of IPv6 the first half counts. */
export function placeOf(address: string, vault: Vault): string {
  return vault
    .fingerprint(`place/${networkOf(address)}`)
    .toString('hex')
    .slice(0, 8)
}

/** The same of the larger network around it, of which one may hold 65,536; undefined for IPv4. */
export function networkAround(address: string, vault: Vault): string | undefined {
  const [first, second, third, fourth] = networkOf(address).split(':')
  if (fourth === undefined) return undefined
  return vault.fingerprint(`network/${first}:${second}:${third}`).toString('hex').slice(0, 8)
}

/**
 * However it is written: `2001:db8::1` and `2001:db8:0:0:1::` are one network, `::ffff:192.0.2.1` is IPv4, and some proxies
 * add the port.
 */
function networkOf(address: string): string {
  const plain = address
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^([\d.]+):\d+$/, '$1')
    .replace(/^::ffff:(?=[\d.]+$)/i, '')
    .replace(/%.*$/, '')
  if (!isIPv6(plain)) return plain
  const written = new SocketAddress({ address: plain, family: 'ipv6' }).address
  const [head = '', tail] = written.split('::')
  const groups = (text: string | undefined) => (text ? text.split(':') : [])
  const missing = 8 - groups(head).length - groups(tail).length
  const all =
    tail === undefined ? groups(head) : [...groups(head), ...Array(missing).fill('0'), ...groups(tail)]
  return all.slice(0, 4).join(':')
}

/** Where a request comes from, for a session that begins with it. */
export function originOf(request: FastifyRequest): Origin {
  return {
    requestId: request.id,
    place: request.place,
    device: deviceOf(request.headers['user-agent']),
  }
}

/** For routes whose permission needs a signed-in person. */
export function actorOf(request: FastifyRequest): PersonActor {
  const { session } = request
  if (!session) throw new DomainError('not-signed-in')
  return {
    kind: 'person',
    id: session.person.id,
    session: session.id,
    origin: request.id,
    place: request.place,
    onBehalfOf: session.actingFor ?? undefined,
    reason: session.actingReason ?? undefined,
  }
}

/** Of routes about one's own income: the enrolment of whoever is signed in, or of whom they help. */
export function ownEnrolmentOf({ session }: FastifyRequest): string {
  const enrolmentId = session?.actingFor ?? session?.person.enrolmentId
  if (!enrolmentId) throw new DomainError('not-found', { field: 'enrolment' })
  return enrolmentId
}

/** For routes that anybody may use, or a program with a key. */
export function anyActorOf(request: FastifyRequest): Actor {
  if (request.session) return actorOf(request)
  const from = { origin: request.id, place: request.place }
  return request.key ? { kind: 'key', id: request.key.id, ...from } : { kind: 'public', ...from }
}
