/** The donor's own pages. Whose they are follows from the address that whoever is signed in proved, never from the page's address. */
import { z } from 'zod'
import { ownDataOut } from '../../api/own-gifts.ts'
import type { App } from '../../app.ts'
import { actorOf } from '../../auth/index.ts'
import { donationByReceipt } from '../../donations/index.ts'
import { chooseLetters, stoppableKinds } from '../../donors/index.ts'
import { askOverview, eraseOwnData, ownData, ownGifts, ownOverview } from '../../giving/index.ts'
import { organisationById } from '../../organisations/index.ts'
import { poolById } from '../../pools/index.ts'
import { paths } from '../paths.ts'
import { contextOf, type PageScope, seeOther, send } from '../scope.ts'
import { giftsView } from './gifts.ts'
import { overviewView } from './overview.ts'
import { overviewPdf } from './overview-pdf.ts'
import { receiptPdf } from './receipt-pdf.ts'

const ofYear = { hide: true, params: z.object({ year: z.coerce.number().int().min(2014).max(9999) }) }
const typedLetters = z
  .object({ language: z.enum(['nl', 'en']) })
  .and(z.object(Object.fromEntries(stoppableKinds.map(kind => [kind, z.literal('yes').optional()]))))

export function registerDonorRoutes(pages: App, scope: PageScope): void {
  const { deps, locale } = scope
  const read = { permission: 'own-gifts.read' } as const
  const manage = { permission: 'own-gifts.manage' } as const

  pages.get('/my-gifts', { config: read, schema: { hide: true } }, async (request, reply) => {
    const own = await ownGifts(deps, actorOf(request).id)
    return send(reply, giftsView(await contextOf(scope, request), own))
  })
  pages.get('/my-gifts/overviews/:year', { config: read, schema: ofYear }, async (request, reply) => {
    const overview = await ownOverview(deps, actorOf(request).id, request.params.year)
    return send(reply, overviewView(await contextOf(scope, request), overview))
  })
  pages.post('/my-gifts/overviews/:year', { config: read, schema: ofYear }, async (request, reply) => {
    await askOverview(deps, actorOf(request), request.params.year)
    return seeOther(reply, scope, paths.myOverview(request.params.year))
  })
  pages.get('/my-gifts/overviews/:year/pdf', { config: read, schema: ofYear }, async (request, reply) => {
    const { year } = request.params
    const overview = await ownOverview(deps, actorOf(request).id, year)
    return file(reply, 'application/pdf', `meent-${year}.pdf`).send(await overviewPdf(overview, locale))
  })
  pages.post(
    '/my-gifts/letters',
    { config: manage, schema: { hide: true, body: typedLetters } },
    async (request, reply) => {
      const typed: Readonly<Record<string, unknown>> = request.body
      const wanted = stoppableKinds.filter(kind => typed[kind] === 'yes')
      await chooseLetters(deps, actorOf(request), { locale: request.body.language, wanted })
      return seeOther(reply, scope, paths.myGifts, 'letters-chosen')
    },
  )
  pages.get('/my-gifts/data', { config: read, schema: { hide: true } }, async (request, reply) => {
    const data = await ownDataOut(deps, await ownData(deps, actorOf(request).id))
    return file(reply, 'application/json; charset=utf-8', 'meent.json').send(JSON.stringify(data, null, 2))
  })
  pages.post('/my-gifts/erasures', { config: manage, schema: { hide: true } }, async (request, reply) => {
    const { signedOut } = await eraseOwnData(deps, actorOf(request))
    return signedOut
      ? seeOther(reply, scope, paths.home, 'erased')
      : seeOther(reply, scope, paths.myGifts, 'erased-stays')
  })
  const byToken = { hide: true, params: z.object({ receiptToken: z.string().min(10).max(100) }) }
  pages.get(
    '/receipts/:receiptToken/pdf',
    { config: { permission: 'public.read' }, schema: byToken },
    async (request, reply) => {
      const { db, organisationId } = deps
      const donation = await donationByReceipt(db, organisationId, request.params.receiptToken)
      const pool = await poolById(db, organisationId, donation.poolId)
      const organisation = await organisationById(db, organisationId)
      const pdf = await receiptPdf({ donation, pool, organisation }, locale)
      return file(reply, 'application/pdf', `meent-${donation.id}.pdf`).send(pdf)
    },
  )
}

const file = (reply: Parameters<typeof send>[0], type: string, name: string) =>
  reply.type(type).header('content-disposition', `attachment; filename="${name}"`)
