// What goes wrong between an enrolment and a payment file, in the order of a month: each step too early, twice, or by the
// wrong person is refused, and nothing is half done.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { makeAvailable, postTransactions } from '../../src/donations/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { credit } from '../../src/simulation/bank/index.ts'
import { type Question, testApp } from '../support/app.ts'
import { OWN_IBAN } from '../support/app-seed.ts'
import { everything } from '../support/everything.ts'
import { allRefused, type Case, invalid, refused } from '../support/refused.ts'

const api = await testApp(t)
const { open, closed } = api.pools
const enrolments = `/v1/pools/${open.id}/enrolments`
const cycles = `/v1/pools/${open.id}/cycles`
const person = {
  name: 'Proef Ontvanger',
  birthDate: '1980-05-05',
  iban: 'NL35 MEEN 0000 0000 04',
  firstMonth: '2027-03',
  checkedHow: 'Paspoort gezien',
  reason: 'Geloot',
}
const enrolling = (change: object = {}): Question => ({ as: 'operator', body: { ...person, ...change } })
const by = (as: 'operator' | 'approver' | 'secondApprover'): Question => ({ as, method: 'POST' })
let cycle = ''

t.test('a pool without money', async t => {
  await allRefused(t, api, [
    [
      'not a cent',
      enrolments,
      enrolling(),
      { status: 409, code: 'pool-cannot-sustain', field: 'poolId', missing: 120_000 },
    ],
  ])
  await api.give(open.id, 250_000)
  await postTransactions(api.deps)
  await allRefused(t, api, [
    [
      'a gift that is still pending',
      enrolments,
      enrolling(),
      { status: 409, code: 'pool-cannot-sustain', field: 'poolId', missing: 120_000 },
    ],
  ])
  // The gift is the pool's now, but its money is on its way from the provider to the bank.
  await api.liveTo('2027-03-03')
  await makeAvailable(api.deps)
})

t.test('recipients who cannot be enrolled', async t => {
  const ibans = {
    'a wrong digit': 'NL35MEEN0000000005',
    'a digit too many': 'NL35MEEN00000000041',
    'no country': 'XX35MEEN0000000004',
    'a country outside SEPA': 'BR1800360305000010009795493C1',
    'no account at all': 'geen rekening',
    'signs in between': 'NL35-MEEN-0000-0000-04',
    'other digits': 'NL35MEEN٠٠٠٠٠٠٠٠٠٤',
  }
  const wrongIban = { status: 422, code: 'invalid-iban', field: 'iban' } as const
  const underAge = { status: 422, code: 'under-age', field: 'birthDate' } as const
  await allRefused(t, api, [
    ...Object.entries(ibans).map(([what, iban]): Case => [what, enrolments, enrolling({ iban }), wrongIban]),
    ['an empty account', enrolments, enrolling({ iban: '' }), invalid('iban')],
    ['a day too young', enrolments, enrolling({ birthDate: '2009-03-04' }), underAge],
    ['born tomorrow', enrolments, enrolling({ birthDate: '2027-03-04' }), underAge],
    ['born in 2999', enrolments, enrolling({ birthDate: '2999-01-01' }), underAge],
    ['30 February', enrolments, enrolling({ birthDate: '1980-02-30' }), invalid('birthDate')],
    ['a time', enrolments, enrolling({ birthDate: '1980-05-05T00:00:00Z' }), invalid('birthDate')],
    ['a name that no bank can write', enrolments, enrolling({ name: '💶💶' }), invalid('name')],
    ['a line break in the name', enrolments, enrolling({ name: 'Proef\nOntvanger' }), invalid('name')],
    ['a name of one letter', enrolments, enrolling({ name: 'P' }), invalid('name')],
    ['no word of why', enrolments, enrolling({ reason: '' }), invalid('reason')],
    ['a check without words', enrolments, enrolling({ checkedHow: '' }), invalid('checkedHow')],
    ['a NUL in the check', enrolments, enrolling({ checkedHow: 'Paspoort\u0000' }), invalid('checkedHow')],
    [
      'a month in the past',
      enrolments,
      enrolling({ firstMonth: '2027-02' }),
      { status: 422, code: 'month-in-the-past', field: 'firstMonth' },
    ],
    ['a thirteenth month', enrolments, enrolling({ firstMonth: '2027-13' }), invalid('firstMonth')],
    ['a day instead of a month', enrolments, enrolling({ firstMonth: '2027-03-01' }), invalid('firstMonth')],
    [
      'a closed pool',
      `/v1/pools/${closed.id}/enrolments`,
      enrolling(),
      { status: 409, code: 'pool-closed', field: 'poolId' },
    ],
    [
      'no such pool',
      `/v1/pools/${randomUUID()}/enrolments`,
      enrolling(),
      { status: 404, code: 'not-found', field: 'poolId' },
    ],
  ])
})

t.test('an enrolment is made once', async t => {
  const key = randomUUID()
  const first = await api.ask(enrolments, { ...enrolling(), key })
  t.match(first, { status: 201, body: { lastMonth: '2028-02', monthlyAmount: 10_000 } })
  t.notMatch(JSON.stringify(first.body), /Proef|MEEN|1980/, 'nothing personal is answered')
  t.strictSame((await api.ask(enrolments, { ...enrolling(), key })).body, first.body, 'the same key again')
  const reused = { status: 422, code: 'idempotency-key-reused' } as const
  const other = enrolling({ iban: 'NL08MEEN0000000005' })
  await refused(t, api, 'the key of another enrolment', enrolments, { ...other, key }, reused)
  t.equal((await api.ask(enrolments, other)).status, 201, 'a second income fits')
  // 2,499.71 came in, 2,400.00 is promised.
  await refused(t, api, 'a third income does not', enrolments, enrolling({ iban: 'NL62MEEN0000000003' }), {
    status: 409,
    code: 'pool-cannot-sustain',
    field: 'poolId',
    missing: 110_029,
  })
})

t.test('months that cannot be planned', async t => {
  const plan = (month: unknown): Question => ({ as: 'operator', body: { month } })
  const planned = await api.ask<{ id: string }>(cycles, plan('2027-03'))
  t.equal(planned.status, 201)
  cycle = `/v1/cycles/${planned.body.id}`
  await allRefused(t, api, [
    ['the month again', cycles, plan('2027-03'), { status: 409, code: 'cycle-exists', field: 'month' }],
    [
      'a month before anybody is due',
      cycles,
      plan('2027-02'),
      { status: 409, code: 'cycle-empty', field: 'month' },
    ],
    [
      'a month after all terms',
      cycles,
      plan('2028-03'),
      { status: 409, code: 'cycle-empty', field: 'month' },
    ],
    ['the end of time', cycles, plan('9999-12'), { status: 409, code: 'cycle-empty', field: 'month' }],
    ['no month', cycles, plan('maart'), invalid('month')],
    ['a number', cycles, plan(202703), invalid('month')],
  ])
})

t.test('proposing and approving', async t => {
  const [proposals, approvals, files] = [`${cycle}/proposals`, `${cycle}/approvals`, `${cycle}/payment-files`]
  const keyless = { status: 400, code: 'idempotency-key-missing', field: 'idempotency-key' } as const
  await allRefused(t, api, [
    [
      'approving what nobody proposed',
      approvals,
      by('approver'),
      { status: 409, code: 'cycle-not-proposed' },
    ],
    ['a file of what nobody approved', files, by('operator'), { status: 409, code: 'cycle-not-approved' }],
    ['proposing without a key', proposals, { ...by('operator'), key: null }, keyless],
  ])
  const key = randomUUID()
  t.equal((await api.ask(proposals, { ...by('approver'), key })).status, 201, 'an approver proposes')
  await allRefused(t, api, [
    ['proposing twice', proposals, by('operator'), { status: 409, code: 'cycle-already-proposed' }],
    [
      'with the key of somebody else',
      proposals,
      { ...by('operator'), key },
      { status: 422, code: 'idempotency-key-reused' },
    ],
    ['approving what one proposed', approvals, by('approver'), { status: 409, code: 'maker-is-approver' }],
    ['a file of what was only proposed', files, by('operator'), { status: 409, code: 'cycle-not-approved' }],
    [
      'enrolling into a list that is closed',
      enrolments,
      enrolling(),
      { status: 409, code: 'cycle-already-proposed', field: 'firstMonth' },
    ],
  ])
  t.equal((await api.ask(approvals, by('secondApprover'))).status, 201, 'somebody else approves')
  await allRefused(t, api, [
    ['approving twice', approvals, by('secondApprover'), { status: 409, code: 'cycle-already-approved' }],
    [
      'proposing what was approved',
      proposals,
      by('operator'),
      { status: 409, code: 'cycle-already-approved' },
    ],
  ])
})

t.test('a payment file needs money at the bank, and is made once', async t => {
  const files = `${cycle}/payment-files`
  const short = (missing: number) => ({ status: 409, code: 'bank-balance-too-low', missing }) as const
  await refused(t, api, 'all money is still at the provider', files, by('operator'), short(20_000))
  const now = api.deps.clock.now()
  const transfer = { iban: OWN_IBAN, amount: 4_001n, bookedOn: '2027-03-03', remittance: '', now }
  await inTransaction(api.deps.db, trx => credit(trx, { ...transfer, counterparty: { name: 'Iemand' } }))
  await api.liveTo('2027-03-03')
  await refused(t, api, 'some of it is there', files, by('operator'), short(15_999))
  await api.liveTo('2027-03-05')
  type Made = { batches: { id: string }[] }
  const key = randomUUID()
  const made = await api.ask<Made>(files, { ...by('operator'), key })
  t.equal(made.status, 201)
  const again = await api.ask<Made>(files, { ...by('operator'), key })
  t.strictSame(again.body.batches, made.body.batches, 'the same key makes no second file')
  const handOvers = `/v1/batches/${made.body.batches[0]?.id}/hand-overs`
  await allRefused(t, api, [
    ['a second file', files, by('operator'), { status: 409, code: 'payment-file-exists' }],
    [
      'the key of another request',
      `${cycle.slice(0, 11)}${randomUUID()}/payment-files`,
      { ...by('operator'), key },
      { status: 404, code: 'not-found', field: 'cycleId' },
    ],
  ])
  t.equal((await api.ask(handOvers, by('operator'))).status, 201)
  await refused(t, api, 'handing over twice', handOvers, by('operator'), {
    status: 409,
    code: 'already-handed-over',
  })
})

t.test('a term that ends after the calendar does', async t => {
  const other = await testApp(t)
  const pool = `/v1/pools/${other.pools.open.id}`
  await other.give(other.pools.open.id, 250_000)
  await other.liveTo('2027-03-03')
  await other.token('operator')
  const before = await everything(other.owner)
  const answer = await other.ask(`${pool}/enrolments`, enrolling({ firstMonth: '9999-12' }))
  t.match(answer, { status: 422, body: { errors: [{ field: 'firstMonth' }] } }, 'is refused')
  t.strictSame(await everything(other.owner), before, 'nothing was written')
  t.equal(
    (await other.ask(`${pool}/enrolments`, { as: 'operator' })).status,
    200,
    'the list can still be read',
  )
})
