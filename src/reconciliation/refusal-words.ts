/** What is wrong with a file that is not taken as a statement, for whoever sent it. */
import type { StatementRefusal } from './camt053/index.ts'

const another = (nl: string, en: string) => ({
  nl: `Dit is ${nl}, geen afschrift (camt.053)`,
  en: `This is ${en}, not a statement (camt.053)`,
})

export const refusalWords: Readonly<Record<StatementRefusal, { readonly nl: string; readonly en: string }>> =
  {
    'too-large': { nl: 'Het bestand is te groot', en: 'The file is too large' },
    'doctype-or-entity': {
      nl: 'Het bestand verwijst naar iets anders (DOCTYPE of entiteit)',
      en: 'The file refers to something else (DOCTYPE or entity)',
    },
    'not-xml': { nl: 'Dit is geen XML', en: 'This is not XML' },
    'account-report': another('een tussentijds overzicht (camt.052)', 'an interim report (camt.052)'),
    notification: another('een melding van bij- en afschrijvingen (camt.054)', 'a notification (camt.054)'),
    'credit-transfers': another('een betaalbestand (pain.001)', 'a payment file (pain.001)'),
    'direct-debits': another('een incassobestand (pain.008)', 'a direct debit file (pain.008)'),
    'status-report': another(
      'een antwoord op een betaalbestand (pain.002)',
      'a payment status report (pain.002)',
    ),
    'not-camt053': { nl: 'Dit is geen afschrift (camt.053)', en: 'This is not a statement (camt.053)' },
    'no-statement': { nl: 'Er staat geen afschrift in', en: 'There is no statement in it' },
    missing: { nl: 'Er ontbreekt iets in het afschrift', en: 'Something is missing from the statement' },
    'account-without-iban': { nl: 'De rekening heeft geen IBAN', en: 'The account has no IBAN' },
    'currency-unknown': { nl: 'Deze munt kennen we niet', en: 'This currency is not known here' },
    'currency-mismatch': {
      nl: 'Er staan bedragen in een andere munt dan die van de rekening',
      en: 'There are amounts in another currency than the account’s',
    },
    amount: { nl: 'Er staat een bedrag in dat geen bedrag is', en: 'There is an amount that is none' },
    date: { nl: 'Er staat een dag in die niet bestaat', en: 'There is a day that does not exist' },
    'credit-debit-indicator': {
      nl: 'Van een bedrag staat er niet bij of het erbij of eraf ging',
      en: 'An amount does not say whether it came in or went out',
    },
    'balance-missing': { nl: 'Begin- of eindsaldo ontbreekt', en: 'Opening or closing balance is missing' },
    'balance-ambiguous': {
      nl: 'Er staan twee verschillende saldo’s in',
      en: 'There are two different balances',
    },
    'balances-do-not-add-up': {
      nl: 'Beginsaldo en boekingen geven samen niet het eindsaldo',
      en: 'Opening balance and entries do not make the closing balance',
    },
  }
