/** Every night: documents whose time has passed go. The database knows which, and removes nothing else. */
import { sql } from 'kysely'
import { recordAct } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { inTransaction } from '../platform/transaction.ts'
import type { DocumentKind } from './index.ts'

/** In one transaction: the night that is a year after a busy day must not hold up the next day's events. */
const PORTION = 20_000

/** Answers how many went. Safe to repeat, and at once on several instances. */
export async function removeExpired({
  db,
  organisationId,
  clock,
}: Pick<Deps, 'db' | 'organisationId' | 'clock'>): Promise<number> {
  for (let total = 0; ; ) {
    const gone = await inTransaction(db, async trx => {
      const { rows } = await sql<{ kind: DocumentKind; removed: bigint }>`
        select kind, removed from archive.remove_expired(${organisationId}, ${PORTION})`.execute(trx)
      if (rows.length === 0) return 0
      await recordAct(
        trx,
        organisationId,
        { kind: 'system' },
        {
          at: clock.now(),
          action: 'archive.remove-expired',
          subject: { kind: 'organisation', id: String(organisationId) },
          detail: Object.fromEntries(rows.map(({ kind, removed }) => [kind, Number(removed)])),
        },
      )
      return rows.reduce((sum, { removed }) => sum + Number(removed), 0)
    })
    total += gone
    if (gone < PORTION) return total
  }
}
