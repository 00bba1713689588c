/** One transaction, tried again when Postgres says that somebody else was at the same rows at the same moment. */
import type { Kysely, Transaction } from 'kysely'

const MAX_TRIES = 10
/** serialization failure, deadlock, and a ledger key claimed by a transaction that committed just now. */
const worthAnotherTry = (error: { code?: string; constraint?: string }) =>
  error.code === '40001' ||
  error.code === '40P01' ||
  (error.code === '23505' && error.constraint === 'entries_organisation_id_key_key')

/** `work` may run more than once, so it keeps its effects within the transaction. */
export async function inTransaction<DB, T>(
  db: Kysely<DB>,
  work: (trx: Transaction<DB>) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      if (tries >= MAX_TRIES || !worthAnotherTry(error as { code?: string })) throw error
      await new Promise(resolve => setTimeout(resolve, 2 ** tries * 5 * Math.random()))
    }
  }
}
