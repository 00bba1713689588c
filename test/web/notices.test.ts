// What was done is said on the page that follows it, whatever else that page reads from its address.

import t from 'tap'
import { text } from '../../src/web/text/index.ts'
import { cycleOf, fund, recipient } from '../disbursements/run.ts'
import { testApp } from '../support/app.ts'
import { roleOf, type StaffName } from '../support/app-seed.ts'
import { addressOf, watchRoutes } from '../support/routes.ts'

const watch = watchRoutes()
const api = await testApp(t)
const routes = watch.routesOf(api.app)
const readers = Object.keys(api.persons) as StaffName[]

t.test('every page shows a notice', async t => {
  await fund(api, 500_000)
  const enrolmentId = await recipient(api, 'NL08MEEN0000000005')
  await api.owner.query('update auth.persons set enrolment_id = $1 where id = $2', [
    enrolmentId,
    api.persons.recipient,
  ])
  const ids = {
    cycleId: await cycleOf(api, '2027-03'),
    personId: api.persons.operator,
    enrolmentId,
  }
  const seen = new Set<string>()
  for (const route of routes.filter(
    ({ method, url }) => method === 'GET' && !/^\/(v1|en|assets)/.test(url),
  )) {
    const address = addressOf(
      {
        ...route,
        url: Object.entries(ids).reduce((url, [name, id]) => url.replace(`:${name}`, id), route.url),
      },
      api.pools.open,
    )
    for (const as of [undefined, ...readers]) {
      const answer = await api.ask<{ text: string }>(`${address}?notice=change-done`, {
        ...(as ? { as } : {}),
        headers: { accept: 'text/html' },
      })
      if (answer.status !== 200 || !/<main/.test(String(answer.body.text))) continue
      seen.add(route.url)
      t.match(answer.body.text, text('nl').notices['change-done'], `${route.url} for ${as && roleOf(as)}`)
      break
    }
  }
  const landings = [
    ...['/', '/account', '/my-income', '/admin', '/admin/changes', '/admin/keys', '/admin/reconciliation'],
    ...['/admin/pools/:slug', '/admin/cycles/:cycleId', '/admin/people/:personId'],
    ...['/admin/enrolments/:enrolmentId', '/admin/trail', '/pools/:slug/ledger'],
  ]
  t.strictSame(
    landings.filter(each => !seen.has(each)),
    [],
    'where redirects lead is among them',
  )
})
