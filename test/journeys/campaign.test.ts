// Somebody raises money for somebody else, in a real browser and without a script of the page: written, checked by staff, given
// to, told of, and its goal reached. And one that ends without its goal: two people agree, and the gift goes back.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import sharp from 'sharp'
import t from 'tap'
import { addDays } from '../../src/platform/calendar/index.ts'
import { signInAs } from '../support/client.ts'
import { freePort, type Service, startService } from '../support/service.ts'

t.setTimeout(240_000)

const dataDir = mkdtempSync(join(tmpdir(), 'meent-campaign-'))
const service = await startService({ DATA_DIR: dataDir, PORT: String(await freePort()) })
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
t.teardown(async () => {
  await browser.close()
  await service.kill('SIGTERM').catch(() => null)
  rmSync(dataDir, { recursive: true, force: true })
})
const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
page.setDefaultTimeout(20_000)
const jpeg = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#2f6f53' } })
  .jpeg()
  .toBuffer()
const open = (path: string) => page.goto(service.url + path)
const today = (await moved(service, 'next-day', 1)) as string

t.test('from an idea to a goal that is reached', async t => {
  const own = await started(page, 'Drie maanden lucht', addDays(today, 40))
  t.match(await page.textContent('main'), 'Je inzamelactie is binnen', 'until when staff decides is said')
  const path = await approved(page, 'Drie maanden lucht')
  t.match(await page.textContent('main'), 'giften terug', 'what was chosen is there for staff')

  await open(path)
  t.match(await page.textContent('main'), 'Dan krijg je je hele gift terug', 'and for who gives')
  t.ok(await page.locator('.campaign-picture').getAttribute('alt'))
  await give(page, '300')
  await signIn(page, 'Buurt die ophaalt')
  await open(own)
  await page.fill('#field-words', 'Wat een **begin**! Dank je wel.')
  await page.getByRole('button', { name: 'Plaats bericht' }).click()

  await moved(service, 'next-day', 8)
  await open(path)
  const shown = (await page.textContent('main')) ?? ''
  for (const words of ['Doel gehaald', /van €\s300/, 'Wat een begin! Dank je wel.', 'voor iemand anders'])
    t.match(shown, words)
  await open('/demonstration/inbox')
  t.match(await page.textContent('main'), 'Het doel van uw inzamelactie is gehaald')
})

t.test('and one that ends without its goal: the gift goes back', async t => {
  const lastDay = addDays(await moved(service, 'next-day', 1), 15)
  await started(page, 'Een zomer voor de tuin', lastDay)
  const path = await approved(page, 'Een zomer voor de tuin')
  await open(path)
  const receipt = await give(page, '25')
  await moved(service, addDays(lastDay, 1), 1)
  await open(path)
  for (const words of ['De laatste dag is voorbij', 'Je kunt niet meer geven'])
    t.match(await page.textContent('main'), words)

  await signIn(page, 'Uitvoerder')
  await open('/admin')
  await page.getByRole('link', { name: /Doel niet gehaald.*Een zomer voor de tuin/ }).click()
  const staff = page.url()
  await page.fill('#field-reason-outcome', 'Zoals bij het begin beloofd')
  await page.getByRole('button', { name: 'Besluit om uit te voeren' }).click()
  t.equal(await page.locator('form[action$="/approvals"]').count(), 0, 'who decided is offered no approval')
  await signIn(page, 'Goedkeurder')
  await page.goto(staff)
  await page.locator('details.asks summary', { hasText: 'Keur goed' }).click()
  await page.locator('form[action$="/approvals"] button').click()
  await until(async () => {
    await page.goto(staff)
    return ((await page.textContent('main')) ?? '').includes('Uitgevoerd')
  })
  // The provider is asked by a job, and answers with a transaction.
  await until(async () => {
    await moved(service, 'next-day', 1)
    await page.goto(receipt)
    return ((await page.textContent('main')) ?? '').includes('Terugbetaald')
  })
  await open(path)
  t.match(await page.textContent('main'), 'de giften zijn teruggegeven')
})

async function signIn(page: Page, name: string): Promise<void> {
  await page.context().clearCookies()
  await open('/')
  await page.locator('#persons button', { hasText: name }).first().click()
}

/** Written with a picture and submitted; answers its own page. */
async function started(page: Page, title: string, lastDay: string): Promise<string> {
  await signIn(page, 'Buurt die ophaalt')
  await open('/campaigns')
  await page.getByRole('link', { name: 'Begin een inzamelactie' }).click()
  await page.fill('#field-title', title)
  await page.click('label[for=field-forWhom-1]')
  await page.check('#field-otherAgreed')
  await page.fill('#field-organiser', 'De buren')
  await page.fill('#field-area', 'Testdorp')
  await page.fill('#field-monthlyAmount', '100')
  await page.fill('#field-termMonths', '3')
  await page.fill('#field-lastDay', lastDay)
  await page.click('label[for=field-ifUnreached]')
  await page.fill('#field-story', `${title}: tijd om adem te halen, zonder zorgen om geld. `.repeat(3))
  await page.getByRole('button', { name: 'Bewaar concept' }).click()
  const path = new URL(page.url()).pathname
  await page.setInputFiles('#field-picture', { name: 'tuin.jpg', mimeType: 'image/jpeg', buffer: jpeg })
  await page.fill('#field-alt', 'Een tuin in de zon')
  await page.getByRole('button', { name: 'Bewaar foto' }).click()
  await page.getByRole('button', { name: 'Stuur in' }).click()
  return path
}

/** By staff, who are on its page afterwards; answers the one for everybody. */
async function approved(page: Page, title: string): Promise<string> {
  await signIn(page, 'Uitvoerder')
  await open('/admin')
  await page.getByRole('link', { name: /Beslis over ingestuurde inzamelacties/ }).click()
  await page.getByRole('link', { name: title }).click()
  const staff = page.url()
  await page.getByRole('button', { name: 'Keur goed' }).click()
  await open('/campaigns')
  await page.getByRole('link', { name: title }).click()
  const { pathname } = new URL(page.url())
  await page.goto(staff)
  return pathname
}

/** By the form on the page where one is, as a stranger; answers the receipt's address. */
async function give(page: Page, euros: string): Promise<string> {
  await page.context().clearCookies()
  await page.fill('#field-ownAmount', euros)
  await page.getByRole('button', { name: 'Doneer' }).click()
  await page.locator('button[name=outcome][value=pay]').click()
  await page.waitForURL(/\/receipts\//)
  return page.url()
}

/** Answers the day that it is then. */
async function moved(service: Service, to: string, times: number): Promise<string> {
  const operator = await signInAs(service.url, 'operator')
  let day = ''
  for (let move = 0; move < times; move += 1) {
    const { status, body } = await operator.post<{ now: string }>('/demonstration-clock-moves', { to })
    if (status !== 201) throw new Error(JSON.stringify(body))
    day = body.now.slice(0, 10)
  }
  return day
}

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    if (await done()) return
    await new Promise(resolve => setTimeout(resolve, 500))
  }
  throw new Error('it did not come to that')
}
