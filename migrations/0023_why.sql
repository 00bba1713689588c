-- Whoever decides about people, settings or what is personal says why, and the trail refuses the act without it. The steps
-- of every month may say it; a program and the system have no reasons of their own. Acts of before stay as they are.
alter table acts.acts add constraint says_why check (
  actor_kind <> 'person' or reason is not null or action not in (
    'person.invite', 'person.disable', 'role.give', 'role.end', 'email.read',
    'key.make', 'key.rotate', 'key.end', 'pool.close',
    'enrolment.create', 'enrolment.give-sign-in', 'representation.start', 'account.read', 'payment-file.read',
    'payments.freeze', 'change.propose', 'change.reject', 'suspense.resolve',
    'refund.decide', 'refund.withdraw')
  and not (action = 'session.end-all' and subject_id <> actor_id::text)
) not valid;
