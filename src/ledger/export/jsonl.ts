/**
 * JSON Lines: one entry a line, complete, so that its canonical bytes can be made from the line alone. Whole numbers
 * that may pass 2^53 are strings, because most JSON readers would round them; amounts are in minor units.
 */
import type { JournalEntry, JournalPosting } from './entry.ts'
import type { ExportFormat } from './format.ts'
import { momentText } from './moment.ts'

export const jsonl: ExportFormat = {
  head: () => '',
  entry: ({ organisationId, id, kind, nature, key, reverses, effectiveAt, recordedAt, postings }) =>
    `${JSON.stringify({
      organisationId,
      id: `${id}`,
      kind,
      nature,
      key,
      reverses: reverses === null ? null : `${reverses}`,
      effectiveAt: momentText(effectiveAt),
      recordedAt: momentText(recordedAt),
      postings: postings.map(posting),
    } satisfies Written<JournalEntry>)}\n`,
}

function posting({ account, amount, accountVersion, balanceAfter }: JournalPosting) {
  const { kind, subject, poolId, currency } = account
  return {
    account: { kind, subject, poolId, currency },
    amount: `${amount}`,
    accountVersion: `${accountVersion}`,
    balanceAfter: `${balanceAfter}`,
  }
}

/** Every field of an entry, whatever it is written as: none is forgotten. */
type Written<T> = Readonly<Record<keyof T, unknown>>
