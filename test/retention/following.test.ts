// Following a pool and the newsletter: nobody is mailed who did not ask, everybody who did is told once, and it can be stopped.

import t from 'tap'
import { removeUpdate, writeUpdate } from '../../src/campaigns/index.ts'
import { waitingLetters } from '../../src/mail/index.ts'
import { followByLink, tellFollowers } from '../../src/retention/index.ts'
import { person, running } from '../campaigns/run.ts'
import { DONOR, signedIn } from '../donors/run.ts'
import { testApp } from '../support/app.ts'
import { allRefused } from '../support/refused.ts'
import { visitor } from '../support/visitor.ts'
import { decide, enrolled, words, written } from '../thanks/run.ts'

const api = await testApp(t)
const { open } = api.pools
/** By the words of their subject. */
const subjects = {
  'follow-question': /^Wilt u /,
  'pool-news': /^Pot open: /,
  newsletter: /^Stichting Proef: /,
} as const
const lettersTo = async (kind: keyof typeof subjects, to?: string) =>
  (await waitingLetters(api.deps)).filter(
    each => subjects[kind].test(each.letter?.subject ?? '') && (to === undefined || each.to === to),
  )
const linkIn = (letter: Awaited<ReturnType<typeof lettersTo>>[number] | undefined): string => {
  const found = /\/follow\/([^"<\s]+)/.exec(JSON.stringify(letter))?.[1]
  if (!found) throw new Error('no link in the letter')
  return found.replaceAll('\\', '')
}
const publish = (title: string, path = `/v1/pools/${open.id}/news`) =>
  api.ask<{ newsId: string }>(path, {
    as: 'operator',
    body: { title, words: 'Er is iets gebeurd.\n\nEn nog iets.' },
  })
const follows = async () =>
  (await api.owner.query<{ n: number }>('select count(*)::int as n from retention.follows')).rows[0]?.n

t.test('an address that was typed in follows nothing until the button in the letter is pressed', async t => {
  const ask = { email: DONOR, poolId: open.id }
  t.equal((await api.ask('/v1/follow-requests', { body: ask })).status, 202)
  t.equal((await api.ask('/v1/follow-requests', { body: ask })).status, 202, 'again')
  const asked = await lettersTo('follow-question', DONOR)
  t.equal(asked.length, 1, 'once a day')
  t.equal(await follows(), 0)
  const path = `/follow/${linkIn(asked[0])}`
  const who = visitor(api)
  t.match((await who.get(path)).text, 'Wil je een e-mail als er nieuws is over Pot open?')
  t.equal(await follows(), 0, 'looking changes nothing')
  t.equal((await who.post(path, {})).status, 303)
  t.equal((await who.post(path, {})).status, 303, 'pressed twice')
  t.equal(await follows(), 1)
})

t.test(
  'news is told once to whoever followed by then, also when the job is broken off and run again',
  async t => {
    const { body } = await publish('Een nieuw inkomen')
    await tellFollowers(api.deps)
    await Promise.all([tellFollowers(api.deps), tellFollowers(api.deps)])
    const told = await lettersTo('pool-news')
    t.equal(told.length, 1)
    t.match(JSON.stringify(told[0]), 'Een nieuw inkomen')
    t.equal((await lettersTo('newsletter')).length, 0)
    await api.owner.query('delete from retention.told')
    await tellFollowers(api.deps)
    t.equal((await lettersTo('pool-news')).length, 1, 'what was told stays told')
    t.match(
      (await visitor(api).get(`/pools/${open.slug}`)).text,
      'Een nieuw inkomen',
      'and it stands on the page',
    )
    const taken = await api.ask(`/v1/news/${body.newsId}/withdrawals`, {
      as: 'operator',
      body: { reason: 'Fout' },
    })
    t.equal(taken.status, 204)
    t.notMatch((await visitor(api).get('/news')).text, 'Een nieuw inkomen')
  },
)

t.test('a thank-you that staff showed is told as well, to whoever followed by then', async t => {
  await enrolled(api)
  const thanksId = await written(api)
  t.equal(await tellFollowers(api.deps), 0, 'not before staff looked')
  t.equal((await decide(api, thanksId, 'show')).status, 200)
  t.equal(await tellFollowers(api.deps), 1)
  t.equal(await tellFollowers(api.deps), 0, 'once')
  const told = (await waitingLetters(api.deps)).find(({ letter }) =>
    letter.subject.startsWith('Een bedankje'),
  )
  t.equal(told?.to, DONOR)
  t.match(told?.letter.paragraphs.join(' '), words)
})

t.test('an update of a campaign is told an hour later, without its words, if it still stands', async t => {
  const { poolId, id: campaignId } = await running(api)
  const donorId = (await api.owner.query<{ id: string }>('select donor_id as id from retention.follows'))
    .rows[0]?.id
  await api.owner.query('insert into retention.follows values ($1, $2, $3, $4)', [
    ...[api.organisationId, donorId, poolId, api.deps.clock.now()],
  ])
  const write = (text: string, idempotencyKey: string) =>
    writeUpdate(api.deps, person(api, 'donor'), { campaignId, words: text, idempotencyKey })
  await write('We zijn op de helft!', 'the-first-update')
  const removed = await write('Dit had er niet moeten staan', 'the-second-update')
  t.equal(await tellFollowers(api.deps), 0, 'staff has an hour')
  await removeUpdate(api.deps, person(api, 'operator'), { updateId: removed, reason: 'Niet aardig' })
  api.setClock(new Date(api.deps.clock.now().getTime() + 3_660_000))
  t.equal(await tellFollowers(api.deps), 1)
  t.equal(await tellFollowers(api.deps), 0, 'once')
  const told = (await waitingLetters(api.deps)).find(({ letter }) =>
    letter.subject.startsWith('Nieuw bericht'),
  )
  t.notMatch(JSON.stringify(told), 'op de helft', 'its words stay where they can be taken down')
})

t.test('whoever is signed in follows at once, and stops at once', async t => {
  const who = await signedIn(api, 'volger@thuis.example')
  t.match((await who.get(`/pools/${open.slug}`)).text, 'Volg Pot open')
  t.equal((await who.post(`/pools/${open.slug}/follows`, {})).status, 303)
  t.match((await who.get(`/pools/${open.slug}`)).text, 'Je volgt deze pot')
  t.equal((await who.post('/news/follows', {})).status, 303)
  t.equal(await follows(), 4)
  t.equal((await who.post(`/pools/${open.slug}/follow-endings`, {})).status, 303)
  t.equal((await publish('Nieuwsbrief', '/v1/news')).status, 201)
  await tellFollowers(api.deps)
  t.equal((await lettersTo('newsletter', 'volger@thuis.example')).length, 1)
  t.equal((await who.post('/news/follow-endings', {})).status, 303)
  t.equal(await follows(), 2)
})

t.test('forged, changed and old links do nothing', async t => {
  await api.ask('/v1/follow-requests', { body: { email: 'nieuw@thuis.example', poolId: open.id } })
  const token = linkIn((await lettersTo('follow-question', 'nieuw@thuis.example'))[0])
  const before = await follows()
  const [donor, pool, day, seal] = token.split('.')
  const other = api.pools.other.id
  for (const forged of [
    `${donor}.${other}.${day}.${seal}`,
    `${donor}.news.${day}.${seal}`,
    `${donor}.${pool}.2099-01-01.${seal}`,
    `${donor}.${pool}.${day}.${'A'.repeat(24)}`,
    `${token}.x`,
    'x'.repeat(40),
  ])
    await t.rejects(followByLink(api.deps, { kind: 'public' }, forged), { code: 'follow-link-unknown' })
  t.equal((await visitor(api).get('/follow/0123456789abc')).status, 404)
  api.setClock(new Date(api.deps.clock.now().getTime() + 15 * 86_400_000))
  await t.rejects(
    followByLink(api.deps, { kind: 'public' }, token),
    { code: 'follow-link-unknown' },
    'after a fortnight',
  )
  t.equal(await follows(), before)
})

t.test('bad input is refused at its field, and nothing is kept', async t => {
  const news = { title: 'Titel', words: 'Genoeg woorden hier.' }
  const path = `/v1/pools/${open.id}/news`
  const invalid = (field: string) => ({ status: 400, code: 'invalid-request', field }) as const
  await allRefused(t, api, [
    ['no address', '/v1/follow-requests', { body: { email: 'geen adres' } }, invalid('email')],
    [
      'markup in the title',
      path,
      { as: 'operator', body: { ...news, title: '<b>Hoi</b>' } },
      invalid('title'),
    ],
    [
      'markup in the words',
      path,
      { as: 'operator', body: { ...news, words: '<script>x</script>' } },
      invalid('words'),
    ],
  ])
})

t.test('the database says so too', async t => {
  const raw = (sql: string) =>
    api.owner.query(`begin; set local role meent_app; ${sql}`).finally(() => api.owner.query('rollback'))
  await t.rejects(raw('update retention.news set removed_at = null'), /permission denied|taken down once/)
  await t.rejects(raw("update retention.news set title = 'Anders'"), /permission denied/)
  await t.rejects(raw('delete from retention.news'), /permission denied/)
  await t.rejects(api.owner.query("update retention.news set title = 'Anders'"), /stays as it was mailed/)
  const insert = (by: string, pool: string) =>
    raw(`insert into retention.news (organisation_id, id, pool_id, locale, title, words, written_by, published_at)
      values (${api.organisationId}, gen_random_uuid(), ${pool}, 'nl', 'Titel', 'Genoeg woorden', '${by}', now())`)
  await t.rejects(insert(api.persons.treasurer, 'null'), /written and taken down by an operator/)
  await api.owner.query(`begin; set local role meent_personal;
    update donors.donors set email_sealed = null, email_fingerprint = null, erased_at = now(); commit`)
  t.equal(await follows(), 0, 'whoever is erased follows nothing')
  const { rows } = await api.owner.query<{ id: string }>('select id from donors.donors limit 1')
  await t.rejects(
    raw(`insert into retention.follows values (${api.organisationId}, '${rows[0]?.id}', null, now())`),
    /erased follows nothing/,
  )
})
