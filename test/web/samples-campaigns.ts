/** Samples of campaigns: the list, one in each state, one's own, and what staff sees of them. */
import type { Campaign, CampaignStanding, Outcome, Story, Update } from '../../src/campaigns/index.ts'
import { type AdminCampaignModel, adminCampaignView } from '../../src/web/admin/campaign.ts'
import { adminCampaignsView } from '../../src/web/admin/campaigns.ts'
import { type OwnCampaignModel, ownCampaignView } from '../../src/web/campaigner/own-campaign.ts'
import { newCampaignView, ownCampaignsView } from '../../src/web/campaigner/own-campaigns.ts'
import type { CampaignCard } from '../../src/web/components/campaign.ts'
import { type CampaignModel, campaignView } from '../../src/web/public/campaign.ts'
import { campaignsView } from '../../src/web/public/campaigns.ts'
import { emptyForm, poolTerms, type Sample, type Typed } from './samples.ts'

const id = (end: string) => `019a7c1e-55b0-7cc3-98c4-dc0c0c0c0${end}`
const at = new Date('2026-11-20T10:00:00Z')
const url = 'https://meent.example/campaigns/een-jaar-rust'

const campaignOf = (typed: Typed, more: Partial<Campaign> = {}): Campaign => ({
  ...{ id: id('001'), starterId: id('0aa'), locale: 'nl', title: typed('Een jaar rust voor de buurman') },
  ...{ area: typed('Gemeente Groningen'), forWhom: 'other', otherAgreed: true, monthlyAmount: 100_000n },
  ...{ termMonths: 12, currency: 'EUR', lastDay: '2027-03-01', ifUnreached: 'refund', movesTo: null },
  ...{ state: 'open', startedAt: at, lookBy: null, decidedBy: id('0bb'), decidedAt: at, because: null },
  ...{ poolId: id('0cc'), slug: 'een-jaar-rust', reachedAt: null, endedAt: null, raised: null },
  ...more,
})
const standing: CampaignStanding = {
  ...{ goal: 1_200_000n, raised: 462_500n, pending: 12_500n, perMille: 385, spent: 0n },
}
const storyOf = (typed: Typed, more: Partial<Story> = {}): Story => ({
  organiser: typed('De buren'),
  story: typed(
    'Onze buurman zorgt al jaren voor iedereen in de straat. Nu is het zijn beurt.\n\n- rust\n- tijd',
  ),
  pictureAlt: typed('Een straat met een bankje in de zon'),
  ...more,
})
const updatesOf = (typed: Typed): Update[] => [
  {
    ...{ id: id('0d1'), campaignId: id('001'), writtenAt: at, removedAt: null, removedBecause: null },
    words: typed('Wat een begin! Dank aan iedereen.'),
  },
  {
    ...{ id: id('0d2'), campaignId: id('001'), writtenAt: at, words: null, removedAt: at },
    removedBecause: typed('Er stond een adres in'),
  },
]

export const campaignCardsOf = (typed: Typed): CampaignCard[] => [
  { campaign: campaignOf(typed), standing, hasPicture: true },
  {
    campaign: campaignOf(typed, { id: id('002'), slug: 'gehaald', state: 'reached', forWhom: 'self' }),
    standing: { ...standing, raised: 1_250_000n, pending: 0n, perMille: 1000 },
    hasPicture: false,
  },
]

export const campaignSamples = (typed: Typed): Sample[] => {
  const pool = { ...poolTerms(typed), givesBack: true }
  const model: CampaignModel = {
    ...{ campaign: campaignOf(typed), story: storyOf(typed), standing, updates: updatesOf(typed), pool },
    ...{ takesGifts: true, movesTo: null, follows: false, form: emptyForm, meaning: null },
    kit: { url, message: typed('Help mee') },
    sharePicture: `${url}/share.jpg`,
  }
  const movesTo = { id: id('0ee'), slug: 'groningen', name: typed('Groningen') }
  const ended = campaignOf(typed, {
    ...{
      id: id('003'),
      state: 'ended',
      ifUnreached: 'moves',
      movesTo: id('0ee'),
      endedAt: at,
      raised: 462_500n,
    },
    forWhom: 'self',
  })
  const over: CampaignModel = { ...model, campaign: ended, takesGifts: false, movesTo, updates: [] }
  const pools = [movesTo]
  const own = (campaign: Campaign, more: Partial<OwnCampaignModel> = {}): OwnCampaignModel => ({
    ...{ campaign, story: storyOf(typed), standing, updates: updatesOf(typed), movesTo: null, pools },
    ...{ kit: null, form: emptyForm },
    ...more,
  })
  const draft = campaignOf(typed, { state: 'draft', poolId: null, slug: null, decidedBy: null })
  const refusedForm = {
    ...emptyForm,
    values: { title: typed('X'), forWhom: 'other', ifUnreached: 'moves' },
    errors: {
      title: typed('Gebruik 5 tot 60 tekens; je hebt er nu 1'),
      otherAgreed: 'Dit kan alleen als die ander het weet',
      picture: 'Deze afbeelding kunnen we niet gebruiken',
      movesTo: 'Kies naar welke pot het geld gaat',
    },
  }
  const submitted = campaignOf(typed, {
    ...{ state: 'submitted', poolId: null, slug: null },
    lookBy: '2026-11-20',
  })
  const outcome: Outcome = {
    ...{ id: id('0f1'), campaignId: id('001'), decidedBy: id('0bb'), decidedAt: at, approvedBy: null },
    ...{ approvedAt: null, doneAt: null, withdrawnAt: null },
  }
  const staff: AdminCampaignModel = {
    ...{ campaign: submitted, story: storyOf(typed), standing, updates: [], movesTo: null, review: null },
    ...{ outcomes: [], isStalled: false, viewerId: id('0ff'), today: '2026-11-24', form: emptyForm },
    names: new Map([[id('0bb'), typed('Operator')]]),
  }
  const mine = '/my-campaigns'
  const path = `${mine}/${id('001')}`
  const admin = `/admin/campaigns/${id('001')}`
  return [
    {
      ...{ name: 'campaigns', path: '/campaigns', roles: [] },
      render: page =>
        campaignsView(page, {
          running: campaignCardsOf(typed),
          over: [{ campaign: ended, standing, hasPicture: false }],
        }),
    },
    {
      ...{ name: 'campaigns-none', path: '/campaigns', roles: ['donor'] },
      render: page => campaignsView(page, { running: [], over: [] }),
    },
    {
      ...{ name: 'campaign', path: '/campaigns/een-jaar-rust', roles: [] },
      render: page => campaignView(page, model),
    },
    {
      ...{ name: 'campaign-ended', path: '/campaigns/een-jaar-rust', roles: [] },
      render: page => campaignView(page, over),
    },
    {
      ...{ name: 'own-campaigns', path: mine, roles: ['donor'] },
      render: page => ownCampaignsView(page, [draft, ended]),
    },
    {
      ...{ name: 'own-campaigns-none', path: mine, roles: ['donor'] },
      render: page => ownCampaignsView(page, []),
    },
    {
      ...{ name: 'new-campaign', path: `${mine}/new`, roles: ['donor'] },
      render: page => newCampaignView(page, { pools, form: emptyForm }),
    },
    {
      ...{ name: 'own-campaign-draft', path, roles: ['donor'] },
      render: page => ownCampaignView(page, own(draft, { form: refusedForm, updates: [] })),
    },
    {
      ...{ name: 'own-campaign-refused', path, roles: ['donor'] },
      render: page =>
        ownCampaignView(
          page,
          own({ ...draft, state: 'refused', because: typed('Vertel meer over het doel') }),
        ),
    },
    {
      ...{ name: 'own-campaign-waits', path, roles: ['donor'] },
      render: page => ownCampaignView(page, own({ ...submitted, lookBy: '2026-11-26' })),
    },
    {
      ...{ name: 'own-campaign-open', path, roles: ['campaigner'] },
      render: page => ownCampaignView(page, own(campaignOf(typed), { kit: model.kit })),
    },
    {
      ...{ name: 'admin-campaigns', path: '/admin/campaigns', roles: ['operator'] },
      render: page =>
        adminCampaignsView(page, {
          ...{ waiting: [submitted], endings: [{ campaign: ended, outcome }], reviews: [ended] },
          ...{ others: [campaignOf(typed)], today: '2026-11-24' },
        }),
    },
    {
      ...{ name: 'admin-campaign-waits', path: admin, roles: ['operator'] },
      render: page => adminCampaignView(page, staff),
    },
    {
      ...{ name: 'admin-campaign-ended', path: admin, roles: ['approver'] },
      render: page =>
        adminCampaignView(page, {
          ...{ ...staff, campaign: ended, movesTo, outcomes: [outcome], updates: updatesOf(typed) },
          form: { ...emptyForm, errors: { 'reason-withdraw': typed('Schrijf op waarom') } },
        }),
    },
  ]
}
