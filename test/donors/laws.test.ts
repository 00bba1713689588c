// What the database itself refuses about donors, to raw SQL under the application's login and to its owner.

import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import { testApp } from '../support/app.ts'
import { DONOR, start } from './run.ts'

const api = await testApp(t)
const { organisationId } = api
const gift = await start(api, { nickname: 'Buurvrouw' })
const other = await start(api, { email: 'ander@thuis.example' })
const donorOf = async (donationId: string): Promise<string> =>
  (await api.owner.query('select donor_id from donors.gifts where donation_id = $1', [donationId])).rows[0]
    .donor_id
const donor = await donorOf(gift.donationId)
const stranger = await donorOf(other.donationId)

type Statement = readonly [sql: string, values: readonly unknown[]]

/** As the only role that reads donors, or as the owner; nothing of it stays. */
async function raw(
  as: 'meent_personal' | 'meent_app' | 'owner',
  statements: readonly Statement[],
): Promise<void> {
  await api.owner.query('begin')
  try {
    if (as !== 'owner') await api.owner.query(`set local role ${as}`)
    for (const [sql, values] of statements) await api.owner.query(sql, [...values])
  } finally {
    await api.owner.query('rollback')
  }
}
async function no(t: Test, what: string, statements: readonly Statement[], codes = ['MT001']): Promise<void> {
  for (const as of ['meent_personal', 'owner'] as const) {
    const allowed = as === 'owner' ? codes : [...codes, '42501']
    const code = await raw(as, statements).then(
      () => 'was not refused',
      (error: { code?: string }) => error.code ?? String(error),
    )
    t.ok(allowed.includes(code), `${what}, as ${as}: ${code}`)
  }
}
const erase: Statement = [
  'update donors.donors set email_sealed = null, email_fingerprint = null, erased_at = now() where id = $1',
  [donor],
]

t.test('a donor is an address until erased, and no longer, for good', async t => {
  await t.resolves(raw('meent_personal', [erase]))
  await no(t, 'removed', [['delete from donors.donors where id = $1', [donor]]])
  await no(
    t,
    'without an address, and not erased',
    [['update donors.donors set email_sealed = null where id = $1', [donor]]],
    ['23514'],
  )
  await no(
    t,
    'erased, with the hash left',
    [['update donors.donors set email_sealed = null, erased_at = now() where id = $1', [donor]]],
    ['23514'],
  )
  await no(t, 'back again', [
    erase,
    [
      `update donors.donors set email_sealed = '\\x01', email_fingerprint = $2, erased_at = null where id = $1`,
      [donor, Buffer.alloc(32)],
    ],
  ])
  await no(t, 'known since another day', [
    ['update donors.donors set known_since = now() where id = $1', [donor]],
  ])
  await no(
    t,
    'two with one address',
    [
      [
        `insert into donors.donors (organisation_id, id, email_sealed, email_fingerprint, locale, known_since)
      select organisation_id, $2, email_sealed, email_fingerprint, locale, now() from donors.donors where id = $1`,
        [donor, randomUUID()],
      ],
    ],
    ['23505'],
  )
})

t.test('a gift becomes nobody else’s, comes once and is thanked for once', async t => {
  const set = (what: string): Statement => [
    `update donors.gifts set ${what} where donation_id = $1`,
    [gift.donationId],
  ]
  await t.resolves(raw('meent_personal', [set(`received_at = now()`), set('thanked_at = now()')]))
  await t.resolves(raw('meent_personal', [set('donor_id = null')]), 'it may become nobody’s')
  await no(t, 'somebody else’s', [set(`donor_id = '${stranger}'`)])
  await no(t, 'thanked for before it came', [set('thanked_at = now()')], ['23514'])
  await no(t, 'received again', [set('received_at = now()'), set(`received_at = now() + interval '1 day'`)])
  await no(t, 'thanked for again', [set('received_at = now(), thanked_at = now()'), set('thanked_at = null')])
  await no(t, 'of another donation', [set(`donation_id = '${randomUUID()}'`)])
  await no(t, 'of nobody, with nothing to show', [set('donor_id = null, nickname = null')], ['23514'])
})

t.test('a donor is told of one thing once, and nothing once erased', async t => {
  const told: Statement = [
    `insert into donors.letters (organisation_id, donor_id, kind, about, told_at) values ($1, $2, 'gift-received', 'x', now())`,
    [organisationId, donor],
  ]
  const stop: Statement = [
    `insert into donors.stops (organisation_id, donor_id, kind, stopped_at) values ($1, $2, 'gift-received', now())`,
    [organisationId, donor],
  ]
  await t.resolves(raw('meent_personal', [told, stop]))
  await no(t, 'twice', [told, told], ['23505'])
  await no(t, 'after erasing', [erase, told])
  await no(t, 'stopped after erasing', [erase, stop])
  await no(
    t,
    'of a kind that is no word',
    [[told[0].replace('gift-received', 'Gift Received'), told[1]]],
    ['23514'],
  )
})

t.test('the application reads no donor but through the role for personal data', async t => {
  for (const table of ['donors', 'gifts', 'letters', 'stops']) {
    await t.rejects(raw('meent_app', [[`select * from donors.${table}`, []]]), { code: '42501' }, table)
    await t.resolves(raw('meent_personal', [[`select * from donors.${table}`, []]]), table)
  }
  const { rows } = await api.owner.query('select d::text as row from donors.donors d')
  t.notOk(rows.some(({ row }) => row.includes(DONOR) || row.includes(Buffer.from(DONOR).toString('hex'))))
})
