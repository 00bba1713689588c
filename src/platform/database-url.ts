/** What a database's address may say: nothing that undoes our own options, and TLS wherever a network lies between. */

/** `options` in the URL would silently replace ours, the role among them. */
export function withoutOptions(url: string): string {
  const parsed = new URL(url)
  parsed.searchParams.delete('options')
  return parsed.toString()
}

/** The driver looks at the certificate with each of these. */
const verified = new Set(['require', 'verify-ca', 'verify-full'])

/** What is wrong with talking to this database over a network; undefined when nothing is. */
export function tlsProblem(url: string): string | undefined {
  const parsed = URL.parse(url)
  if (!parsed) return undefined
  // Of two the driver takes the last.
  const said = (name: string) => parsed.searchParams.getAll(name).at(-1)
  const host = said('host') ?? decodeURIComponent(parsed.hostname)
  const isLocal =
    host === '' || host.startsWith('/') || host === 'localhost' || /^(127\.[\d.]+|\[?::1\]?)$/.test(host)
  if (isLocal) return undefined
  const mode = said('sslmode')
  const isVerified = mode === undefined ? ['true', '1'].includes(said('ssl') ?? '') : verified.has(mode)
  if (isVerified && said('uselibpqcompat') !== 'true') return undefined
  return 'must say sslmode=verify-full; over a network the database is talked to with TLS'
}
