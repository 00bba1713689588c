/**
 * The whole ledger of one organisation as text, for programs that are not ours: a treasurer's, an auditor's. It changes
 * nothing and stops nobody; the same ledger and the same `until` give the same text.
 */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import { DomainError } from '../../refusals.ts'
import { beancount } from './beancount.ts'
import { csv } from './csv.ts'
import type { Microseconds } from './entry.ts'
import type { ExportFormat } from './format.ts'
import { hledger } from './hledger.ts'
import { jsonl } from './jsonl.ts'
import { readAccounts, readCurrencies, readEntries, type Scope } from './read-journal.ts'

const formats: Readonly<Record<string, ExportFormat>> = { hledger, beancount, csv, jsonl }
export const exportFormats = Object.keys(formats)

export interface ExportSummary {
  readonly entries: number
  readonly postings: number
  /** By currency. Anything but zero means that the ledger is damaged. */
  readonly totals: ReadonlyMap<string, bigint>
}

/**
 * Hands the text on piece by piece; the next is read when `write` is done with the last, so that a slow reader holds it
 * up and memory does not grow. `until`: an RFC 3339 moment; entries recorded later are left out.
 */
export async function exportLedger(
  db: Kysely<DB>,
  organisationId: number,
  request: { format: string; until?: string | undefined },
  write: (text: string) => Promise<void>,
): Promise<ExportSummary> {
  const format = Object.hasOwn(formats, request.format) ? formats[request.format] : undefined
  if (!format) throw refusal('format', exportFormats.join(', '))
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async trx => {
      // Whoever reads the text may pause, but a snapshot that is kept forever keeps Postgres from cleaning up.
      await sql`set local idle_in_transaction_session_timeout = '10min'`.execute(trx)
      const scope = { organisationId, until: await readUntil(trx, request.until) }
      return writeAll(trx, scope, format, write)
    })
}

async function writeAll(
  trx: Transaction<DB>,
  scope: Scope,
  format: ExportFormat,
  write: (text: string) => Promise<void>,
): Promise<ExportSummary> {
  const totals = new Map<string, bigint>()
  let [entries, postings, lastRecordedAt]: [number, number, Microseconds] = [0, 0, 0n]
  await write(format.head({ ...scope, currencies: await readCurrencies(trx, scope.organisationId) }))
  const { account, closing } = format
  if (account) for await (const page of readAccounts(trx, scope)) await write(page.map(account).join(''))
  for await (const page of readEntries(trx, scope)) {
    entries += page.length
    for (const entry of page) {
      postings += entry.postings.length
      if (entry.recordedAt > lastRecordedAt) lastRecordedAt = entry.recordedAt
      for (const { account, amount } of entry.postings) {
        totals.set(account.currency, (totals.get(account.currency) ?? 0n) + amount)
      }
    }
    await write(page.map(format.entry).join(''))
  }
  if (closing) {
    for await (const page of readAccounts(trx, scope)) {
      await write(page.map(each => closing(each, lastRecordedAt)).join(''))
    }
  }
  return { entries, postings, totals }
}

/** To the microsecond, so Postgres reads it and not `Date`. */
async function readUntil(trx: Transaction<DB>, text: string | undefined): Promise<Microseconds | null> {
  if (text === undefined) return null
  const refused = refusal('until', 'a moment such as 2027-03-31T23:59:59Z')
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$/.test(text)) throw refused
  try {
    const { rows } = await sql<{ moment: bigint }>`
      select (extract(epoch from ${text}::timestamptz) * 1000000)::bigint as moment`.execute(trx)
    const moment = rows[0]?.moment ?? null
    // Given to the millisecond, or less, it is all of that millisecond, as wherever else a moment is asked for.
    return moment !== null && !/\.\d{4,6}/.test(text) ? moment + 999n : moment
  } catch (error) {
    const { code } = error as { code?: string }
    throw code?.startsWith('22') ? refused : error // 22: a day or an hour that does not exist
  }
}

const refusal = (field: string, reason: string) =>
  new DomainError('invalid-request', { field, reason: `--${field}: ${reason}` })
