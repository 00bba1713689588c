// A donor gives without the payment provider, by the pages alone: the form, the page that says how to transfer, the
// donor's (simulated) bank, and the receipt that says it has arrived. Once more with a SIGKILL after each step. And money
// without a reference, which the treasurer finds a pool for.

import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { client, signInAs } from '../support/client.ts'
import { freePort, type Service, startService } from '../support/service.ts'

t.setTimeout(240_000)

for (const killed of [false, true])
  t.test(killed ? 'with a SIGKILL after every step' : 'a transfer, from the form to the pool', async t => {
    const dataDir = mkdtempSync(join(tmpdir(), 'meent-transfer-'))
    const environment = { DATA_DIR: dataDir, PORT: String(await freePort()) }
    let service = await startService(environment)
    t.teardown(async () => {
      await service.kill('SIGTERM').catch(() => null)
      rmSync(dataDir, { recursive: true, force: true })
    })
    const restart = async () => {
      if (!killed) return
      await service.kill('SIGKILL')
      service = await startService(environment)
    }

    const form = { amount: '25', costsShare: '1', method: 'bank-transfer', idempotencyKey: randomUUID() }
    const given = await post(service, '/pools/lombok/donations', form)
    const [, receipt] = /(\/receipts\/[\w-]+)$/.exec(given) ?? []
    if (!receipt) throw new Error(`led on to ${given}`)
    await restart()
    t.match(
      await post(service, '/pools/lombok/donations', form),
      new RegExp(`${receipt}$`),
      'sent twice it is one gift',
    )

    const asked = await page(service, receipt)
    for (const part of ['Zo maak je het over', 'RF', 'NL', '26,00', '<svg', 'Wacht op je overboeking'])
      t.match(asked, part)
    t.match(await post(service, `${receipt}/simulated-transfers`, { how: 'as-asked' }), receipt)
    await restart()
    await until(service, async () => (await page(service, receipt)).includes('In de pot, vrij te gebruiken'))
    const paid = await page(service, receipt)
    t.match(paid, 'Overboeking ontvangen', 'its entry in the ledger')
    t.notMatch(paid, 'Zo maak je het over')

    await post(service, `${receipt}/simulated-transfers`, { how: 'no-reference' })
    await restart()
    const treasurer = await signInAs(service.url, 'treasurer')
    type Suspense = { entries: { entryKey: string; amount: number }[] }
    const waiting = async () => (await treasurer.get<Suspense>('/suspense-entries')).body.entries
    await until(service, async () => (await waiting()).some(each => each.amount === 2_600))
    const entry = (await waiting()).find(each => each.amount === 2_600)
    const { body } = await client(service.url).get<{ pools: { id: string; slug: string }[] }>('/pools')
    const poolId = body.pools.find(each => each.slug === 'lombok')?.id
    const resolved = await treasurer.post('/suspense-resolutions', {
      ...{ entryKey: entry?.entryKey, poolId, reason: 'De gever belde' },
    })
    t.equal(resolved.status, 201)
    t.notOk((await waiting()).some(each => each.entryKey === entry?.entryKey))
  })

/** Answers where it leads on to. */
async function post(service: Service, path: string, fields: Record<string, string>): Promise<string> {
  const answer = await fetch(`${service.url}${path}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { origin: service.url },
    redirect: 'manual',
  })
  if (answer.status !== 303) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (answer.headers.get('location') ?? '').split('?')[0] ?? ''
}

const page = async (service: Service, path: string) => (await fetch(`${service.url}${path}`)).text()

/** Banks book on business days: the clock moves on until it is one. */
async function until(service: Service, isSo: () => Promise<boolean>): Promise<void> {
  const operator = await signInAs(service.url, 'operator')
  for (let tries = 0; !(await isSo()); tries += 1) {
    if (tries > 6) throw new Error('it does not arrive')
    await operator.post('/demonstration-clock-moves', { to: 'next-day' })
  }
}
