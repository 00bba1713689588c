// Passkeys in a real browser with an authenticator of its own: made, shown, asked to see the person, and nobody else's.

import { existsSync } from 'node:fs'
import { type CDPSession, chromium, type Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { testApp } from '../support/app.ts'
import { sparePasskey } from './authenticator.ts'
import { signInMail } from './mailbox.ts'

const CHROMIUM = '/usr/bin/chromium'
const skip = existsSync(CHROMIUM) ? false : `left out: ${CHROMIUM} is not installed`
const TIMEOUT_MS = 120_000
t.setTimeout(TIMEOUT_MS)

const device = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const

t.test('passkeys', { skip, timeout: TIMEOUT_MS }, async t => {
  const api = await testApp(t)
  const address = (await api.app.listen({ host: '127.0.0.1', port: 0 })).replace('127.0.0.1', 'localhost')
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  t.teardown(() => browser.close())

  /** A browser of its own, signed in by mail, with a device that can hold passkeys. */
  const opened = async (email: string) => {
    const context = await browser.newContext({ locale: 'en' })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
    const session = await context.newCDPSession(page)
    await session.send('WebAuthn.enable')
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options: device })
    await page.goto(`${address}/en/sign-in`)
    await page.getByLabel('E-mail address').fill(email)
    await page.getByRole('button', { name: 'Send me an e-mail' }).click()
    await page.getByLabel('Six-digit code').fill((await signInMail(api, email)).code)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(/\/en\/(account|sign-in\/second-factor)/)
    return { page, session, authenticatorId, complaints }
  }
  const add = async (page: Page, name: string) => {
    await page.goto(`${address}/en/account`)
    await page.getByLabel('Name, to recognise it by').fill(name)
    await page.getByRole('button', { name: 'Add a passkey' }).click()
  }
  const openedAt = async (page: Page) => {
    await page.goto(`${address}/en/admin`)
    return new URL(page.url()).pathname
  }

  await t.test('one is made, and shown at the next sign-in', async t => {
    const { page, complaints } = await opened('treasurer@meent.example')
    t.equal(await openedAt(page), '/en/account', 'nothing of staff before there is one')
    const byMail = await tokenIn(page)
    await add(page, 'Laptop')
    await page.waitForURL(/notice=factor-added/)
    t.not(await tokenIn(page), byMail, 'another token')
    t.equal(await openedAt(page), '/en/admin', 'whoever made it has shown it')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.goto(`${address}/en/sign-in`)
    await page.getByLabel('E-mail address').fill('treasurer@meent.example')
    await page.getByRole('button', { name: 'Send me an e-mail' }).click()
    await page.getByLabel('Six-digit code').fill((await signInMail(api, 'treasurer@meent.example')).code)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(/second-factor/)
    const byMailAgain = await tokenIn(page)
    await api.owner.query(
      `insert into auth.authenticators (organisation_id, id, person_id, secret, recovery_codes, verified, times_shut, locked_until)
       values ($1, gen_random_uuid(), $2, 'none', '[]', true, 3, now() + interval '1 hour')`,
      [api.organisationId, api.persons.treasurer],
    )
    await page.getByRole('button', { name: 'Use your passkey' }).click()
    await page.waitForURL(/\/en\/admin/)
    t.not(await tokenIn(page), byMailAgain, 'and again')
    const { rows } = await api.owner.query('select times_shut, locked_until from auth.authenticators')
    t.strictSame(rows, [{ times_shut: 0, locked_until: null }], 'and the door of six digits is as new')
    t.same(complaints, [], 'the browser and its policy refuse nothing')
  })

  await t.test('one of somebody else is not enough, nor one that did not see the person', async t => {
    const theirs = await opened('operator@meent.example')
    await add(theirs.page, 'Telefoon')
    await theirs.page.waitForURL(/factor-added/)
    const credentials = await exported(theirs.session, theirs.authenticatorId)
    const approver = await opened('approver@meent.example')
    await add(approver.page, 'Sleutel')
    await approver.page.waitForURL(/factor-added/)
    await api.owner.query('update auth.sessions set second_factor_at = null')

    await approver.session.send('WebAuthn.clearCredentials', { authenticatorId: approver.authenticatorId })
    for (const credential of credentials)
      await approver.session.send('WebAuthn.addCredential', {
        authenticatorId: approver.authenticatorId,
        credential,
      })
    await approver.page.goto(`${address}/en/sign-in/second-factor`)
    // Whatever the server asks for, this browser shows what it has.
    await approver.page.route('**/sign-in/passkeys/options', async route => {
      const answer = await route.fetch()
      const { allowCredentials: _, ...options } = (await answer.json()) as Record<string, unknown>
      await route.fulfill({ response: answer, json: options })
    })
    await approver.page.getByRole('button', { name: 'Use your passkey' }).click()
    await refusedOn(t, approver.page, 'the passkey of another person')

    await theirs.page.goto(`${address}/en/sign-in/second-factor`)
    await theirs.session.send('WebAuthn.setUserVerified', {
      authenticatorId: theirs.authenticatorId,
      isUserVerified: false,
    })
    await theirs.page.route('**/sign-in/passkeys/options', async route => {
      const answer = await route.fetch()
      const options = { ...((await answer.json()) as object), userVerification: 'discouraged' }
      await route.fulfill({ response: answer, json: options })
    })
    await theirs.page.getByRole('button', { name: 'Use your passkey' }).click()
    await refusedOn(t, theirs.page, 'a device that did not see who it was')
    const { rows } = await api.owner.query(
      "select count(*)::int as n from acts.acts where action = 'second-factor.refuse'",
    )
    t.equal(rows[0].n, 2, 'each is in the trail')
  })

  await t.test('an answer is good once', async t => {
    const { page } = await opened('auditor@meent.example')
    const asked: Promise<string | null>[] = []
    page.on('response', response => {
      if (/\/passkeys(?:\/[^/]+\/removals)?$/.test(new URL(response.url()).pathname))
        asked.push(response.headerValue('x-request-id'))
    })
    await add(page, 'Laptop')
    await page.waitForURL(/factor-added/)
    await page.goto(`${address}/en/sign-in/second-factor`)
    let answer = ''
    page.on('request', request => {
      if (request.url().endsWith('/sign-in/passkeys')) answer = request.postData() ?? ''
    })
    await page.getByRole('button', { name: 'Use your passkey' }).click()
    await page.waitForURL(/\/en\/admin/)
    const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    const again = await api.app.inject({
      method: 'POST',
      url: '/sign-in/passkeys',
      headers: { cookie: cookies, 'content-type': 'application/json', host: new URL(address).host },
      payload: answer,
    })
    t.equal(again.statusCode, 422, again.body)
    const stolen = await opened('auditor@meent.example')
    const remove = async () => {
      await page.goto(`${address}/en/account`)
      await page.locator('summary', { hasText: 'Remove Laptop' }).click() // asked once more before it is done
      await page.getByRole('button', { name: 'Remove Laptop', exact: true }).click()
    }
    await remove()
    await page.getByText('This is your last second factor').waitFor()
    await sparePasskey(api, api.persons.auditor)
    await remove()
    await page.waitForURL(/removed/)
    await stolen.page.goto(`${address}/en/account`)
    t.match(new URL(stolen.page.url()).pathname, /sign-in/, 'every other session ended')
    const { rows } = await api.owner.query(
      'select action, actor_id from acts.acts where origin = any ($1) order by id',
      [[...(await Promise.all(asked)), again.headers['x-request-id']]],
    )
    const by = { actor_id: api.persons.auditor }
    t.strictSame(
      rows,
      ['passkey.add', 'second-factor.show', 'second-factor.refuse', 'passkey.remove'].map(action => ({
        action,
        ...by,
      })),
      'each leaves its act, which names its request',
    )
  })
})

async function tokenIn(page: Page) {
  const token = (await page.context().cookies()).find(({ name }) => name === 'meent_session')?.value
  if (!token) throw new Error('nobody is signed in')
  return token
}

async function exported(session: CDPSession, authenticatorId: string) {
  const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId })
  return credentials
}

async function refusedOn(t: Test, page: Page, what: string) {
  const status = page.locator('[data-passkey] [role=status]')
  await status.filter({ hasText: /passkey|not recognised/ }).waitFor()
  t.match(await status.textContent(), /not recognised/, what)
}
