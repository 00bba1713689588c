// Which roles may do what is said twice, in the table of permissions and in functions of the database: both say the same.

import t from 'tap'
import { ruleOf } from '../../src/auth/index.ts'
import { kinds } from '../../src/changes/change.ts'
import { proposersOf } from '../../src/changes/permission-of.ts'
import { testApp } from '../support/app.ts'

const api = await testApp(t)

t.test('who proposes a change', async t => {
  for (const kind of kinds) {
    const { rows } = await api.owner.query('select changes.proposers($1) as roles', [kind])
    t.strictSame(rows[0].roles.toSorted(), [...proposersOf(kind)].toSorted(), kind)
  }
})

t.test('who proposes and approves a cycle, and makes and hands over its file', async t => {
  for (const [name, permission] of [
    ['guard_proposer', 'cycles.propose'],
    ['guard_independence', 'cycles.approve'],
    ['guard_sender', 'payment-files.make'],
    ['guard_sender', 'payment-files.hand-over'],
  ] as const) {
    const { rows } = await api.owner.query(
      "select pg_get_functiondef(('disbursements.' || $1)::regproc) as text",
      [name],
    )
    // The one place where it asks what somebody holds.
    const held = /auth\.holds\([^[]*array\[([^\]]*)\]/.exec(rows[0].text)?.[1] ?? ''
    const asked = [...held.matchAll(/'([\w-]+)'/g)].map(match => match[1])
    t.strictSame(asked.toSorted(), [...ruleOf(permission).who].toSorted(), `${name}: ${permission}`)
  }
})
