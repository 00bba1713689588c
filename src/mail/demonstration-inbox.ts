/**
 * What waits in the outbox, in clear: it stands in for everybody's mail program where no letter really leaves. With a mail
 * server it refuses, whoever asks.
 */
import type { Deps } from '../deps.ts'
import type { Locale } from '../money/index.ts'
import { DomainError } from '../refusals.ts'
import type { Letter } from './letter.ts'
import { unseal } from './outbox.ts'

export interface WaitingLetter {
  readonly id: string
  readonly to: string
  readonly locale: Locale
  readonly queuedAt: Date
  readonly letter: Letter
}

const SHOWN = 50

/** No letter leaves here, so what waits may be shown. */
export const hasDemonstrationInbox = ({ mode, mail }: Pick<Deps, 'mode' | 'mail'>): boolean =>
  mode === 'demonstration' && mail === undefined

/** The newest fifty, newest first. */
export async function waitingLetters(deps: Deps): Promise<WaitingLetter[]> {
  const rows = await waiting(deps).orderBy('queuedAt', 'desc').orderBy('id', 'desc').limit(SHOWN).execute()
  return rows.flatMap(row => opened(deps, row))
}

/** Refuses with `not-found`. */
export async function waitingLetter(deps: Deps, id: string): Promise<WaitingLetter> {
  const rows = await waiting(deps).where('id', '=', id).execute()
  const [letter] = rows.flatMap(row => opened(deps, row))
  if (!letter) throw new DomainError('not-found', { field: 'letter' })
  return letter
}

function waiting(deps: Deps) {
  if (!hasDemonstrationInbox(deps)) throw new DomainError('not-in-demonstration')
  return deps.db
    .selectFrom('mail.outbox')
    .select(['id', 'locale', 'queuedAt', 'sealed'])
    .where('organisationId', '=', deps.organisationId)
    .where('sealed', 'is not', null)
}

function opened(
  { vault, organisationId }: Deps,
  { sealed, ...row }: Omit<WaitingLetter, 'to' | 'letter'> & { sealed: Buffer | null },
): WaitingLetter[] {
  try {
    return sealed ? [{ ...row, ...unseal(vault, { organisationId, id: row.id }, sealed) }] : []
  } catch {
    return [] // sealed under a secret that is gone
  }
}
