/**
 * Every page in both languages, with hostile words wherever people can type: nothing they write becomes markup, and
 * each page keeps to the rules that a strict content security policy and assistive technology set.
 */
import t from 'tap'
import { movements } from '../../src/ledger/index.ts'
import { localPath } from '../../src/web/page.ts'
import { text } from '../../src/web/text/index.ts'
import { pageOf, samples } from './samples.ts'

const HOSTILE = `<script>alert(1)</script>" onload="x' onfocus='y <b>&amp;`
const hostile = (words: string) => `${words} ${HOSTILE}`
const scriptOf = (name: string) => `<script src="/assets/${name}.js" defer></script>`
const PASSKEY_SCRIPT = scriptOf('passkey')
const GIVING_SCRIPT = scriptOf('giving')
/** The one link that leaves: what the organisation publishes itself. */
const POLICY = 'https://meent.example/beleid'
const locales = ['nl', 'en'] as const

const matches = (page: string, pattern: RegExp): string[] =>
  [...page.matchAll(pattern)].map(([, found = '']) => found)

for (const sample of samples(hostile)) {
  for (const locale of locales) {
    t.test(`${sample.name}, ${locale}`, t => {
      const page: string = sample.render(pageOf(sample, locale, hostile))
      const tags = page.match(/<[a-z][^>]*>/gi) ?? []
      const ids = matches(page, /\sid="([^"]*)"/g)

      const scripts = page.match(/<script/g) ?? []
      const passkeys = /^(account|second-factor)/.test(sample.name)
      t.equal(
        scripts.length,
        page.split(passkeys ? PASSKEY_SCRIPT : GIVING_SCRIPT).length - 1,
        'no script, neither ours nor typed',
      )
      t.ok(scripts.length <= 1, 'and at most the one that this page can use')
      t.notMatch(page, '<b>', 'typed markup is text')
      t.same(
        tags.filter(tag => /\s(style|on[a-z]+)\s*=/i.test(tag)),
        [],
        'nothing inline',
      )
      t.equal(matches(page, /(<h1[ >])/g).length, 1, 'one h1')
      t.match(page, `<html lang="${locale}">`)
      t.match(page, /<title>[^<]+<\/title>/)
      t.notMatch(
        page.replaceAll(/<[^>]*>/g, ' '),
        /undefined|\[object|NaN|=>|\bnull\b|\bfalse\b/,
        'no missing text',
      )
      t.same(
        ids.filter((id, at) => ids.indexOf(id) !== at),
        [],
        'ids are unique',
      )
      t.same(missing(ids, page), [], 'what is pointed at is there')
      t.same(
        matches(page, /<form[^>]*action="([^"]*)"/g).filter(
          path => path.startsWith('/en/') !== (locale === 'en'),
        ),
        [],
        'forms stay in the language',
      )
      const elsewhere = matches(page, /(?:href|src|action)="((?:https?:)?\/\/[^"]*)"/g)
      t.same(elsewhere, page.includes(POLICY) ? [POLICY] : [], 'nothing from elsewhere')
      t.end()
    })
  }
}

/** What is ended here cannot simply be begun again. */
const DANGEROUS =
  /\/(roles\/[^/]+\/endings|disablings|payment-freezes|keys\/[^/]+\/endings|removals|refusals|hidings|links\/[^/]+\/withdrawals|refunds\/[^/]+\/approvals|refunds\/[^/]+\/withdrawals)$/

t.test(
  'what is dangerous looks like nothing else, and asks why or says what will happen before it is done',
  async t => {
    const seen = new Set<string>()
    for (const sample of samples(hostile))
      for (const locale of locales) {
        const page: string = sample.render(pageOf(sample, locale, hostile))
        for (const [form, path = ''] of page.matchAll(/<form[^>]*action="([^"]*)".*?<\/form>/gs)) {
          const isDangerous = DANGEROUS.test(path)
          t.equal(form.includes('button-danger'), isDangerous, `${sample.name}: ${path}`)
          if (!isDangerous) continue
          seen.add(String(DANGEROUS.exec(path)?.[1]).replace(/[^/]*[0-9][^/]*/, ''))
          const before = page.slice(0, page.indexOf(form)).slice(-900)
          const asks =
            /name="(\w+R|r)eason[-\w]*"/.test(form) ||
            /<details class="asks"><summary[^>]*>[^<]+<\/summary>\n$/.test(before)
          t.ok(asks, `${sample.name}: ${path} asks first`)
        }
      }
    t.strictSame([...seen].sort(), [
      'disablings',
      'hidings',
      'keys//endings',
      'links//withdrawals',
      'payment-freezes',
      'refunds//approvals',
      'refunds//withdrawals',
      'refusals',
      'removals',
      'roles//endings',
    ])
  },
)

/** Ids that labels, descriptions and links within the page name and that are not on it. */
function missing(ids: readonly string[], page: string): string[] {
  const described = matches(page, /aria-(?:describedby|labelledby)="([^"]*)"/g).flatMap(list =>
    list.split(' '),
  )
  const named = [
    ...described,
    ...matches(page, /<label for="([^"]*)"/g),
    ...matches(page, /href="#([^"]*)"/g),
  ]
  // A reversing entry may name one that stands on an older page of the ledger.
  return named.filter(id => !ids.includes(id) && !id.startsWith('entry-'))
}

t.test('every movement of the ledger has a name in both languages', async t => {
  const kinds = Object.keys(movements).map(name =>
    name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`),
  )
  for (const locale of locales) {
    const words = text(locale).ledger.movements
    t.same(
      [...kinds, 'reversal'].filter(kind => !words[kind]),
      [],
      locale,
    )
  }
})

t.test('no text is empty', async t => {
  const empty = (value: unknown, path: string): string[] => {
    if (typeof value === 'string') return value.trim() === '' ? [path] : []
    if (typeof value !== 'object' || value === null) return []
    return Object.entries(value).flatMap(([key, each]) => empty(each, `${path}.${key}`))
  }
  for (const locale of locales) t.same(empty(text(locale), locale), [])
})

t.test('a path leads to a page of this site, whatever the request said', async t => {
  t.equal(localPath({ locale: 'nl' }, '/pools/x'), '/pools/x')
  t.equal(localPath({ locale: 'en' }, '/'), '/en')
  t.equal(localPath({ locale: 'en' }, '/pools/x'), '/en/pools/x')
  t.equal(localPath({ locale: 'nl' }, '//elsewhere.example'), '/elsewhere.example')
  t.equal(localPath({ locale: 'en' }, '/\\elsewhere.example'), '/en/elsewhere.example')
})
