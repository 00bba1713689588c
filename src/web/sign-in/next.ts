/** Where to go after signing in: a path of this site and nothing else, whatever the address says. */
import type { Person } from '../../auth/index.ts'
import { isStaffRole } from '../../auth/index.ts'
import { paths } from '../paths.ts'

const LONGEST = 500

/** A path of ours without the locale's prefix, or '' when it is none. */
export function safeNext(typed: unknown): string {
  if (typeof typed !== 'string' || typed.length > LONGEST || !/^\/(?![/\\])[\x21-\x7e]*$/.test(typed))
    return ''
  const url = URL.parse(typed, 'http://localhost')
  if (url?.origin !== 'http://localhost') return ''
  const path = `${url.pathname}${url.search}`.replace(/^\/en(?=\/|$|\?)/, '') || '/'
  // Signing in leads on, never round in a circle.
  return /^\/(?!\/)/.test(path) && !path.startsWith('/sign-') ? path : ''
}

export function homeOf({ roles }: Pick<Person, 'roles'>): string {
  if (roles.some(isStaffRole)) return paths.admin
  if (roles.includes('recipient')) return paths.myIncome
  return roles.includes('donor') ? paths.myGifts : paths.account
}
