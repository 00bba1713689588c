// Letters say what they should in both languages, and words that somebody typed stay words.

import t from 'tap'
import { type Letter, letters, renderLetter, sendLetters } from '../../src/mail/index.ts'
import { mailServer } from './mail-server.ts'
import { CODE, FROM, LINK, ORGANISATION, outbox, PUBLIC_URL, TO } from './support.ts'

const sender = { organisation: ORGANISATION, publicUrl: PUBLIC_URL }
const signIn = (locale: 'nl' | 'en') =>
  renderLetter(letters.signIn({ locale, organisation: ORGANISATION, url: LINK, code: CODE, minutes: 15 }), {
    ...sender,
    locale,
  })

t.test('a letter to sign in, in Dutch', async t => {
  const { subject, text } = signIn('nl')
  t.equal(subject, 'Inloggen bij Stichting Proef')
  t.equal(
    text,
    `Goedendag,

U wilt inloggen bij Stichting Proef. Gebruik de knop als u in dezelfde browser verdergaat.

Leest u deze e-mail op een ander apparaat? Vul dan de code in op de pagina waar u begon.

Verder met inloggen:
https://meent.example/sign-in/links/kJ8x-Qw3

Uw code: 482915

De knop en de code werken 15 minuten, en maar één keer.

Geef de code aan niemand. Wij vragen er nooit om, ook niet aan de telefoon.

Wilde u niet inloggen? Dan hoeft u niets te doen. Zonder deze e-mail komt er niemand binnen.

-- 
Deze e-mail komt van Stichting Proef, via Meent.
https://meent.example
`,
  )
})

t.test('a letter to sign in, in English', async t => {
  const { subject, text } = signIn('en')
  t.equal(subject, 'Sign in to Stichting Proef')
  t.equal(
    text,
    `Hello,

You want to sign in to Stichting Proef. Use the button if you continue in the same browser.

Are you reading this e-mail on another device? Then type the code on the page where you began.

Continue signing in:
https://meent.example/sign-in/links/kJ8x-Qw3

Your code: 482915

The button and the code work for 15 minutes, and only once.

Give the code to nobody. We never ask for it, not on the telephone either.

Did you not want to sign in? Then you need not do anything. Without this e-mail nobody gets in.

-- 
This e-mail comes from Stichting Proef, through Meent.
https://meent.example
`,
  )
})

const at = new Date('2027-03-01T09:30:00Z')
const common = { organisation: ORGANISATION, url: 'https://meent.example/sign-in' }
const every = (locale: 'nl' | 'en'): Letter[] => [
  letters.signIn({ ...common, locale, code: CODE, minutes: 15 }),
  letters.invitation({ ...common, locale, roles: ['Uitvoerder', 'Controleur'] }),
  letters.invitation({ ...common, locale }),
  letters.recipientAccess({ ...common, locale }),
  ...(
    [
      ...(['new-place', 'second-factor-added', 'second-factor-removed'] as const),
      ...(['recovery-code-used', 'address-replaced'] as const),
    ] as const
  ).map(what => letters.signInElsewhere({ ...common, locale, what, at })),
]

t.test('an invitation and a notice say what happened, and hold no secret', async t => {
  const dutch = every('nl').map(letter => renderLetter(letter, { ...sender, locale: 'nl' }).text)
  t.match(dutch[1], 'Uw rol: Uitvoerder en Controleur.')
  t.match(dutch[1], 'een tweede bewijs')
  t.notMatch(dutch[2], /Uw rol/)
  t.notMatch(dutch[3], /Uw rol|tweede bewijs/)
  t.match(dutch[4], 'Dat was op 1 maart 2027 om 10:30.', 'in Amsterdam')
  const english = every('en').map(letter => renderLetter(letter, { ...sender, locale: 'en' }).text)
  t.match(english[4], 'That was on 1 March 2027 at 10:30.')
  for (const text of [...dutch.slice(1), ...english.slice(1)]) t.notMatch(text, /undefined|\bcode: /i)
})

t.test('every letter as HTML: its language, one heading, the same words, nothing loaded', async t => {
  for (const locale of ['nl', 'en'] as const)
    for (const letter of every(locale)) {
      const { html, subject } = renderLetter(letter, { ...sender, locale })
      t.match(html, `<html lang="${locale}">`)
      t.equal(html.match(/<h1/g)?.length, 1)
      t.match(html, `<title>${subject}</title>`)
      const words = html.replaceAll(/<style>.*?<\/style>|<[^>]*>/gs, ' ')
      for (const line of [...letter.paragraphs, ...(letter.after ?? [])]) t.ok(words.includes(line), line)
      t.notMatch(html, /<(img|script|link|iframe|object|form)|\bsrc=|url\(|@import|\son[a-z]+=/i)
      for (const [, url] of html.matchAll(/href="([^"]*)"/g)) t.ok(url?.startsWith(PUBLIC_URL), String(url))
    }
})

const HOSTILE = `x\r\nBcc: dief@elders.example\r\n\r\n<script>alert("'&")</script><b>\u202e\u2028\u0000einde`
const unseen = /[\p{Cc}\p{Zl}\u202e]/u
const hostileLetter: Letter = {
  subject: HOSTILE,
  greeting: HOSTILE,
  paragraphs: [HOSTILE],
  code: HOSTILE,
  action: { label: HOSTILE, url: `https://meent.example/"><b>?x=${encodeURI(HOSTILE)}` },
  after: [HOSTILE],
}

t.test('hostile words add no header, no recipient, no line and no markup', async t => {
  const box = await outbox(t)
  const server = await mailServer(t)
  await box.owner.query('update organisations.organisations set legal_name = $1', [
    HOSTILE.replaceAll('\u0000', ''),
  ])
  await box.queue({ letter: hostileLetter })
  t.strictSame(await sendLetters(box.to(server)), { sent: 1, failed: 0 })
  const [{ raw, envelope, mail }] = server.received as [(typeof server.received)[number]]
  t.strictSame(
    envelope.rcptTo.map(({ address }) => address),
    [TO],
  )
  const headers = raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ')
  t.strictSame(
    headers
      .split('\r\n')
      .map(line => line.slice(0, line.indexOf(':')).toLowerCase())
      .toSorted(),
    ['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to'],
  )
  t.equal(mail.bcc, undefined)
  t.strictSame(
    mail.from?.value.map(({ address }) => address),
    [FROM],
  )
  t.notMatch(mail.subject, unseen)
  t.notMatch(mail.text, /^Bcc/im)
  t.notMatch(mail.text?.replaceAll('\n', ''), unseen)
  const html = String(mail.html)
  t.notMatch(html, /<script|<b>/)
  t.notMatch(html.replaceAll('\n', ''), unseen)
  t.match(html, '&#60;script&#62;')
})
