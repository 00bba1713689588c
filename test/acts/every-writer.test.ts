// Code that writes rows records an act, or stands here with the reason why it need not. What nobody can reach by a request
// (a command, a job) is found by this, and so is what reads personal data in clear.

import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'

const SOURCE = new URL('../../src/', import.meta.url)

const silentWriters: Readonly<Record<string, string>> = {
  'acts/record-act.ts': 'it is the act',
  'archive/index.ts': 'part of what its caller records: a file that was made, a statement that was imported',
  'auth/forget-sessions.ts': 'what is over by itself: nobody does it',
  'auth/grants.ts': 'its callers record who gave it and why',
  'auth/proof/adapter.ts':
    'writes what better-auth proves with; its callers record what was proven or changed',
  'auth/keys.ts': 'when a key was last used, to the hour: what it was used for is the act',
  'auth/recipients.ts': 'its callers record that a recipient was given a way to sign in, or lost it',
  'auth/reseal.ts': 'src/reseal.ts records it; what is sealed says the same as before',
  'auth/sign-in/enter.ts': 'startSession records who came in; that whoever has no role gives follows from it',
  'auth/persons.ts': 'its callers record the person with what they may do',
  'auth/second-factor/recovery-codes.ts': 'the same codes, hashed instead of encrypted',
  'auth/second-factor/shown.ts': 'its callers record what was shown or set up',
  'donations/ask-refunds.ts':
    'carries out what two people recorded; the provider’s transaction is the record',
  'donations/bank-transfer/open-transfer.ts': 'part of starting the gift, which is the act',
  'donations/bank-transfer/transfers.ts':
    'a fact of the bank, or part of resolving suspense: the entry on the statement or that act is the record',
  'donations/monthly/announce-debits.ts': 'that it was announced stands in the outbox',
  'donations/monthly/ask-monthly-changes.ts':
    'carries out what a donor recorded; what the provider answered is kept',
  'donations/monthly/instalments.ts': 'a fact of the provider: its transaction is the record',
  'donations/monthly/read-monthly-gifts.ts': 'how far was read: nobody decides anything',
  'donations/monthly/store-said.ts': 'what the provider said, kept with when: nobody decides anything',
  'donations/make-available.ts': 'a fact of the provider: its transaction is the record',
  'donations/post-transactions.ts': 'a fact of the provider: its transaction is the record',
  'donations/read-balance.ts': 'what the provider said, kept as it was: nobody decides anything',
  'donations/settle-disputes.ts': 'a fact of the provider: its dispute is the record',
  'donations/mark-events.ts': 'what became of events: their transactions are the record',
  'donations/store-transactions.ts': 'a fact of the provider: its transaction is the record',
  'donors/donor.ts': 'part of giving, which is the act',
  'donors/gifts.ts': 'part of giving, or of a fact of provider or bank',
  'donors/monthly-gifts.ts': 'part of starting a monthly gift, which is the act',
  'auth/forget-donor.ts': 'part of erasing a donor, which is the act',
  'donors/erase-donor.ts': 'its caller records who had it erased',
  'donors/reseal.ts': 'src/reseal.ts records it; addresses stay what they were',
  'donors/tell-donor.ts': 'part of what its caller records; that it was sent stands in the outbox',
  'giving/goals.ts': 'follows from what a pool has: nobody decides anything',
  'giving/overview.ts': 'its callers record that it was made',
  'donors/giving-history.ts': 'that nothing was to be told: nobody decides anything',
  'retention/tell-followers.ts': 'that all were told: the letters stand in the outbox',
  'enrolments/enrolment.ts': 'part of enrolling, which is the act',
  'organisations/organisation.ts': 'its callers record it: the command line and the demonstration',
  'archive/reseal.ts': 'src/reseal.ts records it; the document stays what it was',
  mail: 'a letter is part of what its caller records; that it was sent stands in the outbox',
  'pools/terms.ts': 'its callers record the change that it follows from',
  platform: 'tools, without a word of the domain; who moves the clock records it',
  'reconciliation/record-outcomes.ts': 'a fact of the bank: the entry on the statement is the record',
  'recipients/person.ts': 'part of enrolling, which is the act',
  'recipients/reseal.ts': 'src/reseal.ts records it; names and accounts stay what they were',
  'wishes/agree-with-wish.ts': 'counted, not recorded: an act would keep for good from where somebody agreed',
  simulation: 'another company',
}

const readersInClear: Readonly<Record<string, string>> = {
  'recipients/person.ts': 'payees: its caller counts them in the act of the payment file',
  'archive/index.ts': 'opens what its callers may read',
  'archive/reseal.ts': 'opens and seals; nobody sees it',
  'auth/proof/shapes.ts': 'the address of whoever signs in, for better-auth alone',
  'auth/reseal.ts': 'opens and seals; nobody sees it',
  'auth/address-of.ts': 'where a letter to somebody goes',
  'campaigns/campaign.ts':
    'stories and updates, which were given to be shown; staff reads those that wait, and what it decides is an act',
  'mail/outbox.ts': 'opens a letter to send it, or to show it in a demonstration, where nobody is real',
  'recipients/reseal.ts': 'opens and seals; nobody sees it',
  'web/sign-in/cookies.ts': 'the address that the visitor typed, out of their own cookie',
  'auth/persons.ts': 'the address that somebody proved, to find their own gifts',
  'donors/donor.ts': 'writes to donors themselves, and finds their own gifts',
  'donors/donor-data.ts': 'the donor’s own, for them to take along',
  'donors/erase-donor.ts': 'erases, and reads nothing of it',
  'donors/gifts.ts': 'nickname and message, which donors gave to be shown; whose a gift is',
  'donors/giving-history.ts': 'who gave when, by id: counted, and written to',
  'donors/untold.ts': 'who was told what, by id',
  'donors/monthly-gifts.ts': 'as donors/gifts.ts, of each instalment',
  'donors/reseal.ts': 'opens and seals; nobody sees it',
  'giving/overview.ts': 'the donor’s own, and nobody else’s',
  'donors/tell-donor.ts': 'writes to the donor themselves',
  'wishes/wish.ts':
    'words that were given to be shown; staff reads those that wait, and what it decides is an act',
  'thanks/words-of.ts':
    'words that were given to be shown; staff reads those that wait, and what it decides is an act',
  'wishes/open-wishes.ts': 'what reporters added for staff to read; what staff decides is an act',
}

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.ts'))
const read = (path: string) => readFileSync(new URL(path, SOURCE), 'utf8')
const excused = (path: string, reasons: Readonly<Record<string, string>>) =>
  Object.hasOwn(reasons, path) || Object.hasOwn(reasons, path.split('/')[0] ?? '')

const WRITES =
  /\.(?:insertInto|updateTable|deleteFrom|mergeInto)\(|\b(?:insert into|delete from|update) \$\{|\b(?:insert into|delete from) [a-z_]+\.[a-z_]+|\bupdate [a-z_]+\.[a-z_]+\s+(?:(?:as )?\w+\s+)?set\b|\bselect ledger\.post_\w*\(/
const RECORDS = /\b(?:recordAct|recordChange|byItself)\(/
/** What is written for an action: as a field, or handed to one of the two that pass it on. */
const ACTION = /\baction: ([^\n]+)|\b(?:recordChange|byItself)\(([^)]*)\)/g
const PASSES_ON = /(?<![.\w])action(?=,| \})/
const NAME = /'([a-z-]+\.[a-z-]+)'/g
const READS_IN_CLEAR = /\bwithPersonalData\(|\breadDocument\(|\bpayees\(|\bvault\.decrypt\(/

t.test('what writes rows records an act, or says why not', async t => {
  const writers = files.filter(path => WRITES.test(read(path)))
  t.ok(writers.length > 20, `${writers.length} files write`)
  t.strictSame(
    writers.filter(path => !/\brecordAct\(/.test(read(path)) && !excused(path, silentWriters)),
    [],
  )
})

t.test('no reason outlives what it is for', async t => {
  const stale = (reasons: Readonly<Record<string, string>>, pattern: RegExp) =>
    Object.keys(reasons).filter(
      name => !files.some(path => (path === name || path.startsWith(`${name}/`)) && pattern.test(read(path))),
    )
  t.strictSame(stale(silentWriters, WRITES), [])
  t.strictSame(stale(readersInClear, READS_IN_CLEAR), [])
})

t.test('what reads personal data in clear records an act, or says why not', async t => {
  const readers = files.filter(path => READS_IN_CLEAR.test(read(path)) && !path.startsWith('platform/'))
  t.ok(readers.length > 4, `${readers.length} files read`)
  t.strictSame(
    readers.filter(path => !/\brecordAct\(/.test(read(path)) && !excused(path, readersInClear)),
    [],
  )
})

const recording = files.filter(path => path !== 'acts/record-act.ts' && RECORDS.test(read(path)))
const actionsIn = (path: string) =>
  [...read(path).matchAll(ACTION)].map(([, field, handed]) => field ?? handed ?? '')

t.test('every action is written in full where it is recorded: `noun.verb`', async t => {
  t.ok(recording.length > 30, `${recording.length} files record`)
  t.strictSame(
    recording.flatMap(path =>
      actionsIn(path)
        .filter(written => !/^string\b|\baction: string\b/.test(written))
        .filter(written => [...written.matchAll(NAME)].length === 0)
        .map(written => `${path}: ${written}`),
    ),
    [],
    'none is put together from parts',
  )
  t.strictSame(
    recording.filter(path => PASSES_ON.test(read(path))).sort(),
    ['auth/second-factor/authenticator.ts', 'campaigns/outcome.ts', 'demonstration/found.ts'],
    'and passed on by recordChange and byItself alone',
  )
})

t.test('every action has its sentence in both languages, and every sentence its action', async t => {
  const { text } = await import('../../src/web/text/index.ts')
  const actions = new Set(
    recording.flatMap(path =>
      actionsIn(path).flatMap(written => [...written.matchAll(NAME)].map(([, name]) => name ?? '')),
    ),
  )
  t.ok(actions.size > 40, `${actions.size} actions`)
  const nouns = new Set([...actions].map(action => action.split('.')[0] ?? ''))
  for (const locale of ['nl', 'en'] as const) {
    const words = text(locale).trail
    t.strictSame(Object.keys(words.acts).sort(), [...actions].sort(), locale)
    t.strictSame(Object.keys(words.nouns).sort(), [...nouns].sort(), `${locale}: nouns`)
  }
})
