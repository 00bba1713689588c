/** What every page knows, whatever it shows: language, place, clock and who is looking. */
import { allows, type Grant, type Permission } from '../auth/index.ts'
import type { Locale } from '../money/index.ts'
import type { Text } from './text/index.ts'

/** What was just done, shown once after the redirect that follows a form. */
export type Notice = keyof Text['notices']

export interface PageContext {
  readonly locale: Locale
  /** Without the locale's prefix, with the query: `/pools/groningen/ledger?before=12`. */
  readonly path: string
  /** Whether anybody can sign in here. */
  readonly signIn: boolean
  /** `inbox`: no letter leaves here; what would is shown. */
  readonly demonstration: { readonly today: string; readonly inbox: boolean } | null
  readonly person: {
    readonly name: string
    readonly grants: readonly Grant[]
    /** A recipient is being helped: said on every page. */
    readonly helping: boolean
  } | null
  /** Who stands behind this site; null where it cannot be known, as on an error page. */
  readonly organisation: {
    readonly legalName: string
    readonly rsin: string | null
    readonly contact: string
  } | null
  readonly notice?: Notice | null
  /** Payments are frozen: staff reads it on every page. */
  readonly frozen?: { readonly at: Date; readonly by: string; readonly reason: string } | null
}

/**
 * Dutch lives at the root, English under /en, with the same words in the path. A path that begins with two slashes
 * would lead to another site: it comes from a request's address, so it is taken as one. Browsers read a backslash as a
 * slash, and do not see tabs and line breaks at all.
 */
export function localPath(page: Pick<PageContext, 'locale'>, path: string): string {
  const local = `/${path.replace(/[\p{Cc}]/gu, '').replace(/^[/\\\s]+/, '')}`
  if (page.locale === 'nl') return local
  return local === '/' ? '/en' : `/en${local}`
}

/**
 * Whether the guard would let this reader through: no page offers what it would refuse. `poolId` as for `allows`: null
 * for what is the organisation's, a pool's id for what is about one, undefined for lists of several and one's own.
 */
export const mayOpen = (
  { person }: Pick<PageContext, 'person'>,
  permission: Permission,
  poolId?: string | null,
): boolean => allows(permission, person?.grants ?? [], poolId)
