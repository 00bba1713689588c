/**
 * The payment provider's keys stand in the environment alone; here is which of them two people agreed to. With other keys
 * somebody could have every gift paid to themselves, so payments wait until that is said by a second person.
 */
import type { Kysely, Transaction } from 'kysely'
import { recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import { newId, sha256 } from '../platform/id.ts'
import { inTransaction } from '../platform/transaction.ts'

export interface ProviderKeysTable {
  organisationId: number
  id: string
  provider: 'stripe' | 'simulated'
  fingerprint: Buffer
  changeId: string | null
}

export interface ProviderKeys {
  readonly provider: 'stripe' | 'simulated'
  /** Of the environment's keys. They are long and random, so a plain hash tells nothing of them. */
  readonly fingerprint: Buffer
  /** From memory, read again each minute: gifts ask it, and so do the jobs. */
  areAccepted(): Promise<boolean>
  /** Reads it again now: it was just decided. */
  refresh(): Promise<boolean>
}

const READ_AGAIN_MS = 60_000

export function providerKeys(
  db: Kysely<DB>,
  organisationId: number,
  provider: 'stripe' | 'simulated',
  keys: { readonly secretKey: string; readonly webhookSecret: string },
): ProviderKeys {
  const words = JSON.stringify(['provider-keys', provider, keys.secretKey, keys.webhookSecret])
  const fingerprint = sha256(words)
  let known: { accepted: boolean; until: number } | undefined
  const refresh = async () => {
    const stored = await acceptedFingerprint(db, organisationId, provider)
    const accepted = stored !== null && fingerprint.equals(stored)
    known = { accepted, until: Date.now() + READ_AGAIN_MS }
    return accepted
  }
  return {
    provider,
    fingerprint,
    refresh,
    areAccepted: async () => (known && known.until > Date.now() ? known.accepted : refresh()),
  }
}

/** Null before any were accepted. */
export async function acceptedFingerprint(
  db: Kysely<DB> | Transaction<DB>,
  organisationId: number,
  provider: 'stripe' | 'simulated',
): Promise<Buffer | null> {
  const row = await db
    .selectFrom('organisations.providerKeys')
    .select('fingerprint')
    .where('organisationId', '=', organisationId)
    .where('provider', '=', provider)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.fingerprint ?? null
}

/** The first keys ever are taken as they are, at a start; the database keeps it to one. */
export async function acceptFirstKeys(
  db: Kysely<DB>,
  organisationId: number,
  keys: ProviderKeys,
): Promise<void> {
  if (await acceptedFingerprint(db, organisationId, keys.provider)) return
  await inTransaction(db, async trx => {
    const { provider, fingerprint } = keys
    const inserted = await trx
      .insertInto('organisations.providerKeys')
      .values({ organisationId, id: newId(), provider, fingerprint, changeId: null })
      .onConflict(conflict => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!inserted) return // another instance was first
    await recordAct(
      trx,
      organisationId,
      { kind: 'system' },
      {
        at: new Date(),
        action: 'provider-keys.accept',
        subject: { kind: 'provider-keys', id: inserted.id },
        detail: { provider, fingerprint: shortFingerprint(fingerprint) },
      },
    )
  })
  await keys.refresh()
}

/** Keys that a change names, when it is approved. Answers their id. */
export async function acceptKeys(
  trx: Transaction<DB>,
  organisationId: number,
  keys: {
    readonly provider: 'stripe' | 'simulated'
    readonly fingerprint: Buffer
    readonly changeId: string
  },
): Promise<string> {
  const id = newId()
  await trx
    .insertInto('organisations.providerKeys')
    .values({ organisationId, id, ...keys })
    .execute()
  return id
}

/** Enough to compare by eye: `3f9a 01c2 77be`. */
export const shortFingerprint = (fingerprint: Buffer | string): string =>
  (typeof fingerprint === 'string' ? fingerprint : fingerprint.toString('hex'))
    .slice(0, 12)
    .replace(/.{4}(?=.)/g, '$& ')
