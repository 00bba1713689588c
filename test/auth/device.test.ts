// Somebody recognises a session by its device, in two words of ours: of what the browser sends nothing else is kept.

import fc from 'fast-check'
import t from 'tap'
import { deviceOf } from '../../src/auth/device.ts'
import { testApp } from '../support/app.ts'
import { visitor } from '../support/visitor.ts'
import { signInMail } from './mailbox.ts'

const api = await testApp(t)
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64'
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)'
const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)'
const FIREFOX = `${WINDOWS}; rv:140.0) Gecko/20100101 Firefox/140.0`
const known: Readonly<Record<string, string>> = {
  [FIREFOX]: 'Firefox/Windows',
  [`${WINDOWS}) ${WEBKIT} Chrome/143.0.0.0 Safari/537.36`]: 'Chrome/Windows',
  [`${WINDOWS}) ${WEBKIT} Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0`]: 'Edge/Windows',
  [`${WINDOWS}) ${WEBKIT} Chrome/143.0.0.0 Safari/537.36 OPR/125.0.0.0`]: 'Opera/Windows',
  [`${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15`]: 'Safari/Mac',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1':
    'Safari/iPhone',
  'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/143.0.0.0 Mobile/15E148 Safari/604.1':
    'Chrome/iPad',
  [`Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36`]:
    'Samsung/Android',
  'Mozilla/5.0 (Android 16; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0': 'Firefox/Android',
  [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/143.0.0.0 Safari/537.36`]: 'Chrome/ChromeOS',
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0': 'Firefox/Linux',
  'Something/1.0 (Windows)': 'Windows',
}

t.test('usual browsers are told apart', t => {
  for (const [said, device] of Object.entries(known)) t.equal(deviceOf(said), device)
  for (const said of [undefined, '', 'curl/8.5.0', 'node', '\u0000', 'x'.repeat(100_000)])
    t.equal(deviceOf(said), undefined)
  t.end()
})

t.test('whatever is sent, it is words of ours', t => {
  const words = new Set(Object.values(known).flatMap(each => each.split('/')))
  const parts = [...Object.keys(known), 'Firefox/', 'Windows', "'; drop", '<script>', '\n', '/']
  const said = fc.array(fc.oneof(fc.constantFrom(...parts), fc.string())).map(each => each.join(' '))
  fc.assert(fc.property(said, each => (deviceOf(each) ?? 'Mac').split('/').every(word => words.has(word))))
  t.end()
})

t.test('one’s account shows it, and nothing else of it is kept', async t => {
  const email = 'recipient@meent.example'
  const enter = async (userAgent: string, locale = '') => {
    const who = visitor(api, userAgent)
    await who.post(`${locale}/sign-in`, { email })
    await who.post(`${locale}/sign-in/code`, { code: (await signInMail(api, email)).code })
    return who
  }
  const who = await enter(FIREFOX)
  await enter('GeheimeBrowser/7.3')
  const page = (await who.get('/account')).text
  t.match(page, /Firefox op Windows[\s\S]*Dit apparaat/)
  t.match(page, 'Onbekend apparaat')
  t.match((await who.get('/en/account')).text, /Firefox on Windows[\s\S]*This device/)
  const { rows } = await api.owner.query('select to_jsonb(s)::text as row from auth.sessions s')
  const all = rows.map(({ row }) => row).join()
  t.match(all, '"device": "Firefox/Windows"')
  t.notMatch(all, /Firefox\/140|Win64|GeheimeBrowser/)
  const set = (device: string) => api.owner.query('update auth.sessions set device = $1', [device])
  await t.rejects(set(FIREFOX), /sessions_device_check/, 'the database refuses more')
})
