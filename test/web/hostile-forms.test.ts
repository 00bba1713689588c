// Whatever stands in a form or in the address of a page: it is answered, or refused in words. A 500 is a mistake of ours.

import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import { testApp } from '../support/app.ts'
import { realAddresses } from '../support/real-addresses.ts'
import { watchRoutes } from '../support/routes.ts'

t.setTimeout(120_000)
const watch = watchRoutes()
const api = await testApp(t)
// The English pages are the same handlers. After signing out, or in as somebody else, the asker would not be there any more.
const pages = watch
  .routesOf(api.app)
  .filter(({ method, url }) => method !== 'HEAD' && !url.startsWith('/en') && !url.startsWith('/v1'))
  .filter(
    ({ url }) => !/sign-out|sign-in\/links|session-endings$|-disablings$|^\/demonstration\/clock/.test(url),
  )
const { addressOf, token } = await realAddresses(api)

const hostile = [
  ...['a\u0000b', '\ud800', '\u202e', "' or ''='", '<script>', '{"a":{"__proto__":1}}'],
  ...['9'.repeat(400), '-1', '999999999999999999999', 'NL00', 'x'.repeat(5_000), randomUUID()],
  ...['0000-00-00', '9999-12-31', '9999-99-99'],
]
/** Every field of a form or an address, of whichever page. */
const fields = [
  ...[
    'reason',
    'fileReason',
    'name',
    'email',
    'iban',
    'holder',
    'amount',
    'ownAmount',
    'costsShare',
    'choice',
  ],
  ...[
    'message',
    'text',
    'words',
    'nickname',
    'firstMonth',
    'birthDate',
    'checkedHow',
    'role',
    'poolId',
    'lastDay',
    'standInFor',
  ],
  ...['days', 'overlapDays', 'scopes', 'monthlyAmount', 'termMonths', 'paydayOfMonth', 'feeBearer', 'area'],
  ...[
    'code',
    'next',
    'statement',
    'to',
    'personId',
    'locale',
    'response',
    'idempotencyKey',
    'decisionReason',
  ],
  ...['proposedRole', 'proposedPoolId', 'proposedLastDay', 'proposedStandInFor', 'proposedReason', 'notice'],
]
/** What a page reads of its own address, beside the notice that every page reads. */
const asked: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /trail$/,
    [
      ...['before', 'from', 'until', 'actorId', 'action', 'reason', 'without', 'place', 'sessionId'],
      ...['onBehalfOf', 'subjectId', 'subjectKind'],
    ],
  ],
  [/changes$|ledger$/, ['before']],
  [/sign-in$|second-factor$/, ['next']],
]
const askedOf = (url: string) => asked.find(([pattern]) => pattern.test(url))?.[1] ?? []

const body = (values: Readonly<Record<string, string>>) => new URLSearchParams(values).toString()
const everywhere = (value: string) => body(Object.fromEntries(fields.map(name => [name, value])))
const odd = [
  'reason[]=x&reason=y&reason=z',
  '__proto__=x&constructor=y',
  '%zz=%',
  fields.map(name => `${name}=x&${name}=y`).join('&'),
]

async function answered(t: Test, method: 'GET' | 'POST', url: string, payload?: string): Promise<void> {
  const { statusCode } = await api.app.inject({
    ...{ method, url },
    headers: {
      ...{ authorization: `Bearer ${token}`, accept: 'text/html' },
      ...(payload === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(payload === undefined ? {} : { payload }),
  })
  if (statusCode >= 500) t.fail(`${statusCode} ${method} ${url.slice(0, 120)} ${payload?.slice(0, 80) ?? ''}`)
}

/** Nothing that was asked signed the asker out: else the rest would be refusals at the door. */
async function stillThere(t: Test): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, accept: 'text/html' }
  t.equal((await api.app.inject({ method: 'GET', url: '/admin/trail', headers })).statusCode, 200)
}

t.test('no form is too much', async t => {
  const forms = pages.filter(({ method }) => method === 'POST')
  t.ok(forms.length > 30, `${forms.length} forms`)
  for (const form of forms)
    for (const payload of [...hostile.map(everywhere), ...odd])
      await answered(t, 'POST', addressOf(form), payload)
  await stillThere(t)
})

t.test('and no address', async t => {
  const read = pages.filter(({ method }) => method === 'GET')
  t.ok(read.filter(({ url }) => askedOf(url).length > 0).length > 4, 'those that ask something')
  for (const page of read)
    for (const [index, value] of hostile.entries()) {
      for (const name of askedOf(page.url))
        await answered(t, 'GET', `${addressOf(page)}?${body({ [name]: value })}`)
      if (index < 3) await answered(t, 'GET', `${addressOf(page)}?${everywhere(value)}`)
    }
  await stillThere(t)
})

t.test('a day after which no other can be written is refused at its field', async t => {
  const { status, body } = await api.ask<{ text: string }>('/admin/trail?until=9999-12-31', { as: 'auditor' })
  t.equal(status, 400)
  t.match(body.text, 'id="field-until-error"')
})
