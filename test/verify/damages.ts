// Damage that makes a slice and the ledger disagree, made by the owner with all triggers off. Each stands under the law
// that must find it; others may find it as well.

export const damages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'every entry is of a kind that a slice answers for': {
    'an entry of an unknown kind': `update ledger.entries set kind = 'made-up' where kind = 'income-paid'`,
  },
  'an enrolment has set aside what its term has left': {
    'a term that grew': 'update enrolments.enrolments set term_months = term_months + 1',
    'a reservation by hand': `update ledger.accounts set balance = balance - 100 where kind = 'enrolment-reserved'`,
    'a reservation without an enrolment': 'delete from enrolments.enrolments',
  },
  'a term is reserved once, whole, from the fund of its pool': {
    'a reservation that is gone': `delete from ledger.entries where kind = 'income-reserved'`,
    'a reservation that was made smaller': `update ledger.postings p set amount = amount / 2 from ledger.entries e
      where e.id = p.entry_id and e.kind = 'income-reserved'`,
  },
  'every account of a recipient belongs to an enrolment, in its pool and currency': {
    'an account moved to another pool': `update ledger.accounts
      set pool_id = (select id from pools.pools where slug = 'ander') where kind = 'payout-sent'`,
  },
  'what is owed to a recipient, and what is on its way, is what payouts and attempts say': {
    'a payment that was settled and is open again': `update disbursements.attempts set outcome = null, outcome_at = null
      where outcome = 'settled'`,
    'a debt that is gone': `update ledger.accounts set balance = 0 where kind = 'recipient-payable'`,
    'a payout that nobody knows of': 'delete from disbursements.payouts',
  },
  'each step of a payout has its one entry, to the cent and to the account': {
    'an entry under another key': `update ledger.entries set key = 'another' where id =
      (select min(id) from ledger.entries where kind = 'payout-instructed')`,
    'another amount': `update disbursements.payouts set amount = amount + 1`,
    'a payment to another recipient': `update ledger.postings p
      set account_id = (select max(id) from ledger.accounts where kind = 'recipient-payable'), account_version = 900 + entry_id
      from ledger.entries e where e.id = p.entry_id and e.kind = 'income-accrued' and p.amount < 0`,
    'an attempt that is gone': 'delete from disbursements.attempts',
  },
  'a payout is of a month of its term, at its amount, and none before two people agreed': {
    'a month after the term': `update disbursements.payouts set month = month + interval '2 years'`,
    'an approval taken back': 'update disbursements.cycles set approved_by = null, approved_at = null',
  },
  'a batch is the sum of its payments, and a payment is on its way once': {
    'a batch that says too much': 'update disbursements.batches set total = total + 1',
    'a batch with a payment less': 'update disbursements.batches set payouts = payouts + 1',
  },
  'the ledger has at the bank what the last statement says': {
    'a statement that says more': 'update reconciliation.statements set closing = closing + 1',
    'money by hand': `update ledger.accounts set balance = balance + 1 where kind = 'bank'`,
  },
  'statements follow each other, and each adds up': {
    'a statement that is gone': 'delete from reconciliation.statements where position = 2',
    'an entry that is gone': `delete from reconciliation.bank_entries where matched_to = 'return'`,
  },
  'each entry of the bank is one entry here, of its amount, and the bank moves by nothing else': {
    'another amount at the bank': 'update reconciliation.bank_entries set amount = amount + 1',
    'an entry that the bank never had': `delete from reconciliation.bank_entries where matched_to = 'suspense'`,
    'an entry that is not booked': `delete from ledger.entries where kind = 'unrecognised-entry'`,
    'another kind': `update ledger.entries set kind = 'unrecognised-entry' where kind = 'income-returned'`,
  },
  'what was recognised at the bank is ours, once, and of that amount': {
    'a batch that is not ours': `update reconciliation.bank_entries set matched_id = 'x' where matched_to = 'batch'`,
    'a payout of the provider for another amount': `update donations.provider_transactions set net = net - 1
      where kind = 'provider-payout'`,
  },
  'an attempt was settled or returned by an entry of the bank': {
    'a payment settled by nothing': `update disbursements.attempts set outcome_entry = null where outcome = 'settled'`,
    'a payment returned by nothing': `update disbursements.attempts set outcome_entry = 'x' where outcome = 'returned'`,
  },
  'a batch that the bank debited is cleared by its payments, and no other': {
    'a rest in a batch': `update ledger.accounts set balance = 5 where kind = 'batch-clearing'`,
    'a debit that is gone': `delete from reconciliation.bank_entries where matched_to = 'batch'`,
  },
  'in transit is what the provider sent and the bank has not shown': {
    'money on its way by hand': `update ledger.accounts set balance = balance + 1 where kind = 'in-transit'`,
    'a payout that is gone': `delete from donations.provider_transactions where kind = 'provider-payout'`,
  },
  'a transfer, and what was in suspense, came to its pool, and to costs what the donor chose': {
    'a share for costs that was not asked': `update donations.transfers set gift = gift - 50, costs_share = costs_share + 50`,
    'a transfer that is gone': `delete from donations.transfers where entry_reference = 'KENMERK'`,
    'a resolution of another pool': `update reconciliation.suspense_resolutions
      set pool_id = (select id from pools.pools where slug = 'ander')`,
    'an entry that is not booked': `delete from ledger.entries where kind = 'suspense-resolved'`,
  },
  'what arrived for a gift is what its entries of the bank say, each once': {
    'more than arrived': `update donations.transfers set gift = gift + 1 where entry_reference = 'VERGETEN'`,
    'of another gift': `update donations.transfers set donation_id = (select min(id::text)::uuid from donations.donations)`,
  },
  'what nobody recognised waits in suspense': {
    'a resolution that is gone': `delete from reconciliation.suspense_resolutions`,
    'suspense emptied by hand': `update ledger.accounts set balance = 0 where kind = 'suspense'`,
  },
  'each transaction of the provider and each step of a refund is booked once, to the cent': {
    'a transaction that is gone': `delete from donations.provider_transactions where kind = 'gift'`,
    'a transaction that was parked after all': `update donations.provider_transactions set parked = 'x'`,
    'an entry that is gone': `delete from ledger.entries where kind = 'donation-failed-late'`,
    'another fee': 'update donations.provider_transactions set fee = fee + 1, net = net - 1',
    'another share for costs': 'update donations.donations set costs_share = costs_share + 1',
    'a gift booked to another pool': `update ledger.accounts set pool_id = (select id from pools.pools where slug = 'dicht')
      where kind = 'fund-pending'`,
  },
  'what is pending at the provider is what has not become available': {
    'available by hand':
      'update donations.provider_transactions set made_available_at = now() where made_available_at is null',
    'less made available': `update ledger.postings p set amount = amount - 1 from ledger.entries e
      where e.id = p.entry_id and e.kind = 'donation-available'`,
  },
  'a gift that was paid is the gift that was meant, and what goes back is of it': {
    'a larger gift': 'update donations.donations set amount = amount + 1',
    'a fee that is not in the net': 'update donations.provider_transactions set fee = fee + 1',
  },
  'what is owed to donors is what was decided and has not left': {
    'a refund that grew': 'update donations.refunds set amount = amount + 1 where approved_at is null',
    'a debt to a donor by hand': `update ledger.accounts set balance = balance - 1 where kind = 'refunds-owed'`,
  },
  'what is argued about is what the disputes that are open took, on both sides': {
    'a dispute that was given up in silence': 'update donations.disputes set lost = lost + 1',
  },
  'no more of a gift was promised back than was given': {
    'more than was given': 'update donations.refunds set amount = 1000000',
  },
  'the ledger is what the provider said that it holds, to the cent': {
    'a cent at the provider':
      'update donations.balance_readings set provider_available = provider_available + 1',
  },
  'every account of a pool belongs to one, and the others to no pool': {
    'a fund of no pool': `update ledger.accounts set pool_id = null where kind = 'fund-available'`,
  },
  'every person and key that acted is known': {
    'an act by nobody': `update acts.acts set actor_id = gen_random_uuid() where action = 'cycle.propose'`,
    'an act by a key that never was': `update acts.acts set actor_kind = 'key' where action = 'enrolment.create'`,
  },
  'each decision on money, people and keys has one act, by whoever decided': {
    'an approval without its act': `delete from acts.acts where action = 'cycle.approve'`,
    'a payment file made by another than the act says': `update disbursements.batches
      set made_by = (select id from auth.persons where name = 'auditor')`,
    'an act of an enrolment that is not there': `update acts.acts set subject_id = gen_random_uuid()
      where action = 'enrolment.create'`,
    'a statement whose import nobody told of': `delete from acts.acts where action = 'statement.import'`,
    'a cycle that was proposed twice': `insert into acts.acts
        (organisation_id, at, actor_kind, actor_id, action, subject_kind, subject_id)
      select organisation_id, at, actor_kind, actor_id, action, subject_kind, subject_id
        from acts.acts where action = 'cycle.propose'`,
  },
  'each role that a person gave has its act': {
    'a role that gave itself': `update auth.grants set granted_by =
      (select id from auth.persons where name = 'administrator') where role = 'auditor'`,
  },
  'each key that was ended has the act that ended it': {
    'a key that ended in silence': `insert into auth.keys (organisation_id, id, key_sha256, start, name, scopes, created_by,
        expires_at, ended_by, ended_at)
      select organisation_id, gen_random_uuid(), sha256('x'), 'meent_xxxx', 'program', '{bank.read}', id,
             now() + interval '1 day', id, now() from auth.persons where name = 'administrator'`,
  },
}
