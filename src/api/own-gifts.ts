/** A donor's own: gifts, annual overviews, letters and data, of the address that whoever is signed in proved. */
import { z } from 'zod'
import type { App } from '../app.ts'
import { actorOf, anyActorOf } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import { movedKinds } from '../donations/index.ts'
import { chooseLetters, type StoppableKind, stopByLink, stoppableKinds } from '../donors/index.ts'
import {
  askOverview,
  eraseOwnData,
  kept,
  type Overview,
  type OwnData,
  type OwnGift,
  ownData,
  ownGifts,
  ownOverview,
  totalsOf,
} from '../giving/index.ts'
import {
  amountOut,
  amountSchema,
  currencySchema,
  dateSchema,
  idSchema,
  instantSchema,
} from '../platform/http/amount.ts'
import { receiptOut, receiptSchema } from './donations.ts'
import { monthlyGiftOut, monthlyGiftSchema } from './monthly-gifts.ts'

const kinds = z.enum(stoppableKinds as [StoppableKind, ...StoppableKind[]])

const giftSchema = z
  .object({
    receipt: receiptSchema,
    receiptToken: z.string().nullable().meta({ description: 'Null when it can no longer be told.' }),
    poolName: z.string(),
    kept: amountSchema.meta({ description: 'What came, with its share for costs, and is still given.' }),
    nickname: z.string().nullable(),
    message: z.string().nullable(),
    asOrganisation: z.boolean().meta({ description: 'The nickname is the name of an organisation.' }),
  })
  .meta({ id: 'OwnGift' })

const overviewSchema = z
  .object({
    year: z.int(),
    madeAt: instantSchema,
    organisation: z.object({
      legalName: z.string(),
      rsin: z.string().nullable(),
      contact: z.string(),
      address: z.string().nullable(),
      anbiSince: dateSchema
        .nullable()
        .meta({ description: 'Null: gifts could not be deducted, as far as was recorded.' }),
    }),
    lines: z.array(
      z.object({
        on: dateSchema,
        what: z.enum(movedKinds),
        donationId: idSchema,
        pool: z.string(),
        amount: amountSchema.meta({ description: 'With its share for costs; below zero what went back.' }),
        costsShare: amountSchema,
        currency: currencySchema,
      }),
    ),
    totals: z.array(
      z.object({
        currency: currencySchema,
        given: amountSchema,
        back: amountSchema,
        left: amountSchema,
        costs: amountSchema,
      }),
    ),
  })
  .meta({ id: 'AnnualOverview', description: 'A snapshot: it never changes.' })

const choicesSchema = z
  .strictObject({ locale: z.enum(['nl', 'en']), wanted: z.array(kinds) })
  .meta({ id: 'LetterChoices' })

const dataSchema = z
  .object({
    email: z.string(),
    knownSince: instantSchema,
    gifts: z.array(giftSchema),
    letters: choicesSchema,
    told: z.array(z.object({ kind: z.string(), about: z.string(), at: instantSchema })),
    stops: z.array(z.object({ kind: z.string(), at: instantSchema })),
    overviews: z.array(overviewSchema),
    monthlyGifts: z.array(monthlyGiftSchema),
    follows: z.array(idSchema.nullable()).meta({ description: 'Pools; null: the newsletter.' }),
  })
  .meta({ id: 'OwnData' })

const giftOut = async (
  deps: Deps,
  { donation, pool, receiptToken, nickname, message, asOrganisation }: OwnGift,
) => ({
  receipt: await receiptOut(deps, donation),
  ...{
    receiptToken,
    nickname,
    message,
    asOrganisation,
    poolName: pool.name,
    kept: amountOut(kept(donation)),
  },
})

const overviewOut = ({ content: { year, organisation, lines }, madeAt }: Overview) => ({
  year,
  madeAt: madeAt.toISOString(),
  organisation,
  lines: lines.map(line => ({
    ...line,
    amount: amountOut(BigInt(line.amount)),
    costsShare: amountOut(BigInt(line.costsShare)),
  })),
  totals: totalsOf({ lines }).map(({ currency, given, back, left, costs }) => ({
    currency,
    given: amountOut(given),
    back: amountOut(back),
    left: amountOut(left),
    costs: amountOut(costs),
  })),
})

export async function ownDataOut(
  deps: Deps,
  { donor, gifts, letters, told, stops, overviews, follows, monthlyGifts }: OwnData,
) {
  return {
    email: donor.email,
    knownSince: donor.knownSince.toISOString(),
    gifts: await Promise.all(gifts.map(gift => giftOut(deps, gift))),
    letters: { locale: letters.locale, wanted: [...letters.wanted] },
    told: told.map(({ kind, about, toldAt }) => ({ kind, about, at: toldAt.toISOString() })),
    stops: stops.map(({ kind, stoppedAt }) => ({ kind, at: stoppedAt.toISOString() })),
    overviews: overviews.map(overviewOut),
    monthlyGifts: monthlyGifts.map(monthlyGiftOut),
    follows: [...follows],
  }
}

export function registerOwnGiftRoutes(api: App, deps: Deps): void {
  const own = { tags: ['own gifts'], security: [{ session: [] }] }
  const read = { permission: 'own-gifts.read' } as const
  const manage = { permission: 'own-gifts.manage' } as const
  const ofYear = z.object({ year: z.coerce.number().int().min(2014).max(9999) })

  api.get(
    '/my-gifts',
    {
      config: read,
      schema: {
        ...own,
        operationId: 'listOwnGifts',
        summary: 'What one gave, by the address that one signed in with',
        response: {
          200: z.object({
            gifts: z.array(giftSchema),
            years: z.array(z.object({ year: z.int(), isMade: z.boolean() })),
          }),
        },
      },
    },
    async request => {
      const own = await ownGifts(deps, actorOf(request).id)
      const gifts = await Promise.all((own?.gifts ?? []).map(gift => giftOut(deps, gift)))
      return { gifts, years: [...(own?.years ?? [])] }
    },
  )
  api.get(
    '/my-overviews/:year',
    {
      config: read,
      schema: {
        ...own,
        operationId: 'getOwnOverview',
        summary: 'An annual overview of gifts that was made',
        params: ofYear,
        response: { 200: overviewSchema },
      },
    },
    async request => overviewOut(await ownOverview(deps, actorOf(request).id, request.params.year)),
  )
  api.post(
    '/my-overviews',
    {
      config: read,
      schema: {
        ...own,
        operationId: 'askOwnOverview',
        summary: 'Have the overview of a past year made; the same one when it was made before',
        body: z.strictObject({ year: z.int().min(2014).max(9999) }).meta({ id: 'NewAnnualOverview' }),
        response: { 201: overviewSchema },
      },
    },
    async (request, reply) => {
      const overview = await askOverview(deps, actorOf(request), request.body.year)
      return reply
        .code(201)
        .header('location', `/v1/my-overviews/${request.body.year}`)
        .send(overviewOut(overview))
    },
  )
  api.post(
    '/my-letter-choices',
    {
      config: manage,
      schema: {
        ...own,
        operationId: 'chooseLetters',
        summary: 'Which letters one gets, and in which language',
        body: choicesSchema,
        response: { 200: choicesSchema },
      },
    },
    async request => {
      await chooseLetters(deps, actorOf(request), request.body)
      return request.body
    },
  )
  api.get(
    '/my-data',
    {
      config: read,
      schema: {
        ...own,
        operationId: 'exportOwnData',
        summary: 'All that is held of one as a donor',
        response: { 200: z.object({ data: dataSchema.nullable() }) },
      },
    },
    async request => {
      const data = await ownData(deps, actorOf(request).id)
      return { data: data && (await ownDataOut(deps, data)) }
    },
  )
  api.post(
    '/my-erasures',
    {
      config: manage,
      schema: {
        ...own,
        operationId: 'eraseOwnData',
        summary: 'Erase who one is as a donor, for good; gifts and overviews stay, of nobody',
        body: z.strictObject({ confirm: z.literal('erase') }).meta({ id: 'NewErasure' }),
        response: { 200: z.object({ signedOut: z.boolean() }) },
      },
    },
    async request => eraseOwnData(deps, actorOf(request)),
  )
  api.post(
    '/letter-stops',
    {
      config: { permission: 'letters.stop' },
      schema: {
        tags: own.tags,
        operationId: 'stopLetters',
        summary: 'Stop letters of a kind, by the last part of the link under one',
        body: z.strictObject({ stopToken: z.string().min(10).max(200) }).meta({ id: 'NewLetterStop' }),
        response: { 200: z.object({ kind: kinds, stopped: z.literal(true) }) },
      },
    },
    async request => ({
      kind: await stopByLink(deps, anyActorOf(request), request.body.stopToken),
      stopped: true as const,
    }),
  )
}
