// `verify` finds what two people did not agree to, once somebody wrote past every trigger.

import t from 'tap'
import { verify } from '../../src/verify/index.ts'
import { testApp } from '../support/app.ts'
import { account, agreed, newMember, proposed } from './run.ts'

const api = await testApp(t)
const poolId = api.pools.open.id
await proposed(api, 'administrator', { kind: 'pool-terms', poolId, terms: { termMonths: 6 } })
await api.give(poolId, 5_000)
await agreed(api, 'administrator', { kind: 'pool-terms', poolId, terms: { paydayOfMonth: 20 } })
await agreed(api, 'treasurer', account)
const personId = await newMember(api, 'newcomer')
await agreed(api, 'administrator', { kind: 'approving-role', personId, role: 'approver' })
await api.ask('/v1/payment-freezes', { as: 'approver', body: { reason: 'Even kijken' } })
await agreed(api, 'approver', { kind: 'lift-freeze' }, 'secondApprover')
const broken = async () =>
  (await verify(api.deps.db, { organisationId: api.organisationId })).laws
    .filter(law => law.count > 0)
    .map(law => law.check)

const damages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a role that approves was given by two people, or founded from the command line': {
    'given by one': `update auth.grants set granted_by = (select id from auth.persons limit 1) where role = 'administrator'`,
    'another role than was agreed': `update auth.grants set role = 'administrator' where change_id is not null`,
  },
  'every account of our own but the first was approved': {
    'an account of nobody': `insert into organisations.bank_accounts (organisation_id, id, iban, holder)
      select organisation_id, 'ffffffff-0000-7000-8000-000000000000', 'NL08MEEN0000000005', 'X Y' from organisations.organisations`,
    'another number': `update organisations.bank_accounts set iban = 'NL08MEEN0000000005' where change_id is not null`,
  },
  "a pool's terms follow from its founding and its changes, step by step": {
    'a term by hand': `update pools.pools set monthly_amount = 1 where slug = 'open'`,
    'an account by hand': `update pools.pools set bank_account_id = gen_random_uuid() where slug = 'open'`,
    'a step that is gone': `delete from pools.term_changes t using changes.changes c where c.id = t.change_id
      and c.kind = 'pool-terms' and c.decision = 'approved'`,
    'a step that was never said': `update pools.term_changes set was = jsonb_set(was, '{name}', '"x"')`,
  },
  'terms that somebody gave on were changed by two people': {
    'alone after all': `update changes.changes set decided_at = now() + interval '10 years' where decision = 'alone'`,
  },
  'keys of the payment provider are the first ones, or were approved': {
    'keys of nobody': `insert into organisations.provider_keys (organisation_id, id, provider, fingerprint)
      select organisation_id, 'ffffffff-0000-7000-8000-000000000000', provider, fingerprint from organisations.provider_keys`,
  },
  'a freeze was lifted by two people': {
    'lifted by nobody': 'update disbursements.freezes set lift_change_id = null',
  },
  'what was approved was done, and by another than its maker': {
    'a role that was never given': 'delete from auth.grants where change_id is not null',
    'its own approver': `update changes.changes set proposed_by = decided_by where decision = 'approved'`,
  },
  'each decision on money, people and keys has one act, by whoever decided': {
    'a proposal that nobody told of': `delete from acts.acts where action = 'change.propose'`,
    'an approval by another than its act says': `update acts.acts set actor_id = (select id from auth.persons
      where name = 'auditor') where action = 'change.approve'`,
    'an approval that its act calls a rejection': `update acts.acts set action = 'change.reject', reason = 'Nee'
      where action = 'change.approve'`,
    'a freeze in silence': `delete from acts.acts where action = 'payments.freeze'`,
  },
  'each change that was done has one act of what it did, by whoever decided': {
    'another account in silence': `delete from acts.acts where action = 'bank-account.change'`,
    'terms that one changed alone, in silence': `delete from acts.acts where action = 'pool.change-terms'
      and detail ->> 'changeId' in (select id::text from changes.changes where decision = 'alone')`,
    'a role by another than its act says': `update acts.acts set actor_id = (select id from auth.persons
      where name = 'auditor') where action = 'role.give' and detail ? 'changeId'`,
    'a lifted freeze that was told twice': `insert into acts.acts
        (organisation_id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail)
      select organisation_id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail
        from acts.acts where action = 'payments.lift-freeze'`,
  },
}

t.strictSame(await broken(), [], 'nothing before')
await api.owner.query('set session_replication_role = replica')
const relaxed = [
  'drop index organisations.one_founding_account, organisations.one_founding_of_keys',
  'alter table disbursements.freezes drop constraint freezes_check',
  'alter table changes.changes drop constraint maker_is_not_approver, drop constraint decided_within_fourteen_days',
]
const tables = [
  ...[
    'auth.grants',
    'organisations.bank_accounts',
    'organisations.provider_keys',
    'pools.pools',
    'pools.term_changes',
  ],
  ...['changes.changes', 'disbursements.freezes', 'acts.acts'],
]
for (const [law, ways] of Object.entries(damages))
  for (const [way, statement] of Object.entries(ways))
    t.test(`found: ${way}`, async t => {
      for (const table of tables)
        await api.owner.query(`create temp table saved_${table.replace('.', '_')} as table ${table}`)
      await api.owner.query(
        relaxed
          .join(';')
          .replace('drop index', 'drop index if exists')
          .replaceAll('drop constraint', 'drop constraint if exists'),
      )
      const { rowCount } = await api.owner.query(statement)
      t.ok(rowCount, 'something was damaged')
      const found = await broken()
      t.ok(found.includes(law), found.join('; '))
      for (const table of tables)
        await api.owner.query(
          `delete from ${table}; insert into ${table} overriding system value table saved_${table.replace('.', '_')};
           drop table saved_${table.replace('.', '_')}`,
        )
    })
