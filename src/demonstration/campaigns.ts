/** The campaigns of the demonstration: one that runs with a picture and an update, one for its starter, and one that waits. */
import { readFile } from 'node:fs/promises'
import { recordAct } from '../acts/index.ts'
import { addPerson, grantRole, personIdOfEmail } from '../auth/index.ts'
import {
  type Campaign,
  type CampaignTerms,
  campaignById,
  decideCampaign,
  setPicture,
  startCampaign,
  submitCampaign,
  writeUpdate,
} from '../campaigns/index.ts'
import type { Deps } from '../deps.ts'
import { addDays, localDate } from '../platform/calendar/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { type Pool, poolById } from '../pools/index.ts'
import type { Gift } from './story.ts'

type Give = (deps: Deps, pool: Pool, gift: Gift, key: string) => Promise<void>

/** `past`: the clock of the story; `staff`: who decides. Answers those that run. */
export async function seedCampaigns(
  { past, now }: { readonly past: Deps; readonly now: Deps },
  communities: readonly Pool[],
  { operator, give }: { readonly operator: string; readonly give: Give },
): Promise<void> {
  const today = localDate(now.clock.now())
  const [community] = communities.filter(({ kind }) => kind === 'community')
  const neighbours = await starter(past, 'Buurt die ophaalt', 'buurt@meent.example')
  const oneself = await starter(past, 'Wie zelf ophaalt', 'zelf@meent.example')

  const street = await running(past, neighbours, operator, {
    ...{ title: 'Een jaar adem voor onze straatveger', organiser: 'De bewoners van de straat' },
    ...{ area: 'Gemeente Groningen', forWhom: 'other', otherAgreed: true, story: ofStreet },
    ...{ monthlyAmount: 100_000n, termMonths: 12, lastDay: addDays(today, 75) },
    ...{ ifUnreached: 'moves', movesTo: community?.id },
  })
  const pool = await poolById(past.db, past.organisationId, street.poolId ?? '')
  for (const [index, euros] of [500, 1_200, 250, 2_000, 75, 1_000, 400, 350].entries())
    await give(past, pool, { amount: BigInt(euros) * 100n, method: 'ideal' }, `story-campaign-${index}`)
  await writeUpdate(past, person(neighbours), {
    ...{ campaignId: street.id, words: ofUpdate, idempotencyKey: 'story-campaign-update' },
  })

  const bread = await running(past, oneself, operator, {
    ...{ title: 'Zes maanden om bakker te worden', organiser: 'Een zijinstromer', area: 'Gemeente Utrecht' },
    ...{ forWhom: 'self', otherAgreed: false, story: ofBread, monthlyAmount: 120_000n, termMonths: 6 },
    ...{ lastDay: addDays(today, 30), ifUnreached: 'refund', movesTo: undefined },
  })
  const bakery = await poolById(past.db, past.organisationId, bread.poolId ?? '')
  for (const [index, euros] of [50, 100, 25, 750].entries())
    await give(past, bakery, { amount: BigInt(euros) * 100n, method: 'ideal' }, `story-bakery-${index}`)

  await submitted(now, neighbours, {
    ...{ title: 'Tijd om een buurttuin te beginnen', organiser: 'De tuinploeg', area: 'Gemeente Utrecht' },
    ...{ forWhom: 'other', otherAgreed: true, story: ofGarden, monthlyAmount: 80_000n, termMonths: 12 },
    ...{ lastDay: addDays(today, 90), ifUnreached: 'refund', movesTo: undefined },
  })
}

const person = (id: string) => ({ kind: 'person', id }) as const

/** Somebody who can be played, without a name of their own. */
async function starter(deps: Deps, name: string, email: string): Promise<string> {
  const { db, vault, organisationId, clock } = deps
  const known = await personIdOfEmail(db, vault, organisationId, email)
  if (known) return known
  return inTransaction(db, async trx => {
    const personId = await addPerson(trx, vault, organisationId, { name, email })
    const role = 'donor'
    const grantId = await grantRole(trx, organisationId, { personId, role, grantedBy: null })
    const subject = { kind: 'person', id: personId }
    const act = { at: clock.now(), action: 'role.give', subject, detail: { role, grantId } }
    await recordAct(trx, organisationId, { kind: 'system' }, act)
    return personId
  })
}

async function submitted(deps: Deps, starterId: string, terms: CampaignTerms): Promise<Campaign> {
  const { db, organisationId } = deps
  const asked = {
    terms,
    locale: 'nl',
    idempotencyKey: `story-${terms.organiser}`.replaceAll(' ', '-'),
  } as const
  const campaignId = await startCampaign(deps, person(starterId), asked)
  if ((await campaignById(db, organisationId, campaignId)).state === 'draft') {
    if (terms.story === ofStreet)
      await setPicture(deps, person(starterId), {
        campaignId,
        bytes: await readFile(new URL('street.jpg', import.meta.url)),
        alt: 'Een tekening van een straat met drie huizen, bomen en een bankje',
      })
    await submitCampaign(deps, person(starterId), campaignId)
  }
  return campaignById(db, organisationId, campaignId)
}

async function running(
  deps: Deps,
  starterId: string,
  operator: string,
  terms: CampaignTerms,
): Promise<Campaign> {
  const campaign = await submitted(deps, starterId, terms)
  if (campaign.state !== 'submitted') return campaign
  return decideCampaign(deps, person(operator), { campaignId: campaign.id, decision: 'approve' })
}

const ofStreet = `Al twintig jaar houdt onze straatveger de straat schoon. In de regen, op maandagochtend, en de dag na Koningsdag. Dit jaar wil hij het rustiger aan doen, en eindelijk tijd hebben voor zijn kleinkinderen.

## Wat we willen

- **€ 1.000 per maand**, een jaar lang, zonder voorwaarden
- geen verantwoording, geen formulieren
- en elke zondag koffie op het bankje

> Zonder hem was dit een andere straat.

Wij wonen hier. We geven zelf, en we vragen jou om mee te doen.`

const ofUpdate = `Na drie weken hebben **meer dan honderd mensen** over deze actie gelezen. Dank je wel! Volgende week hangen we de poster met de QR-code op bij de bakker.`

const ofBread = `Ik werk al tien jaar op kantoor en wil bakker worden. De opleiding is overdag, dus mijn baan en de opleiding gaan niet samen.

Met een half jaar basisinkomen kan ik de opleiding doen zonder schulden te maken. Daarna begin ik in een bakkerij die al een plek voor mij heeft.`

const ofGarden = `Achter de school ligt een stuk grond waar al jaren niets gebeurt. Een van ons wil daar een tuin beginnen waar kinderen leren wat er groeit, en heeft daar een jaar lang twee dagen per week voor nodig.`
