/** Refusals about money in, money out, and what it is for. */
import type { Refusal } from './refusal.ts'

export const ofMoney = {
  'pool-exists': {
    status: 409,
    nl: 'Er is al een pot met dit adres',
    en: 'There is already a pool at this address',
  },
  'pool-closed': { status: 409, nl: 'Deze pot is gesloten', en: 'This pool is closed' },
  'wrong-currency': {
    status: 422,
    nl: 'Deze pot heeft een andere munt',
    en: 'This pool has another currency',
  },
  'provider-rejected': {
    status: 422,
    nl: 'De betaaldienst heeft dit geweigerd',
    en: 'The payment provider refused this',
  },
  'provider-unknown': {
    status: 503,
    nl: 'De betaaldienst antwoordt niet: probeer het zo opnieuw, er is niets afgeschreven',
    en: 'The payment provider does not answer: try again shortly, nothing was charged',
  },
  'gift-not-available': {
    status: 409,
    nl: 'Deze gift is nog niet beschikbaar, dus er kan nog niets van terug',
    en: 'This gift is not available yet, so nothing of it can be given back',
  },
  'gift-by-transfer': {
    status: 409,
    nl: 'Deze gift is zelf overgemaakt: teruggeven kan hier nog niet',
    en: 'This gift was transferred by the donor: it cannot be given back here yet',
  },
  'refund-too-large': {
    status: 409,
    nl: 'Zoveel kan er van deze gift niet meer terug',
    en: 'That much of this gift can no longer be given back',
  },
  'fund-too-low': {
    status: 409,
    nl: 'Er is te weinig vrij geld om dit terug te geven',
    en: 'There is too little available money to give this back',
  },
  'refund-not-open': {
    status: 409,
    nl: 'Dit kan niet meer: deze terugbetaling is al verder',
    en: 'Too late: this refund has gone on already',
  },
  'forged-event': {
    status: 400,
    nl: 'De handtekening van deze melding klopt niet',
    en: 'The signature of this event is not valid',
  },
  'checkout-closed': {
    status: 409,
    nl: 'Deze betaling is al afgerond',
    en: 'This payment has been completed already',
  },
  'under-age': { status: 422, nl: 'Een ontvanger is 18 jaar of ouder', en: 'A recipient is 18 or older' },
  'invalid-iban': {
    status: 422,
    nl: 'Dit rekeningnummer (IBAN) klopt niet',
    en: 'This account number (IBAN) is not valid',
  },
  'month-in-the-past': {
    status: 422,
    nl: 'De eerste maand kan niet in het verleden liggen',
    en: 'The first month cannot lie in the past',
  },
  'month-too-far': {
    status: 422,
    nl: 'De eerste maand ligt te ver weg',
    en: 'The first month is too far away',
  },
  'pool-cannot-sustain': {
    status: 409,
    nl: 'Er is te weinig vrij besteedbaar geld in deze pot',
    en: 'This pool does not have enough available money',
  },
  'legal-documents-missing': {
    status: 409,
    nl: 'Van deze pot ontbreken documenten: daarom kan er niemand deelnemen',
    en: 'Documents of this pool are missing: therefore nobody can be enrolled',
  },
  'cycle-exists': {
    status: 409,
    nl: 'Voor deze pot en maand is er al een uitbetaalronde',
    en: 'This pool already has a disbursement cycle for this month',
  },
  'cycle-empty': {
    status: 409,
    nl: 'In deze maand is er niemand om uit te betalen',
    en: 'There is nobody to pay in this month',
  },
  'cycle-not-proposed': {
    status: 409,
    nl: 'Deze uitbetaalronde is nog niet voorgesteld',
    en: 'This cycle has not been proposed yet',
  },
  'cycle-already-proposed': {
    status: 409,
    nl: 'Deze uitbetaalronde is al voorgesteld',
    en: 'This cycle has been proposed already',
  },
  'cycle-already-approved': {
    status: 409,
    nl: 'Deze uitbetaalronde is al goedgekeurd',
    en: 'This cycle has been approved already',
  },
  'cycle-not-approved': {
    status: 409,
    nl: 'Deze uitbetaalronde is nog niet goedgekeurd',
    en: 'This cycle has not been approved yet',
  },
  'maker-is-approver': {
    status: 409,
    nl: 'Twee mensen nodig: iemand anders dan de voorsteller keurt goed',
    en: 'Two people needed: somebody other than the proposer approves',
  },
  'approver-gave-the-role': {
    status: 409,
    nl: 'Jij gaf, als enige, de rol waarmee dit is voorgesteld: iemand anders keurt goed',
    en: 'You alone gave the role by which this was proposed: somebody else approves',
  },
  'approver-enrolled': {
    status: 409,
    nl: 'Jij hebt de deelname vastgelegd van iemand die in deze maand voor het eerst wordt betaald, of gaf als enige de rol aan wie dat deed: een collega keurt goed',
    en: 'You enrolled somebody who is paid for the first time in this month, or alone gave the role to whoever did: a colleague approves it',
  },
  'monthly-needs-email': {
    status: 400,
    nl: 'Voor een maandelijkse donatie is je e-mailadres nodig. Daarmee kondigen we elke afschrijving aan, en verander of stop je haar',
    en: 'A monthly gift needs your e-mail address. It is where we announce each debit, and how you change or stop it',
  },
  'monthly-gift-not-running': {
    status: 409,
    nl: 'Deze maandelijkse donatie loopt niet, of is nog niet begonnen',
    en: 'This monthly gift does not run, or has not begun yet',
  },
  'monthly-gift-runs': {
    status: 409,
    nl: 'Je hebt nog een maandelijkse donatie. Stop die eerst. Begon je er net een? Die kan nog betaald worden, dus dan kan het over twee dagen',
    en: 'You still have a monthly gift. Stop it first. Did you just begin one? It may still be paid, so then it can be done in two days',
  },
  'monthly-change-open': {
    status: 409,
    nl: 'We weten nog niet of gelukt is wat je hiervoor vroeg. Probeer het over een paar minuten opnieuw',
    en: 'We do not know yet whether what you asked before worked. Try again in a few minutes',
  },
  'retry-not-approved': {
    status: 409,
    nl: 'Wat terugkwam, wordt pas opnieuw betaald als een goedkeurder akkoord is',
    en: 'What came back is paid again only when an approver agreed',
  },
  'nothing-came-back': {
    status: 409,
    nl: 'Er is niets teruggekomen dat op akkoord wacht',
    en: 'Nothing came back that waits for an agreement',
  },
  'importer-is-approver': {
    status: 409,
    nl: 'Jij hebt het bankafschrift met deze teruggekomen betaling ingelezen, of gaf als enige de rol aan wie dat deed: een collega keurt goed',
    en: 'You imported the bank statement that says that this came back, or alone gave the role to whoever did: a colleague approves it',
  },
  'payment-file-exists': {
    status: 409,
    nl: 'Het betaalbestand van deze uitbetaalronde is al gemaakt',
    en: 'The payment file of this cycle has been made already',
  },
  'bank-balance-too-low': {
    status: 409,
    nl: 'Er staat te weinig op de bankrekening voor deze uitbetaalronde',
    en: 'The bank account does not hold enough for this cycle',
  },
  'already-handed-over': {
    status: 409,
    nl: 'Dit betaalbestand is al bij de bank',
    en: 'This payment file is at the bank already',
  },
  'bank-refused': {
    status: 422,
    nl: 'De bank neemt dit betaalbestand niet aan',
    en: 'The bank does not accept this payment file',
  },
  'statement-refused': {
    status: 422,
    nl: 'Dit bankafschrift is niet te verwerken',
    en: 'This bank statement cannot be processed',
  },
  'statement-out-of-order': {
    status: 409,
    nl: 'Dit bankafschrift sluit niet aan op het vorige',
    en: 'This bank statement does not follow the previous one',
  },
  'not-in-suspense': {
    status: 409,
    nl: 'Dit is geen vraagpost meer',
    en: 'This is in suspense no more',
  },
  'key-conflict': {
    status: 409,
    nl: 'Dit is al geboekt, met een andere inhoud',
    en: 'This has been posted already, with other content',
  },
} as const satisfies Record<string, Refusal>
