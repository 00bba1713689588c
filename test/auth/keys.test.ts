// Keys of programs: shown once, never stored, never more than their maker, over when they end.

import { createHash } from 'node:crypto'
import t, { type Test } from 'tap'
import { endKey, isKeySecret, type Permission } from '../../src/auth/index.ts'
import { newKeySecret } from '../../src/auth/key-secret.ts'
import { createLogger } from '../../src/platform/log.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { type Json, testApp } from '../support/app.ts'
import { addMember } from '../support/app-seed.ts'
import { everything } from '../support/everything.ts'
import { refused } from '../support/refused.ts'

t.setTimeout(120_000)
const api = await testApp(t)
const { db, vault, organisationId } = api.deps

interface Made extends Json {
  readonly id: string
  readonly secret: string
  readonly expiresAt: string
}

const why = { reason: 'Voor de boekhouding' }

async function make(t: Test, scopes: Permission[] = ['bank.read'], more: Json = {}): Promise<Made> {
  const { status, body, headers } = await api.ask<Made>('/v1/keys', {
    as: 'administrator',
    body: { name: 'Boekhouding', scopes, ...why, ...more },
  })
  t.equal(status, 201, JSON.stringify(body))
  t.equal(headers['cache-control'], 'no-store')
  return body
}

const using = async (secret: string, url = '/v1/bank-accounts', headers: Record<string, string> = {}) =>
  (await api.app.inject({ url, headers: { authorization: `Bearer ${secret}`, ...headers } })).statusCode

t.test('a key opens what it was made for, from its making until it ends', async t => {
  const key = await make(t)
  t.match(key, { state: 'good', scopes: ['bank.read'], poolId: null, usedAt: null, makerStillMay: true })
  t.match(key.secret, /^meent_[\w-]{38}$/, '192 random bits and a checksum')
  t.ok(Math.abs(Date.parse(key.expiresAt) - Date.now() - 90 * 86_400_000) < 60_000, '90 days, if nobody says')
  t.equal(await using(key.secret), 200)
  t.equal(await using(key.secret, '/v1/ledger-accounts'), 403, 'and nothing else')
  const { body } = await api.ask<{ keys: Made[] }>('/v1/keys', { as: 'auditor' })
  const listed = body.keys.find(({ id }) => id === key.id)
  t.ok(listed?.usedAt, 'when it was last used is known')
  t.notOk(JSON.stringify(body).includes(key.secret), 'it is never shown again')
  const ending = { as: 'administrator', body: { reason: 'niet meer nodig' } } as const
  t.equal((await api.ask(`/v1/keys/${key.id}/endings`, ending)).status, 201)
  t.equal(await using(key.secret), 401, 'at once')
  await refused(t, api, 'ended twice', `/v1/keys/${key.id}/endings`, ending, {
    status: 409,
    code: 'key-ended',
    field: 'keyId',
  })
})

t.test('the secret is nowhere in the database, and in no log', async t => {
  const key = await make(t)
  const tables = Object.keys(await everything(api.owner))
  const random = key.secret.slice('meent_'.length + 8)
  for (const table of tables) {
    const { rows } = await api.owner.query(`select from ${table} t where t::text like '%' || $1 || '%'`, [
      random,
    ])
    t.equal(rows.length, 0, table)
  }
  const { rows } = await api.owner.query('select key_sha256, start from auth.keys where id = $1', [key.id])
  t.strictSame(rows[0].key_sha256, createHash('sha256').update(key.secret).digest(), 'its hash is')
  t.equal(rows[0].start.length, 10, 'and as much as it is recognised by')
  const written: string[] = []
  const write = process.stdout.write
  process.stdout.write = ((line: string) => written.push(String(line)) > 0) as typeof write
  const log = createLogger('info')
  log.info({ req: { url: `/v1/acts?key=${key.secret}` }, other: `as ${key.secret}` }, `used ${key.secret}`)
  process.stdout.write = write
  t.notMatch(written.join(''), random)
})

t.test('only in the header: neither in a cookie nor in an address, and on no page', async t => {
  const { secret } = await make(t)
  const status = async (url: string, headers: Record<string, string>) =>
    (await api.app.inject({ url, headers })).statusCode
  for (const name of ['meent_session', '__Host-meent_session', 'key'])
    t.equal(await status('/v1/bank-accounts', { cookie: `${name}=${secret}` }), 401, `cookie ${name}`)
  for (const name of ['key', 'access_token', 'token', 'authorization'])
    t.not(await status(`/v1/bank-accounts?${name}=${secret}`, {}), 200, `?${name}=`)
  t.equal(await status('/v1/bank-accounts', { authorization: `Basic ${btoa(`key:${secret}`)}` }), 401)
  t.equal(await status('/v1/bank-accounts', { 'x-api-key': secret }), 401)
  t.equal(
    await status('/admin/reconciliation', { authorization: `Bearer ${secret}` }),
    401,
    'pages are for people',
  )
})

t.test('one that is mistyped is seen as such', async t => {
  const secret = newKeySecret()
  t.ok(isKeySecret(secret))
  for (let at = 0; at < secret.length; at++) {
    const other = secret[at] === 'x' ? 'y' : 'x'
    t.notOk(isKeySecret(secret.slice(0, at) + other + secret.slice(at + 1)), `character ${at}`)
  }
  for (const wrong of ['', 'meent_', secret.slice(0, -1), `${secret}x`, secret.toUpperCase(), ` ${secret}`])
    t.notOk(isKeySecret(wrong))
  t.equal(new Set(Array.from({ length: 1000 }, newKeySecret)).size, 1000)
  const key = await make(t)
  t.equal(await using(`${key.secret.slice(0, -1)}${key.secret.endsWith('A') ? 'B' : 'A'}`), 401)
  t.equal(await using(secret), 401, 'well written, and of nobody')
})

t.test('rotated without downtime: both work, then only the new one', async t => {
  const old = await make(t)
  const path = `/v1/keys/${old.id}/rotations`
  const { status, body, headers } = await api.ask<Made>(path, {
    as: 'administrator',
    body: { overlapDays: 2, days: 30, ...why },
  })
  t.equal(status, 201)
  t.equal(headers['cache-control'], 'no-store')
  t.match(body, { replaces: old.id, name: 'Boekhouding', scopes: ['bank.read'] })
  t.strictSame([await using(old.secret), await using(body.secret)], [200, 200], 'both')
  const again = { as: 'administrator', body: why } as const
  await refused(t, api, 'a second successor', path, again, {
    status: 409,
    code: 'key-rotated',
    field: 'keyId',
  })
  const { rows } = await api.owner.query(
    `select extract(epoch from expires_at - now()) / 86400 as days from auth.keys where id = $1`,
    [old.id],
  )
  t.ok(Math.abs(rows[0].days - 2) < 0.01, 'the old one ends by itself')
  await api.owner.query(`update auth.keys set expires_at = now() - interval '1 second' where id = $1`, [
    old.id,
  ])
  t.strictSame([await using(old.secret), await using(body.secret)], [401, 200], 'then only the new one')
  await refused(t, api, 'one that expired', path, again, { status: 409, code: 'key-ended', field: 'keyId' })
  const now = await api.ask<Made>(`/v1/keys/${body.id}/rotations`, {
    as: 'administrator',
    body: { overlapDays: 0, ...why },
  })
  t.strictSame(
    [await using(body.secret), await using(now.body.secret)],
    [401, 200],
    'with no overlap: at once',
  )
  const { rows: acts } = await api.owner.query(
    `select action, reason, detail from acts.acts where subject_id = any ($1) order by id`,
    [[old.id, body.id]],
  )
  t.match(acts, [
    { action: 'key.make', reason: why.reason, detail: { scopes: 'bank.read', days: 90 } },
    { action: 'key.make', detail: { replaces: old.id } },
    { action: 'key.rotate', detail: { successor: body.id, overlapDays: 2 } },
    { action: 'key.rotate', detail: { successor: now.body.id } },
  ])
})

t.test('a rotation never lengthens the life of the old key', async t => {
  const old = await make(t, ['bank.read'], { days: 1 })
  await api.ask(`/v1/keys/${old.id}/rotations`, { as: 'administrator', body: { overlapDays: 30, ...why } })
  const { rows } = await api.owner.query('select expires_at from auth.keys where id = $1', [old.id])
  t.equal(rows[0].expires_at.toISOString(), old.expiresAt)
})

t.test('never more than its maker may do, nor for what needs a person', async t => {
  const ask = (body: Json) => ({
    as: 'administrator' as const,
    body: { name: 'Te veel', scopes: ['bank.read'], ...why, ...body },
  })
  const wide = { status: 403, code: 'key-too-wide', field: 'scopes' } as const
  await refused(
    t,
    api,
    'an administrator imports no statements',
    '/v1/keys',
    ask({ scopes: ['statements.import'] }),
    wide,
  )
  for (const scope of [
    'keys.manage',
    'cycles.propose',
    'cycles.approve',
    'accounts.read',
    'enrolments.create',
    'payment-files.read',
    'no-such.thing',
  ])
    await refused(t, api, scope, '/v1/keys', ask({ scopes: ['bank.read', scope] }), {
      status: 400,
      code: 'invalid-request',
      field: 'scopes.1',
    })
  for (const [body, field] of [
    [{ scopes: [] }, 'scopes'],
    [{ days: 401 }, 'days'],
    [{ days: 0 }, 'days'],
    [{ reason: ' ' }, 'reason'],
    [{ name: 'x' }, 'name'],
    [{ keySha256: 'x' }, 'body'],
  ] as const)
    await refused(t, api, JSON.stringify(body), '/v1/keys', ask(body), {
      status: 400,
      code: 'invalid-request',
      field,
    })
  const poolId = api.pools.open.id
  await refused(t, api, 'of one pool, about all', '/v1/keys', ask({ poolId }), {
    status: 400,
    code: 'invalid-request',
    field: 'scopes',
  })
  const nowhere = '00000000-0000-7000-8000-000000000000'
  await refused(
    t,
    api,
    'of a pool that is not',
    '/v1/keys',
    ask({ scopes: ['cycles.read'], poolId: nowhere }),
    {
      status: 404,
      code: 'not-found',
      field: 'poolId',
    },
  )
  for (const as of ['operator', 'treasurer', 'auditor', 'approver'] as const) {
    await api.token(as)
    await refused(t, api, `by ${as}`, '/v1/keys', { ...ask({}), as }, { status: 403, code: 'not-allowed' })
  }
  await api
    .ask(`/v1/keys`, ask({ days: 400 }))
    .then(({ status }) => t.equal(status, 201, '400 days, and no day more'))
})

t.test('a key of one pool knows no other', async t => {
  const { secret } = await make(t, ['cycles.read', 'enrolments.read'], { poolId: api.pools.open.id })
  const cycles = (poolId: string) => `/v1/pools/${poolId}/cycles`
  t.equal(await using(secret, cycles(api.pools.open.id)), 200)
  t.equal(await using(secret, cycles(api.pools.other.id)), 403)
  t.equal(await using(secret, `/v1/pools/${api.pools.other.id}/enrolments`), 403)
  t.equal(await using(secret, '/v1/acts'), 403)
})

t.test('of another organisation it opens nothing', async t => {
  const { secret, id } = await make(t)
  t.equal(await using(secret), 200)
  await api.owner.query('begin; set local session_replication_role = replica')
  await api.owner.query('update auth.keys set organisation_id = organisation_id + 1 where id = $1', [id])
  await api.owner.query('commit')
  t.equal(await using(secret), 401)
  await t.rejects(
    endKey(
      api.deps,
      { kind: 'person', id: api.persons.administrator },
      { keyId: id, reason: 'niet van ons' },
    ),
    { code: 'not-found' },
  )
  await api.owner.query('begin; set local session_replication_role = replica')
  await api.owner.query('update auth.keys set organisation_id = organisation_id - 1 where id = $1', [id])
  await api.owner.query('commit')
})

t.test('who has left leaves no door open; who only changed roles is pointed out', async t => {
  const personId = await inTransaction(db, trx =>
    addMember(trx, vault, organisationId, 'tijdelijk', 'administrator'),
  )
  const signedIn = await api.app.inject({ method: 'POST', url: '/v1/sessions', payload: { personId } })
  const answer = await api.app.inject({
    method: 'POST',
    url: '/v1/keys',
    headers: { authorization: `Bearer ${signedIn.json().token}` },
    payload: { name: 'Van wie wegging', scopes: ['bank.read'], ...why },
  })
  const key = answer.json<Made>()
  const listed = async () =>
    (await api.ask<{ keys: Made[] }>('/v1/keys', { as: 'auditor' })).body.keys.find(({ id }) => id === key.id)
  const end = `update auth.grants set ended_at = now(), ended_by = $2 where person_id = $1 and ended_at is null and role = $3`
  await inTransaction(db, trx =>
    trx
      .insertInto('auth.grants')
      .values({
        organisationId,
        id: '00000000-0000-7000-8000-00000000000a',
        personId,
        role: 'auditor',
        poolId: null,
        lastDay: null,
        standInFor: null,
        grantedBy: null,
        changeId: null,
        endedBy: null,
        endedAt: null,
      })
      .execute(),
  )
  await api.owner.query(end, [personId, api.persons.administrator, 'administrator'])
  t.equal(await using(key.secret), 200, 'the program goes on')
  t.match(await listed(), { state: 'good', makerStillMay: false })
  await api.owner.query(end, [personId, api.persons.administrator, 'auditor'])
  t.equal(await using(key.secret), 401, 'without any role its maker is gone, and so is the key')
  t.match(await listed(), { state: 'maker-left' })
})

t.test('laws of the database, for its owner too', async t => {
  const { id } = await make(t)
  const law = { code: 'MT001' }
  const set = (what: string) => api.owner.query(`update auth.keys set ${what} where id = $1`, [id])
  await t.rejects(set(`expires_at = expires_at + interval '1 second'`), law, 'never later')
  await t.rejects(set(`scopes = scopes || '{acts.read}'`), law, 'never more')
  await t.rejects(set(`key_sha256 = sha256('another')`), law, 'never another secret')
  await t.rejects(set('pool_id = (select id from pools.pools limit 1)'), law)
  await t.rejects(api.owner.query('delete from auth.keys where id = $1', [id]), law, 'never removed')
  await set(`expires_at = expires_at - interval '1 day'`)
  await set(`ended_at = now(), ended_by = created_by`)
  await t.rejects(set('ended_at = null, ended_by = null'), law, 'never back')
  await t.rejects(set('ended_at = now()'), law, 'once')
  await api.owner.query('begin; set local role meent_app')
  await t.rejects(set(`scopes = '{acts.read}'`), { code: '42501' }, 'the application has no right to try')
  await api.owner.query('rollback')
  await t.rejects(
    api.owner.query(
      `insert into auth.keys (organisation_id, id, key_sha256, start, name, scopes, created_by, expires_at)
       values ($1, gen_random_uuid(), sha256('x'), 'meent_xxxx', 'lang', '{bank.read}', $2, now() + interval '401 days')`,
      [organisationId, api.persons.administrator],
    ),
    { code: '23514' },
    'none for longer than 400 days',
  )
})
