/** Each check of `checkLedger` can fail: what only the owner's rights and ill will can do is found, by name. */
import t, { type Test } from 'tap'
import { checkLedger, checkNames } from '../../src/ledger/checks.ts'
import { type Damage, damages, ofSchema } from './damages.ts'
import { book, type TestLedger, testLedger } from './support.ts'

const gift = { key: 'gift', lines: { 'bank b': 100, 'fund-available p': -100 } }

async function damagedLedger(t: Test): Promise<TestLedger> {
  const ledger = await testLedger(t)
  await book(ledger.app, gift)
  await ledger.owner.query('set session_replication_role = replica')
  return ledger
}

const shared = await damagedLedger(t)
for (const table of ['accounts', 'entries', 'postings'])
  await shared.owner.query(`create temp table saved_${table} as table ledger.${table}`)

/** Damaged rows are put back; a damaged schema is left to a database of its own. */
async function damageRows(_: Test, damage: Damage) {
  try {
    await damage(shared)
    return await checkLedger(shared.db)
  } finally {
    for (const table of ['accounts', 'entries', 'postings'])
      await shared.owner.query(`
        delete from ledger.${table};
        insert into ledger.${table} overriding system value select * from saved_${table}`)
  }
}

async function damageSchema(t: Test, damage: Damage) {
  const own = await damagedLedger(t)
  await damage(own)
  return checkLedger(own.db)
}

t.strictSame(await checkLedger(shared.db), [], 'nothing to find before')
t.strictSame(Object.keys(damages).sort(), [...checkNames].sort(), 'every check is shown to be able to fail')

for (const [check, ways] of Object.entries(damages))
  for (const [way, damage] of Object.entries(ways))
    t.test(`found: ${way}`, async t => {
      const findings = await (ofSchema.has(way) ? damageSchema : damageRows)(t, damage)
      t.ok(
        findings.some(each => each.check === check),
        `${check}; found: ${findings.map(each => each.detail).join('; ')}`,
      )
      t.ok(findings.every(each => each.detail.length > 5))
    })

t.test('nothing is found when all rows are back', async t => t.strictSame(await checkLedger(shared.db), []))
