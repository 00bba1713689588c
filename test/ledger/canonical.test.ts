/**
 * The bytes of an entry are what the layout's table says: held against golden vectors, which another programme in
 * another language wrote, and against a reader that was made from the table alone and knows nothing of the writer.
 */
import { deepStrictEqual, notDeepStrictEqual } from 'node:assert'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import { canonicalBytes } from '../../src/ledger/canonical.ts'
import { type AccountKind, accountKinds } from '../../src/ledger/chart.ts'
import type { JournalEntry, JournalPosting } from '../../src/ledger/export/entry.ts'
import type { Nature } from '../../src/ledger/tables.ts'

const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n }
const int64 = fc.oneof(fc.bigInt(INT64), fc.constantFrom(INT64.min, -1n, 0n, 1n, INT64.max))
/** Short and few, so that they meet; long enough for characters of every width, and for what looks like a length. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom('', 'a', '\0', '\0\0\0\x01', 'e\u0301', '\u00e9', '😀', '\uffff'),
)
const poolId = fc.oneof(fc.uuid(), fc.constant(null))

const plain = { noNullPrototype: true } as const

const anyEntry: fc.Arbitrary<JournalEntry> = fc.record(
  {
    organisationId: fc.integer(),
    id: int64,
    kind: text,
    nature: fc.constantFrom('fact' as const, 'decision' as const),
    key: text,
    reverses: fc.option(int64),
    effectiveAt: int64,
    recordedAt: int64,
    postings: fc.array(
      fc.record(
        {
          account: fc.record(
            {
              kind: fc.constantFrom(...accountKinds),
              side: fc.constant('either' as const),
              subject: text,
              poolId,
              currency: fc.constantFrom('EUR', 'ISK'),
            },
            plain,
          ),
          amount: int64,
          accountVersion: int64,
          balanceAfter: int64,
        },
        plain,
      ),
      { maxLength: 3 },
    ),
  },
  plain,
)

t.test('the golden vectors are met, byte for byte', async t => {
  const file = new URL('../vectors/ledger-entry-canonical.json', import.meta.url)
  const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] }
  t.ok(vectors.length >= 5)
  for (const { name, entry, hex, sha256 } of vectors) {
    const bytes = canonicalBytes(revived(entry))
    t.equal(Buffer.from(bytes).toString('hex'), hex, name)
    t.equal(createHash('sha256').update(bytes).digest('hex'), sha256, name)
  }
})

t.test('who reads by the table finds the entry again, so no two share their bytes', async () => {
  fc.assert(fc.property(anyEntry, entry => deepStrictEqual(read(canonicalBytes(entry)), entry)))
})

t.test('what is moved from one text into the next makes other bytes', async () => {
  const cut = fc.nat(8)
  fc.assert(
    fc.property(anyEntry, fc.array(text, { minLength: 2 }), cut, cut, (entry, parts, one, other) => {
      const cutAt = (place: number) => ({
        kind: parts.slice(0, place).join(''),
        key: parts.slice(place).join(''),
      })
      const [left, right] = [cutAt(one), cutAt(other)]
      fc.pre(left.kind !== right.kind)
      notDeepStrictEqual(canonicalBytes({ ...entry, ...left }), canonicalBytes({ ...entry, ...right }))
    }),
  )
})

t.test('nothing and zero, no pool and any pool, one posting and two are all different', async t => {
  const [entry] = fc.sample(anyEntry, { numRuns: 1, seed: 1 })
  const posting: JournalPosting = {
    account: { kind: 'bank', side: 'debit', subject: '', poolId: null, currency: 'EUR' },
    ...{ amount: 0n, accountVersion: 0n, balanceAfter: 0n },
  }
  const ofZeros = {
    ...posting,
    account: { ...posting.account, poolId: '00000000-0000-0000-0000-000000000000' },
  }
  const all = [
    { ...entry, reverses: null, postings: [] },
    { ...entry, reverses: 0n, postings: [] },
    ...[[posting], [ofZeros], [posting, ofZeros], [ofZeros, posting], [posting, posting]].map(postings => ({
      ...entry,
      postings,
    })),
  ] as JournalEntry[]
  t.equal(new Set(all.map(each => Buffer.from(canonicalBytes(each)).toString('hex'))).size, all.length)
})

t.test('the side of an account follows from its kind and is not in the bytes', async t => {
  const [entry] = fc.sample(
    anyEntry.filter(each => each.postings.length > 0),
    { numRuns: 1, seed: 1 },
  )
  if (!entry) throw new Error('no entry')
  const postings = entry.postings.map(each => ({
    ...each,
    account: { ...each.account, side: 'debit' as const },
  }))
  t.strictSame(canonicalBytes({ ...entry, postings }), canonicalBytes(entry))
})

t.test('what could be written in two ways, or not at all, is refused', async t => {
  const [entry] = fc.sample(anyEntry, { numRuns: 1, seed: 1 })
  if (!entry) throw new Error('no entry')
  const pool = (poolId: string): Partial<JournalEntry> => ({
    postings: [
      {
        account: { kind: 'bank', side: 'debit', subject: '', poolId, currency: 'EUR' },
        ...{ amount: 1n, accountVersion: 1n, balanceAfter: 1n },
      },
    ],
  })
  const crooked: Partial<JournalEntry>[] = [
    ...[
      { key: 'half of \ud83d' },
      { kind: '\ude00' },
      { id: INT64.max + 1n },
      { recordedAt: INT64.min - 1n },
    ],
    ...['', 'A195C1A0-7E11-7ABC-8DEF-0123456789AB', '0195c1a07e117abc8def0123456789ab', 'x'.repeat(36)].map(
      pool,
    ),
    { organisationId: 1.5 },
  ]
  for (const part of crooked) t.throws(() => canonicalBytes({ ...entry, ...part }), RangeError)
})

/** The table, read from top to bottom. */
function read(bytes: Uint8Array): JournalEntry {
  const buffer = Buffer.from(bytes)
  let at = 0
  const take = (length: number) => {
    at += length
    if (at > buffer.length) throw new Error('it ends too early')
    return buffer.subarray(at - length, at)
  }
  const uint32 = () => take(4).reduce((value, byte) => value * 256 + byte, 0)
  const int64 = () => BigInt.asIntN(64, BigInt(`0x${take(8).toString('hex')}`))
  const text = () => take(uint32()).toString('utf8')
  const optional = <T>(value: () => T) => {
    const [is] = take(1)
    if (is !== 0 && is !== 1) throw new Error('neither there nor not there')
    return is === 1 ? value() : null
  }
  const uuid = () =>
    take(16)
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  const posting = (): JournalPosting => ({
    account: {
      kind: text() as AccountKind,
      side: 'either',
      subject: text(),
      poolId: optional(uuid),
      currency: text(),
    },
    amount: int64(),
    accountVersion: int64(),
    balanceAfter: int64(),
  })
  if (text() !== 'meent-ledger-entry/0') throw new Error('another format')
  const entry = {
    organisationId: Number(int64()),
    id: int64(),
    kind: text(),
    nature: text() as Nature,
    key: text(),
    reverses: optional(int64),
    effectiveAt: int64(),
    recordedAt: int64(),
    postings: Array.from({ length: uint32() }, posting),
  }
  if (at !== buffer.length) throw new Error('something follows')
  return entry
}

interface Vector {
  readonly name: string
  readonly entry: Record<'id' | 'effectiveAt' | 'recordedAt', string> &
    Pick<JournalEntry, 'organisationId' | 'kind' | 'nature' | 'key'> & {
      readonly reverses: string | null
      readonly postings: (Pick<JournalPosting, 'account'> &
        Record<'amount' | 'accountVersion' | 'balanceAfter', string>)[]
    }
  readonly hex: string
  readonly sha256: string
}

function revived({ reverses, postings, ...entry }: Vector['entry']): JournalEntry {
  return {
    ...entry,
    id: BigInt(entry.id),
    effectiveAt: BigInt(entry.effectiveAt),
    recordedAt: BigInt(entry.recordedAt),
    reverses: reverses === null ? null : BigInt(reverses),
    postings: postings.map(({ account, amount, accountVersion, balanceAfter }) => ({
      account,
      amount: BigInt(amount),
      accountVersion: BigInt(accountVersion),
      balanceAfter: BigInt(balanceAfter),
    })),
  }
}
