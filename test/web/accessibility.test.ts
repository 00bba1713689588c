/**
 * Every page in a real browser, with our content security policy, through axe: no violation in either language,
 * light or dark, on a phone or a desk; nothing is refused by the policy; nothing sticks out at 320 pixels.
 */
import { existsSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import t from 'tap'
import type { Locale } from '../../src/money/index.ts'
import { contentSecurityPolicy } from '../../src/platform/http/security-headers.ts'
import { pageOf, type Sample, samples } from './samples.ts'

const contentTypes: Readonly<Record<string, string>> = { '.css': 'text/css', '.js': 'text/javascript' }
const CHROMIUM = '/usr/bin/chromium'
const ASSETS = new URL('../../src/web/assets/', import.meta.url)
const POLICY = contentSecurityPolicy('real')

/** Everything as most people meet it; in the other look one of each page, chosen for what it has most of. */
const looks = [
  { locale: 'nl', scheme: 'light', width: 390, only: /./ },
  {
    locale: 'en',
    scheme: 'dark',
    width: 1280,
    only: /^(home|pool-(refused|short)|ledger|receipt-received|simulated-payment-open|sign-in|problem|status-wrong|overview|admin-pool-refused|cycle-(planned|at-bank)|reconciliation|api-docs|wishes|wish|own-wish-waiting|admin-wishes|status-thanks|status-thanks-refused|admin-thanks)$/,
  },
] as const

/** A fifth of a phone’s height: the page itself begins on the first screen. */
const HEADER_PIXELS = 150

const TIMEOUT_MS = 240_000
t.setTimeout(TIMEOUT_MS)
const skip = existsSync(CHROMIUM) ? false : `left out: ${CHROMIUM} is not installed`

t.test('accessibility', { skip, timeout: TIMEOUT_MS }, async t => {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  t.teardown(() => browser.close())
  for (const look of looks) {
    const { page, show, refused } = await opened(browser, look)
    for (const sample of samples().filter(({ name }) => look.only.test(name))) {
      await show(sample)
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode(true)
        .options({ resultTypes: ['violations'] })
        .analyze()
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)
      t.same(found, [], `${sample.name}, ${look.locale}, ${look.scheme}, ${look.width} pixels`)
      await page.setViewportSize({ width: 320, height: 800 })
      t.equal(
        await page.evaluate('document.documentElement.scrollWidth'),
        320,
        `${sample.name} fits 320 pixels`,
      )
      const header = await page.evaluate("document.querySelector('.site-header')?.offsetHeight ?? 0")
      t.ok(Number(header) <= HEADER_PIXELS, `${sample.name}: ${header} pixels of header on a phone`)
      if (sample.name === 'permissions')
        t.ok(
          await page.evaluate(
            "(e => e.scrollWidth <= e.clientWidth)(document.querySelector('.table-scroll'))",
          ),
          'who may do what is read without scrolling sideways',
        )
    }
    t.same(refused, [], 'the policy refuses nothing')
  }
})

interface Look {
  readonly locale: Locale
  readonly scheme: 'light' | 'dark'
  readonly width: number
}

/** A browser page that shows one sample after another as if a server sent it. */
async function opened(browser: Browser, { locale, scheme, width }: Look) {
  const context = await browser.newContext({ colorScheme: scheme })
  const page: Page = await context.newPage()
  const refused: string[] = []
  page.on('console', message => {
    if (message.type() === 'error') refused.push(message.text())
  })
  let shown = ''
  await page.route('**/*', route => {
    const { pathname } = new URL(route.request().url())
    if (!pathname.startsWith('/assets/')) {
      return route.fulfill({
        body: shown,
        headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY },
      })
    }
    const contentType = contentTypes[extname(pathname)] ?? 'image/svg+xml'
    return route.fulfill({
      body: readFileSync(new URL(pathname.slice('/assets/'.length), ASSETS)),
      contentType,
    })
  })
  const show = async (sample: Sample) => {
    shown = sample.render(pageOf(sample, locale))
    await page.setViewportSize({ width, height: 900 })
    await page.goto('http://localhost/')
  }
  return { page, show, refused }
}
