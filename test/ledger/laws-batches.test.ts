/** What a batch says must hold together: every way of saying it crookedly is refused, by Postgres, before anything moves. */
import t from 'tap'
import { checkLedger } from '../../src/ledger/checks.ts'
import { balances, book, client, refused, someDay, testLedger } from './support.ts'

const { app, appUrl, db } = await testLedger(t)

interface Batch {
  readonly nature?: string | null
  readonly keys?: unknown
  readonly kinds?: unknown
  readonly times?: unknown
  readonly reverses?: unknown
  readonly accountKinds?: unknown
  readonly subjects?: unknown
  readonly pools?: unknown
  readonly items?: unknown
  readonly accounts?: unknown
  readonly amounts?: unknown
}

/** One gift of 50, but for what is said otherwise. */
const call = (batch: Batch) =>
  app.query(
    "select entry_ids, already from ledger.post_movements(1, $1, 'EUR', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    [
      batch.nature === undefined ? 'fact' : batch.nature,
      batch.keys ?? '{known}',
      batch.kinds ?? '{raw-entry}',
      batch.times ?? `{${someDay}}`,
      batch.reverses ?? '{null}',
      batch.accountKinds ?? '{bank,fund-available}',
      batch.subjects ?? '{b,p}',
      batch.pools ?? '{null,null}',
      batch.items ?? '{1,1}',
      batch.accounts ?? '{1,2}',
      batch.amounts ?? '{50,-50}',
    ],
  )
await call({})

t.test(
  'what is missing, too much, out of range or nothing is refused, also under a key that is there already',
  async t => {
    const crooked: Record<string, Batch> = {
      'no kind': { kinds: '{}' },
      'a kind too many': { kinds: '{raw-entry,raw-entry}' },
      'no time': { times: '{}' },
      'no nature': { nature: null },
      'no key': { keys: '{null}' },
      'an entry without postings': {
        keys: '{known,other}',
        kinds: '{a-b,a-b}',
        times: `{${someDay},${someDay}}`,
        reverses: '{null,null}',
      },
      'a posting of no entry': {
        items: '{1,1,null,null}',
        accounts: '{1,2,1,2}',
        amounts: '{50,-50,700,-700}',
      },
      'a posting of another entry': { items: '{1,2}' },
      'a posting to no account': { accounts: '{1,null}' },
      'a posting past the accounts': { accounts: '{1,3}' },
      'a posting before them': { accounts: '{0,2}' },
      'a posting of nothing': { items: '{1,1,1}', accounts: '{1,2,2}', amounts: '{50,-50,0}' },
      'no amount': { amounts: '{50,null}' },
      'an amount too few': { amounts: '{50}' },
      'an account without a subject': { subjects: '{b,null}' },
      'an account without a pool or its absence': { pools: '{null}' },
      'the same account twice': { accountKinds: '{bank,bank}', subjects: '{b,b}' },
      'a shortfall by name': { accountKinds: '{bank,shortfall}', subjects: '{b,fund-available:p}' },
    }
    for (const [what, batch] of Object.entries(crooked))
      for (const keys of [batch.keys ?? '{known}', batch.keys ?? '{fresh}'])
        await refused(t, app, () => call({ ...batch, keys }), { code: 'MT002' }, `${what}, ${keys}`)
    await refused(
      t,
      app,
      () => call({ kinds: '{other-kind}' }),
      { code: 'MT004' },
      'another kind under the same key',
    )
    t.same((await call({})).rows, [{ entry_ids: ['1'], already: [1] }], 'and the very same is answered')
  },
)

t.test('a fund named twice does not have money and a shortfall at once', async t => {
  const twice = {
    ...{
      keys: '{twice}',
      accountKinds: '{fund-available,fund-available,bank}',
      subjects: '{q,q,b}',
      pools: '{null,null,null}',
    },
    ...{ items: '{1,1,1}', accounts: '{1,2,3}', amounts: '{50,-80,30}' },
  }
  await refused(t, app, () => call(twice), { code: 'MT002' }, 'twice')
})

t.test('nobody opens a shortfall, and a fund has its own', async t => {
  const open = (kinds: string, subjects: string, pools: string) =>
    app.query(`select ledger.open_accounts(1, '${kinds}', '${subjects}', '${pools}', 'EUR')`)
  const pool = '00000000-0000-7000-8000-0000000000ff'
  const squat = () => open('{shortfall}', '{fund-available:Q}', `{${pool}}`)
  await refused(t, app, squat, { code: 'MT002' }, 'a shortfall without its fund')
  await t.rejects(
    open('{fund-available,bank}', '{Q}', '{null}'),
    { code: 'MT002' },
    'lists that do not match',
  )
})

t.test('moments that no export could write are refused', async t => {
  for (const year of ['290000-01-01', '0044-03-15 BC', 'infinity', '-infinity'])
    await refused(
      t,
      app,
      () => call({ keys: `{${year.slice(0, 4)}-moment}`, times: `{"${year}"}` }),
      { code: '23514' },
      year,
    )
})

t.test(
  'by an old snapshot nothing is posted on what has moved since, also when only the shortfall did',
  async t => {
    await book(app, { key: 'spent-all', lines: { 'fund-available s': 100, 'bank b': -100 } })
    for (const level of ['repeatable read', 'serializable']) {
      const old = await client(t, appUrl)
      await old.query(`begin isolation level ${level}`)
      await old.query('select 1 from ledger.accounts')
      await book(app, { key: `more-${level}`, lines: { 'fund-available s': 10, 'bank b': -10 } })
      const late = book(old, { key: `late-${level}`, lines: { 'bank b': 50, 'fund-available s': -50 } })
      await t.rejects(late, { code: '40001' }, level)
      await old.query('rollback')
    }
    t.match(await balances(app), { 'shortfall fund-available:s': 120 })
  },
)

t.test('after all of it every law holds', async t => t.strictSame(await checkLedger(db), []))
