// One word for one thing, in every text that a person reads: pages, letters, refusals.

import t from 'tap'
import { letters } from '../../src/mail/index.ts'
import { money } from '../../src/money/index.ts'
import { refusals } from '../../src/refusals.ts'
import { text } from '../../src/web/text/index.ts'
import { pageOf, samples } from './samples.ts'

/** Every sentence of the texts, with its path; functions are asked with words in place of what they are given. */
function sentences(value: unknown, path = ''): [path: string, words: string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') return sentences(said(value as (...given: unknown[]) => unknown), path)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) =>
    sentences(each, path === '' ? name : `${path}.${name}`),
  )
}

function said(words: (...given: unknown[]) => unknown): unknown {
  for (const given of ['–', 2, 2n, ['–', '–']]) {
    try {
      return words(given, given, given, given)
    } catch {}
  }
  throw new Error(`cannot be asked: ${words}`)
}

const pages = { nl: sentences(text('nl')), en: sentences(text('en')) }
const refused = (locale: 'nl' | 'en') =>
  Object.entries(refusals).map(([code, each]): [string, string] => [code, each[locale]])
const written = (locale: 'nl' | 'en') => {
  const base = { locale, organisation: 'Stichting', url: 'https://meent.example/x' }
  return sentences([
    letters.signIn({ ...base, code: '123456', minutes: 15 }),
    letters.invitation({ ...base, roles: ['operator'] }),
    letters.recipientAccess(base),
    letters.followQuestion({ ...base, pool: 'Pot' }),
    letters.followQuestion({ ...base, pool: null }),
    letters.campaignUpdate({ ...base, title: 'Een jaar rust' }),
    letters.thanksShown({ ...base, pool: 'Pot', text: 'Dank.' }),
    letters.monthOfGifts({
      ...base,
      month: '2027-01',
      parts: [{ pool: 'Pot', incomes: 2, part: money(150n) }],
    }),
    letters.giveAgain({ ...base, pool: 'Pot', gift: money(2_500n), at: new Date(0) }),
    letters.goalReached({ ...base, pool: 'Pot', monthly: money(100_000n), months: 12, number: 2 }),
    letters.overviewReady({ ...base, year: 2027 }),
    letters.giftReceived({
      ...{ ...base, pool: 'Pot', paid: money(2_600n), gift: money(2_500n), costs: money(100n) },
      ...{ at: new Date(0), number: '1', rsin: '123456789' },
    }),
    ...(
      [
        'new-place',
        'second-factor-added',
        'second-factor-removed',
        'recovery-code-used',
        'address-replaced',
      ] as const
    ).map(what => letters.signInElsewhere({ ...base, what, at: new Date(0) })),
  ])
}
const those = (all: [string, string][], pattern: RegExp) => all.filter(([, words]) => pattern.test(words))

t.test('pages and refusals say je, letters say u', async t => {
  t.ok(pages.nl.length > 900 && written('nl').length > 40, 'they are all read')
  t.same(those([...pages.nl, ...refused('nl')], /\b(u|uw|uzelf)\b/i), [])
  t.same(those(written('nl'), /\b(je|jij|jou|jouw)\b/i), [])
})

t.test(
  'a key says which of the three it is: of a person, of a program, or of the payment provider',
  async t => {
    const plain = /sleutel/i
    const which =
      /toegangssleutels?|versleutel\w*|sleutels? (van de betaaldienst|voor (een |het )?programma)/gi
    const others = [...pages.nl, ...refused('nl'), ...written('nl')]
      .filter(([path]) => !/^keys\.|^changes\.keys\./.test(path)) // under a heading that says which
      .filter(([, words]) => plain.test(words.replaceAll(which, '')))
    t.same(others, [])
    t.match(text('nl').keys.title, 'Sleutels voor programma’s')
  },
)

t.test('it is an e-mail, and what is in it is a button', async t => {
  for (const [locale, pattern] of [
    ['nl', /(?<!e-)\bmail(s|en)?\b|ge-?mail/i],
    ['en', /(?<!e-)\bmails?\b/i],
  ] as const) {
    t.same(those([...pages[locale], ...refused(locale), ...written(locale)], pattern), [], locale)
    const signIn = pages[locale].filter(([path]) => /^signIn/.test(path))
    t.same(those(signIn, /\blink\b/i), [], locale)
  }
})

t.test('one word for one thing, of what two people do', async t => {
  const nl = [...pages.nl, ...refused('nl')]
  const en = [...pages.en, ...refused('en')]
  const never =
    /verandering|wijziging|vierogen|bladzijde|alle potten$|ingediend|in te dienen|om verder te gaan|vrijgeven/i
  t.same(those(nl, never), [])
  t.same(those(en, /four-eyes|all pools$|\bsubmitted to the bank/i), [])
})

t.test('what is written as a reason is kept: every hint says so in one sentence', async t => {
  for (const [locale, sentence] of [
    ['nl', text('nl').person.reasonHint],
    ['en', text('en').person.reasonHint],
  ] as const) {
    const hints = pages[locale].filter(([path]) => /reasonHint$/i.test(path))
    t.ok(hints.length > 6)
    t.same(
      hints.filter(([, words]) => !words.endsWith(sentence)),
      [],
      locale,
    )
  }
})

t.test('of a payout nothing is "sent": it is in the file, then at the bank, then paid', async t => {
  const mail = /^(inbox|notices\.invited|signInCode)/
  for (const [locale, pattern] of [
    ['nl', /verstuurd|verzonden/i],
    ['en', /\bsent\b/i],
  ] as const)
    t.same(
      those([...pages[locale], ...refused(locale)], pattern).filter(([path]) => !mail.test(path)),
      [],
      locale,
    )
  const page = (name: string) => {
    const sample = samples(words => words).find(each => each.name === name)
    if (!sample) throw new Error(`no sample ${name}`)
    return String(sample.render(pageOf(sample, 'nl', words => words)))
  }
  t.match(page('cycle-file-made'), 'In betaalbestand')
  t.notMatch(page('cycle-file-made'), /badge[^>]*>Bij de bank/, 'before anybody took it there')
  t.match(page('cycle-at-bank'), 'Bij de bank')
  t.match(page('status'), 'De bank heeft de betaalopdracht')
})
