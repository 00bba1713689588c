// A campaign from its draft to its end: who decides, what its pool is, what the job sees, and what the starter is told.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import {
  type CampaignTerms,
  changeCampaign,
  decideCampaign,
  ownCampaign,
  reviewCampaign,
  startCampaign,
  submitCampaign,
  watchCampaigns,
  writeUpdate,
} from '../../src/campaigns/index.ts'
import { approveCycle, planCycle, proposeCycle } from '../../src/disbursements/index.ts'
import { startDonation } from '../../src/donations/index.ts'
import { enrol } from '../../src/enrolments/index.ts'
import { waitingLetters } from '../../src/mail/index.ts'
import { poolById } from '../../src/pools/index.ts'
import { verify } from '../../src/verify/index.ts'
import { testApp } from '../support/app.ts'
import { campaignNow, drafted, given, person, refusalOf, running, settled, submitted, terms } from './run.ts'

const api = await testApp(t)
const { deps, pools } = api
const by = (name: Parameters<typeof person>[1]) => person(api, name)
const key = () => ({ idempotencyKey: randomUUID() })

t.test('every field that is wrong is named with its reason, in both languages', async t => {
  const wrong: CampaignTerms = {
    ...{ title: 'x', organiser: '<b>', area: '', story: 'kort', otherAgreed: false, monthlyAmount: 1n },
    ...{ termMonths: 99, lastDay: '2027-03-02', movesTo: undefined },
    ...({ forWhom: 'other', ifUnreached: 'moves' } as const),
  }
  const error = await startCampaign(deps, by('donor'), { terms: wrong, locale: 'nl', ...key() }).catch(
    (reason: { code: string; details: { errors: { field: string; reason: object }[] } }) => reason,
  )
  if (typeof error === 'string') throw new Error('it was not refused')
  t.equal(error.code, 'invalid-request')
  t.strictSame(
    error.details.errors.map(({ field }) => field),
    [
      'title',
      'organiser',
      'area',
      'otherAgreed',
      'monthlyAmount',
      'termMonths',
      'lastDay',
      'movesTo',
      'story',
    ],
  )
  for (const { reason } of error.details.errors) t.match(reason, { nl: /./, en: /./ })
  const more = { terms: terms({ movesTo: pools.closed.id, ifUnreached: 'moves' }), locale: 'nl' } as const
  t.equal(await refusalOf(startCampaign(deps, by('donor'), { ...more, ...key() })), 'invalid-request')
})

t.test('a draft is its starter’s alone, and becomes what staff reads', async t => {
  const id = await drafted(api)
  t.equal(await refusalOf(ownCampaign(deps.db, api.organisationId, api.persons.recipient, id)), 'not-found')
  t.equal(await refusalOf(submitCampaign(deps, by('recipient'), id)), 'not-found')
  t.equal(
    await refusalOf(changeCampaign(deps, by('recipient'), { campaignId: id, terms: terms() })),
    'not-found',
  )
  await changeCampaign(deps, by('donor'), { campaignId: id, terms: terms({ title: 'Beter gezegd' }) })
  t.equal(await submitCampaign(deps, by('donor'), id), '2027-03-04', 'three working days')
  const again = changeCampaign(deps, by('donor'), { campaignId: id, terms: terms() })
  t.equal(await refusalOf(again), 'campaign-submitted')
  t.match(await campaignNow(api, id), { state: 'submitted', title: 'Beter gezegd', lookBy: '2027-03-04' })
})

t.test('refused with a reason that the starter reads; improved, and approved', async t => {
  const campaignId = await submitted(api, { title: 'Te kort verteld' })
  const refuse = { campaignId, decision: 'refuse' } as const
  t.equal(
    await refusalOf(decideCampaign(deps, by('operator'), refuse)),
    'invalid-request',
    'without a reason',
  )
  await decideCampaign(deps, by('operator'), { ...refuse, reason: 'Vertel waar het geld heen gaat' })
  const [letter] = await waitingLetters(deps)
  t.match(letter, { to: 'donor@meent.example', locale: 'nl' })
  t.match(letter?.letter.paragraphs.join(' '), /Vertel waar het geld heen gaat/)
  t.match(letter?.letter.action?.url, new RegExp(`/my-campaigns/${campaignId}$`))
  await changeCampaign(deps, by('donor'), { campaignId, terms: terms({ title: 'Nu goed verteld' }) })
  await submitCampaign(deps, by('donor'), campaignId)
  const { poolId, slug } = await decideCampaign(deps, by('operator'), { campaignId, decision: 'approve' })
  t.match(slug, /^nu-goed-verteld-[0-9a-f]{6}$/)
  const pool = await poolById(deps.db, api.organisationId, poolId ?? '')
  t.match(pool, {
    ...{ kind: 'personal', name: 'Nu goed verteld', monthlyAmount: 10_000n, termMonths: 3 },
    ...{ giftsUntil: '2027-05-01', givesBack: true, feeBearer: 'costs', state: 'open' },
  })
  const { rows } = await api.owner.query('select role from auth.grants where pool_id = $1', [poolId])
  t.strictSame(rows, [{ role: 'campaigner' }], 'the starter is its campaigner')
  t.equal(await refusalOf(decideCampaign(deps, by('operator'), refuse)), 'campaign-decided')
})

t.test('nobody decides about their own campaign', async t => {
  const campaignId = await submitted(api, {}, 'operator')
  const step = decideCampaign(deps, by('operator'), { campaignId, decision: 'approve' })
  t.equal(await refusalOf(step), 'own-campaign')
})

t.test('two with the same title have two addresses; the same key starts one', async t => {
  const [one, two] = [
    await running(api, { title: 'Zelfde titel' }),
    await running(api, { title: 'Zelfde titel' }),
  ]
  t.not(one.slug, two.slug)
  const asked = { terms: terms(), locale: 'nl', ...key() } as const
  t.equal(
    await startCampaign(deps, by('recipient'), asked),
    await startCampaign(deps, by('recipient'), asked),
  )
})

t.test('money for oneself: a limit, one at a time, and a review before the first payout', async t => {
  const own = { forWhom: 'self', otherAgreed: false, movesTo: pools.open.id } as const
  const large = drafted(api, { ...own, monthlyAmount: 200_000n, termMonths: 10 }, 'recipient')
  t.equal(await refusalOf(large), 'invalid-request')
  const campaign = await running(api, own, 'recipient')
  const second = await drafted(api, own, 'recipient')
  t.equal(await refusalOf(submitCampaign(deps, by('recipient'), second)), 'one-for-oneself')

  await given(api, campaign.poolId, 40_000)
  await settled(api, '2027-03-12')
  await watchCampaigns(deps)
  t.match(await campaignNow(api, campaign.id), { state: 'reached' })
  const pool = await poolById(deps.db, api.organisationId, campaign.poolId)
  await enrol(deps, by('operator'), {
    ...{ poolId: pool.id, name: 'Jo van Dam', birthDate: '1980-05-05', iban: 'NL91ABNA0417164300' },
    ...{ firstMonth: '2027-04', checkedHow: 'Paspoort bekeken', reason: 'Eigen actie', ...key() },
  })
  const cycleId = await planCycle(deps, by('operator'), pool, '2027-04')
  await proposeCycle(deps, by('operator'), { cycleId, ...key() })
  const approve = () => approveCycle(deps, by('approver'), { cycleId, ...key() })
  t.equal(await refusalOf(approve()), 'campaign-not-reviewed')
  await t.rejects(
    api.owner.query('update disbursements.cycles set approved_by = $1, approved_at = now() where id = $2', [
      api.persons.approver,
      cycleId,
    ]),
    { code: 'MT001' },
    'nor by raw SQL',
  )
  const looked = { campaignId: campaign.id, reason: 'Gesproken en gezien' }
  t.equal(await refusalOf(reviewCampaign(deps, by('operator'), looked)), 'reviewer-approved')
  await reviewCampaign(deps, by('secondApprover'), looked)
  t.equal(await refusalOf(reviewCampaign(deps, by('administrator'), looked)), 'campaign-reviewed')
  t.equal(await refusalOf(approve()), 'done')
})

t.test('a goal is reached by what is settled, and by nothing that can still fail', async t => {
  const { id, poolId } = await running(api, { lastDay: '2027-06-01' })
  await given(api, poolId, 30_000)
  await watchCampaigns(deps)
  t.match(await campaignNow(api, id), { state: 'open' }, 'it is pending')
  await settled(api, '2027-03-24')
  await watchCampaigns(deps)
  t.match(await campaignNow(api, id), { state: 'reached' })
  t.match((await waitingLetters(deps))[0]?.letter.subject, /doel/)
})

t.test('updates are the campaigner’s, and the last day is the last', async t => {
  const { id, poolId } = await running(api, { lastDay: '2027-04-20' })
  const news = { campaignId: id, words: 'Wat een begin! Dank aan iedereen.' }
  const first = key()
  const written = await writeUpdate(deps, by('donor'), { ...news, ...first })
  t.equal(await writeUpdate(deps, by('donor'), { ...news, ...first }), written, 'the same once more')
  const other = { ...news, words: 'Iets heel anders, onder dezelfde sleutel.', ...first }
  t.equal(await refusalOf(writeUpdate(deps, by('donor'), other)), 'idempotency-key-reused')
  t.equal(await refusalOf(writeUpdate(deps, by('operator'), { ...news, ...key() })), 'not-found')
  const gift = () =>
    startDonation(deps, { kind: 'public' }, {
      ...{ poolId, amount: 1_000n, costsShare: 0n, currency: 'EUR', nickname: undefined, message: undefined },
      ...{ locale: 'nl', ...key() },
    } as const)
  const transfer = api.ask<{ type: string }>(`/v1/pools/${poolId}/donations`, {
    body: { amount: 2_500, currency: 'EUR', method: 'bank-transfer' },
  })
  t.match((await transfer).body, { type: '/problems/transfer-cannot-go-back' })
  api.setClock(new Date('2027-04-20T21:00:00Z'))
  t.equal(await refusalOf(gift()), 'done', 'on the last day itself')
  api.setClock(new Date('2027-04-20T22:30:00Z'))
  t.equal(await refusalOf(gift()), 'campaign-over', 'after midnight here, whatever the job has seen')
})

t.test('what is stored agrees with the ledger and the trail', async t => {
  const { laws } = await verify(deps.db)
  t.strictSame(
    laws.filter(({ count }) => count > 0),
    [],
  )
})
