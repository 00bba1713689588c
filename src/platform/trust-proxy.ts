/**
 * Whom to believe about where a request comes from. `X-Forwarded-For` is a list that anybody may begin: only what the last
 * proxies added is true, so their number is told, or their addresses.
 */
import { isIP } from 'node:net'

/** Nobody; whoever says so (never in production); so many proxies in front; those at these addresses. */
export type TrustProxy = boolean | number | readonly string[]

const MOST_HOPS = 10

/** Undefined when the text says none of these. */
export function trustProxyOf(text: string): TrustProxy | undefined {
  if (text === 'true' || text === 'false') return text === 'true'
  if (/^\d+$/.test(text)) {
    const hops = Number(text)
    return hops >= 1 && hops <= MOST_HOPS ? hops : undefined
  }
  const networks = text.split(',').map(each => each.trim())
  return networks.every(isNetwork) ? networks : undefined
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const family = isIP(address)
  if (family === 0 || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

/**
 * As Fastify takes it. It does not count proxies by itself, since whoever goes around them could say anything: with a
 * number, nothing but the proxies may reach the service's port.
 */
export const fastifyTrust = (trust: TrustProxy) =>
  typeof trust === 'number'
    ? (_address: string, hop: number) => hop < trust
    : typeof trust === 'boolean'
      ? trust
      : [...trust]
