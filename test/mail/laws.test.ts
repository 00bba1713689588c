// The outbox keeps its laws against whoever writes SQL: the application, and the database's owner.

import t from 'tap'
import { sendLetters } from '../../src/mail/index.ts'
import { DomainError } from '../../src/refusals.ts'
import { mailServer } from './mail-server.ts'
import { CODE, LINK, outbox, signInLetter, TO } from './support.ts'

t.test('nothing readable is at rest, before, while it waits, and after', async t => {
  const box = await outbox(t)
  let code = 451
  const server = await mailServer(t, { recipient: () => code })
  const readable = async () => {
    const { rows } = await box.owner.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema')`,
    )
    const found: string[] = []
    const secrets = [TO, 'lezer', CODE, LINK, 'kJ8x-Qw3', signInLetter.subject]
    for (const { name } of rows)
      for (const secret of secrets) {
        const bytes = Buffer.from(secret).toString('hex')
        const { rows: held } = await box.owner.query(
          `select 1 from ${name} t where t::text like $1 or t::text like $2`,
          [`%${secret}%`, `%${bytes}%`],
        )
        if (held.length > 0) found.push(`${name}: ${secret}`)
      }
    return found
  }
  const id = await box.queue({ kind: 'sign-in' })
  t.strictSame(await readable(), [], 'queued')
  await sendLetters(box.to(server))
  t.match(await box.row(id), { error: 'smtp-451' })
  t.strictSame(await readable(), [], 'refused by a server that said the address')
  code = 250
  box.wait(1)
  await sendLetters(box.to(server))
  t.strictSame(await readable(), [], 'sent')
  t.equal((await box.row(id)).sealed, null)
})

t.test('a letter is queued with what it is about, or not at all', async t => {
  const box = await outbox(t)
  const { queueLetter } = await import('../../src/mail/index.ts')
  const letter = { to: TO, locale: 'nl', kind: 'notice', letter: signInLetter } as const
  await t.rejects(
    box.deps.db.transaction().execute(async trx => {
      await queueLetter(trx, box.deps, letter)
      throw new Error('changed its mind')
    }),
  )
  t.equal((await box.owner.query('select from mail.outbox')).rowCount, 0)
})

t.test('only one plain address is taken', async t => {
  const box = await outbox(t)
  const refused = [
    '',
    'lezer',
    '@ontvanger.example',
    'lezer@',
    'lezer@ontvanger',
    'lezer@@ontvanger.example',
    'a@b.example,c@d.example',
    'a@b.example c@d.example',
    'a@b.example;c@d.example',
    'Lezer <lezer@ontvanger.example>',
    '<lezer@ontvanger.example>',
    '"lezer"@ontvanger.example',
    'lezer@ontvanger.example\r\nBcc: c@d.example',
    'lezer\r\n@ontvanger.example',
    'lezer\n@ontvanger.example',
    'lezer@ontvanger.example\n',
    'lezer@ontvanger.example\u2028',
    ' lezer@ontvanger.example',
    'lezer@[127.0.0.1]',
    'lezer@-ontvanger.example',
    '.lezer@ontvanger.example',
    'le..zer@ontvanger.example',
    'lézer@ontvanger.example',
    'lezer@ontvanger.example>',
    'group: a@b.example;',
    `${'l'.repeat(65)}@ontvanger.example`,
    `lezer@${'ontvanger.'.repeat(30)}example`,
  ]
  for (const to of refused) {
    const error = await box.queue({ to }).catch(error => error)
    t.ok(error instanceof DomainError && error.code === 'invalid-request', encodeURI(to))
    t.equal(error.details?.field, 'email')
    if (to.length > 5) t.notOk(JSON.stringify(error).includes(to), 'the refusal does not repeat it')
  }
  t.equal((await box.owner.query('select from mail.outbox')).rowCount, 0)
  for (const to of ["o'lezer+meent@post.ontvanger.example", 'L@x-1.example'])
    t.ok(await box.queue({ to }), to)
})

t.test('a link leads to the web', async t => {
  const box = await outbox(t)
  for (const url of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '/sign-in', ''])
    await t.rejects(box.queue({ letter: { ...signInLetter, action: { label: 'Verder', url } } }), url)
})

t.test('what is queued can be sent or given up, and nothing else, by anybody', async t => {
  const box = await outbox(t)
  const server = await mailServer(t)
  const sent = await box.queue()
  await sendLetters(box.to(server))
  const waiting = await box.queue({ kind: 'sign-in' })
  const one = `where id = '${waiting}'`
  const over = `where id = '${sent}'`
  const changes: [what: string, statement: string][] = [
    ['another letter', `update mail.outbox set sealed = '\\x00' ${one}`],
    ['words without an end', `update mail.outbox set sealed = null ${one}`],
    ['an end with words', `update mail.outbox set sent_at = now(), attempts = 1 ${one}`],
    ['sent without a try', `update mail.outbox set sent_at = now(), sealed = null ${one}`],
    [
      'sent and failed',
      `update mail.outbox set sent_at = now(), failed_at = now(), error = 'a', sealed = null, attempts = 1 ${one}`,
    ],
    ['failed without a reason', `update mail.outbox set failed_at = now(), sealed = null ${one}`],
    ['a reason with an address', `update mail.outbox set error = 'lezer@ontvanger.example' ${one}`],
    ['fewer attempts', `update mail.outbox set attempts = -1 ${one}`],
    ['waiting again', `update mail.outbox set sent_at = null, sealed = '\\x00' ${over}`],
    ['sent at another time', `update mail.outbox set sent_at = now() + interval '1 day' ${over}`],
    ['another kind', `update mail.outbox set kind = 'notice' ${one}`],
    ['a longer life', `update mail.outbox set expires_at = now() + interval '1 year' ${one}`],
    ['another organisation', `update mail.outbox set organisation_id = 2 ${one}`],
    ['gone', `delete from mail.outbox ${one}`],
    ['gone when over', `delete from mail.outbox ${over}`],
  ]
  const columns = 'organisation_id, id, kind, locale, sealed, queued_at, expires_at, next_attempt_at'
  const born = (change: string) =>
    `insert into mail.outbox (${columns}) select ${change} from mail.outbox ${one}`
  const births: [what: string, statement: string][] = [
    [
      'born without words',
      born('1, gen_random_uuid(), kind, locale, null, queued_at, expires_at, queued_at'),
    ],
    [
      'a long-lived link',
      born(
        "1, gen_random_uuid(), kind, locale, sealed, queued_at, queued_at + interval '16 minutes', queued_at",
      ),
    ],
    [
      'over before it began',
      born('1, gen_random_uuid(), kind, locale, sealed, queued_at, queued_at, queued_at'),
    ],
    [
      'a kind that says whose',
      born("1, gen_random_uuid(), 'to lezer@ontvanger', locale, sealed, queued_at, expires_at, queued_at"),
    ],
    ['another language', born("1, gen_random_uuid(), kind, 'fr', sealed, queued_at, expires_at, queued_at")],
    ['twice', born('organisation_id, id, kind, locale, sealed, queued_at, expires_at, queued_at')],
  ]
  const all = async () => (await box.owner.query('select o::text from mail.outbox o order by id')).rows
  const before = await all()
  for (const [what, statement] of [...changes, ...births]) {
    await t.rejects(box.app.query(statement), `${what}, by the application`)
    await t.rejects(box.owner.query(statement), `${what}, by the owner`)
  }
  await t.rejects(box.app.query('truncate mail.outbox'), 'emptied, by the application')
  t.strictSame(await all(), before, 'nothing was written')
})

t.test('words sealed for one letter open no other', async t => {
  const box = await outbox(t)
  const server = await mailServer(t)
  const id = await box.queue()
  const columns = 'organisation_id, id, kind, locale, sealed, queued_at, expires_at, next_attempt_at'
  await box.owner.query(
    `insert into mail.outbox (${columns}) select organisation_id, gen_random_uuid(), kind, locale, sealed, queued_at, expires_at, next_attempt_at
       from mail.outbox where id = $1`,
    [id],
  )
  t.strictSame(await sendLetters(box.to(server)), { sent: 1, failed: 1 })
})
