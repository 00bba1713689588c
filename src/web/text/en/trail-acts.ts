/** English for the sentence of each kind of act. */
import type { acts as dutch } from '../nl/trail-acts.ts'
import { actsOfDonors } from './donor.ts'
import { monthlyActs } from './monthly-acts.ts'
import { actsOfNews } from './news.ts'
import { campaignActs } from './trail-campaigns.ts'

export const acts: typeof dutch = {
  'organisation.create': { name: 'Organisation made', says: who => `${who} made the organisation` },
  'organisation.record-profile': {
    name: 'Who stands behind it recorded',
    says: who => `${who} recorded who stands behind the pools`,
  },
  'pool.create': { name: 'Pool made', says: who => `${who} made a pool` },
  'pool.close': { name: 'Pool closed', says: who => `${who} closed a pool` },
  'pool.record-document': {
    name: 'Document of a pool recorded',
    says: who => `${who} recorded a document of a pool`,
  },
  'donation.start': { name: 'Donation started', says: who => `${who} started a donation` },
  ...monthlyActs,
  ...actsOfDonors,
  ...campaignActs,
  ...actsOfNews,
  'refund.decide': { name: 'Refund decided', says: who => `${who} decided that a donation is refunded` },
  'refund.approve': { name: 'Refund approved', says: who => `${who} approved that a donation is refunded` },
  'refund.withdraw': { name: 'Refund called off', says: who => `${who} called a refund off` },
  'enrolment.create': { name: 'Enrolment recorded', says: who => `${who} recorded an enrolment` },
  'enrolment.give-sign-in': {
    name: 'Recipient can sign in',
    says: who => `${who} let a recipient sign in from now on`,
  },
  'cycle.plan': { name: 'Cycle planned', says: who => `${who} planned a cycle` },
  'cycle.propose': { name: 'Cycle proposed', says: who => `${who} proposed the cycle` },
  'cycle.approve': { name: 'Cycle approved', says: who => `${who} approved the cycle` },
  'cycle.approve-retries': {
    name: 'Paying again approved',
    says: who => `${who} agreed to paying again what came back`,
  },
  'payment-file.make': { name: 'Payment file made', says: who => `${who} made the payment file` },
  'payment-file.read': {
    name: 'Payment file read (names and accounts)',
    says: who => `${who} read the payment file, with names and account numbers`,
  },
  'payment-file.hand-over': {
    name: 'Payment file to the bank',
    says: who => `${who} took the payment file to the bank`,
  },
  'statement.import': { name: 'Bank statement imported', says: who => `${who} imported a bank statement` },
  'suspense.resolve': {
    name: 'Suspense resolved',
    says: who => `${who} said where money belonged that nobody recognised`,
  },
  'account.read': {
    name: 'Account number read',
    says: who => `${who} read a recipient’s whole account number`,
  },
  'email.read': { name: 'E-mail address read', says: who => `${who} read an e-mail address` },
  'email.find-taken': {
    name: 'E-mail address found taken',
    says: who => `${who} filled in an e-mail address that is somebody else’s already`,
  },
  'session.start': { name: 'Signed in', says: who => `${who} signed in` },
  'session.end': { name: 'Signed out', says: who => `${who} signed out` },
  'session.refuse': {
    name: 'Code of an e-mail was wrong',
    says: who => `${who} typed a wrong code of an e-mail`,
  },
  'session.end-all': { name: 'Signed out everywhere', says: who => `${who} ended sessions` },
  'person.invite': { name: 'Colleague invited', says: who => `${who} invited a colleague` },
  'person.disable': { name: 'Colleague shut out', says: who => `${who} shut a colleague out` },
  'role.give': { name: 'Role given', says: who => `${who} gave a role` },
  'role.end': { name: 'Role ended', says: who => `${who} ended a role` },
  'representation.start': {
    name: 'Helping a recipient: begun',
    says: who => `${who} began to help a recipient`,
  },
  'representation.end': {
    name: 'Helping a recipient: ended',
    says: who => `${who} stopped helping a recipient`,
  },
  'key.make': { name: 'Key made', says: who => `${who} made a key for a program` },
  'key.rotate': { name: 'Key replaced', says: who => `${who} replaced a key` },
  'key.end': { name: 'Key ended', says: who => `${who} ended a key` },
  'trail.export': { name: 'Trail exported', says: who => `${who} took the trail out as a file` },
  'change.propose': {
    name: 'Something proposed that needs two people',
    says: who => `${who} proposed something that needs two people`,
  },
  'change.approve': { name: 'Proposal approved', says: who => `${who} approved a proposal` },
  'change.reject': { name: 'Proposal rejected', says: who => `${who} rejected a proposal` },
  'change.withdraw': { name: 'Proposal withdrawn', says: who => `${who} withdrew a proposal` },
  'bank-account.change': {
    name: 'Own bank account changed',
    says: who => `${who} put another bank account of the organisation into use`,
  },
  'pool.change-terms': {
    name: 'Terms of a pool changed',
    says: who => `${who} changed the terms of a pool`,
  },
  'provider-keys.accept': {
    name: "Payment provider's keys accepted",
    says: who => `${who} accepted the keys of the payment provider`,
  },
  'payments.freeze': { name: 'Payments frozen', says: who => `${who} froze all payments` },
  'payments.lift-freeze': { name: 'Payment freeze lifted', says: who => `${who} let payments go on again` },
  'second-factor.show': { name: 'Second factor shown', says: who => `${who} showed the second factor` },
  'second-factor.refuse': {
    name: 'Second factor was wrong',
    says: who => `${who} showed a second factor that was wrong`,
  },
  'second-factor.reset': {
    name: 'Second factor removed at the server',
    says: who => `${who} removed the second factor of somebody`,
  },
  'authenticator.add': { name: 'Authenticator set up', says: who => `${who} set up an authenticator app` },
  'authenticator.remove': {
    name: 'Authenticator removed',
    says: who => `${who} removed the authenticator app`,
  },
  'recovery-codes.renew': { name: 'New recovery codes', says: who => `${who} made new recovery codes` },
  'passkey.add': { name: 'Passkey added', says: who => `${who} added a passkey` },
  'passkey.remove': { name: 'Passkey removed', says: who => `${who} removed a passkey` },
  'secrets.reseal': {
    name: 'Sealed anew',
    says: who => `${who} sealed everything anew, under a new secret`,
  },
  'archive.remove-expired': {
    name: 'Archived documents removed',
    says: who => `${who} removed archived documents whose time had passed`,
  },
  'wish.write': { name: 'Wish written', says: who => `${who} wrote a wish` },
  'wish.take-away': { name: 'Wish taken away', says: who => `${who} took their own wish away` },
  'wish.show': { name: 'Wish shown', says: who => `${who} showed a wish` },
  'wish.refuse': { name: 'Wish refused', says: who => `${who} refused a wish` },
  'wish.hide': { name: 'Wish hidden', says: who => `${who} hid a wish` },
  'thanks.write': { name: 'Thank-you written', says: who => `${who} wrote a thank-you` },
  'thanks.take-away': {
    name: 'Thank-you taken away',
    says: who => `${who} took a thank-you of their own away`,
  },
  'thanks.show': { name: 'Thank-you shown', says: who => `${who} showed a thank-you` },
  'thanks.refuse': { name: 'Thank-you refused', says: who => `${who} refused a thank-you` },
  'clock.move': {
    name: 'Demonstration clock moved',
    says: who => `${who} moved the demonstration clock forward`,
  },
}
