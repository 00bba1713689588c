/**
 * The bytes that stand for one entry, wherever it is hashed: the same entry gives the same bytes in every language and
 * for all time, and no two different entries share them. A draft, as its first field says: the layout is frozen, under
 * a name that ends in 1, when the public log is built. Until then nothing may store a hash of it.
 *
 * The fields follow each other without anything in between, and nothing follows the last.
 *
 * | field                   | as       | what                                                             |
 * | ----------------------- | -------- | ---------------------------------------------------------------- |
 * | format                  | text     | `meent-ledger-entry/0`                                           |
 * | organisation            | int64    | its number                                                       |
 * | entry                   | int64    | its id, which `reverses` and the API point at                    |
 * | kind                    | text     | which movement it is, such as `donation-received`                |
 * | nature                  | text     | `fact` or `decision`                                             |
 * | key                     | text     | the opaque id of what happened                                   |
 * | reverses                | optional | then int64: the id of the entry that this one undoes             |
 * | effective at            | int64    | microseconds since 1970-01-01T00:00:00Z, leap seconds not counted |
 * | recorded at             | int64    | the same                                                         |
 * | number of postings      | uint32   | for each, in their order within the entry:                       |
 * | – account kind          | text     | such as `fund-available`                                         |
 * | – account subject       | text     | the opaque id of what it is for; empty for the organisation      |
 * | – account pool          | optional | then 16 bytes: the UUID of the pool it belongs to                |
 * | – currency              | text     | ISO 4217, three capitals                                         |
 * | – amount                | int64    | minor units; debit positive, credit negative                     |
 * | – account version       | int64    | 1 for the account's first posting, 2 for its second, …           |
 * | – balance after         | int64    | of the account, signed like the amount                           |
 *
 * | as       | bytes                                                                           |
 * | -------- | ------------------------------------------------------------------------------- |
 * | text     | uint32, the length in bytes; then as many bytes of UTF-8, without normalisation |
 * | int64    | 8 bytes, two's complement, most significant first                               |
 * | uint32   | 4 bytes, most significant first                                                 |
 * | optional | 1 byte: 0 and nothing, or 1 and the value                                       |
 *
 * An account is told by what it is for and never by its number in our database, which means nothing outside. Its pool is
 * in there, so that nobody can be shown the same entry as another pool's. Version and balance are in there, so that
 * whoever holds the entries of one account sees that none is missing and that its balance follows from them.
 */
import type { JournalEntry, JournalPosting } from './export/entry.ts'

export const CANONICAL_FORMAT = 'meent-ledger-entry/0'

/** Throws RangeError on what has no single representation: half a character, a UUID in another spelling, 65 bits. */
export function canonicalBytes(entry: JournalEntry): Uint8Array {
  const parts = [
    text(CANONICAL_FORMAT),
    int64(BigInt(entry.organisationId)),
    int64(entry.id),
    text(entry.kind),
    text(entry.nature),
    text(entry.key),
    optional(entry.reverses, int64),
    int64(entry.effectiveAt),
    int64(entry.recordedAt),
    uint32(entry.postings.length),
    ...entry.postings.flatMap(postingParts),
  ]
  return new Uint8Array(Buffer.concat(parts))
}

function postingParts({ account, amount, accountVersion, balanceAfter }: JournalPosting): Uint8Array[] {
  return [
    text(account.kind),
    text(account.subject),
    optional(account.poolId, uuid),
    text(account.currency),
    int64(amount),
    int64(accountVersion),
    int64(balanceAfter),
  ]
}

function text(value: string): Uint8Array {
  // Half a surrogate pair would be written as U+FFFD, as would any other half.
  if (!value.isWellFormed()) throw new RangeError('text that is not Unicode has no canonical bytes')
  const bytes = Buffer.from(value, 'utf8')
  return Buffer.concat([uint32(bytes.length), bytes])
}

function int64(value: bigint): Uint8Array {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(value)
  return bytes
}

function uint32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function uuid(value: string): Uint8Array {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)) {
    throw new RangeError('a UUID is written in lower case, with its hyphens')
  }
  return Buffer.from(value.replaceAll('-', ''), 'hex')
}

function optional<T>(value: T | null, bytes: (value: T) => Uint8Array): Uint8Array {
  return value === null ? Uint8Array.of(0) : Buffer.concat([Uint8Array.of(1), bytes(value)])
}
