/** The words of letters about monthly gifts. Letters say *u*. */
import type { Locale } from '../../money/index.ts'
import type { Letter } from '../letter.ts'

type Words = Omit<Letter, 'code' | 'action' | 'stop'>

export interface MonthlyWords {
  readonly pool: string
  /** With what is for costs, as the reader's bank shows it. */
  readonly amount: string
}

export interface DebitWords extends MonthlyWords {
  readonly day: string
  /** As the reader's bank shows it; null where the provider does not tell. */
  readonly mandate: string | null
}

const nl = {
  button: 'Bekijk uw maandelijkse donatie',
  confirmed: (
    organisation: string,
    { pool, amount, debit, nextDay }: MonthlyWords & { debit: boolean; nextDay: string | null },
  ): Words => ({
    subject: `Uw maandelijkse donatie aan ${pool}`,
    greeting: 'Goedendag,',
    paragraphs: [
      `Dank u wel. U geeft vanaf nu elke maand ${amount} aan ${pool}.`,
      ...(nextDay ? [`De volgende keer is op of kort na ${nextDay}.`] : []),
      debit
        ? 'Het bedrag wordt van uw rekening afgeschreven. Een paar dagen van tevoren krijgt u daarover een e-mail. U kunt een afschrijving acht weken lang door uw bank laten terugdraaien.'
        : 'Het bedrag gaat van uw kaart.',
      'U kunt het bedrag veranderen, een pauze nemen of stoppen wanneer u wilt. Log daarvoor in met dit e-mailadres. Een wachtwoord is niet nodig.',
    ],
    after: [
      `Deze e-mails horen bij uw betalingen aan ${organisation}. U krijgt ze tot u stopt met uw maandelijkse donatie.`,
    ],
  }),
  comingButton: 'Bekijk of verander uw donatie',
  coming: (organisation: string, { pool, amount, day, mandate }: DebitWords): Words => ({
    subject: `Op of kort na ${day} wordt ${amount} afgeschreven`,
    greeting: 'Goedendag,',
    paragraphs: [
      `Op of kort na ${day} wordt ${amount} van uw rekening afgeschreven. Dat is uw maandelijkse donatie aan ${pool}.`,
      'Zorg dat er genoeg op uw rekening staat. Wilt u deze keer niet geven? Neem dan voor die dag een pauze, of stop.',
    ],
    after: [
      ...(mandate ? [`Kenmerk van uw machtiging: ${mandate}.`] : []),
      `De betaaldienst schrijft het af voor ${organisation}. U kunt een afschrijving acht weken lang door uw bank laten terugdraaien.`,
      'U krijgt deze e-mail voor elke afschrijving, tot u stopt met uw maandelijkse donatie.',
    ],
  }),
  failedButton: 'Kies een andere rekening',
  failed: (organisation: string, { pool, amount }: MonthlyWords): Words => ({
    subject: 'Uw maandelijkse donatie kon niet worden betaald',
    greeting: 'Goedendag,',
    paragraphs: [
      `Uw donatie van ${amount} aan ${pool} kon deze maand niet worden betaald. Soms staat er te weinig op de rekening, of is de rekening of kaart veranderd.`,
      'U hoeft niets te doen. De betaaldienst probeert het binnenkort nog een paar keer. Lukt het dan niet, dan stopt uw maandelijkse donatie vanzelf. U bent ons niets schuldig.',
      'Wilt u van een andere rekening of met een andere kaart geven? Log in met dit e-mailadres en kies bij uw maandelijkse donatie een andere rekening of kaart.',
    ],
    after: [`Deze e-mail hoort bij uw betalingen aan ${organisation}.`],
  }),
}

const en: typeof nl = {
  button: 'See your monthly gift',
  confirmed: (organisation, { pool, amount, debit, nextDay }) => ({
    subject: `Your monthly gift to ${pool}`,
    greeting: 'Hello,',
    paragraphs: [
      `Thank you. From now on you give ${amount} to ${pool} every month.`,
      ...(nextDay ? [`The next time is on or shortly after ${nextDay}.`] : []),
      debit
        ? 'Your account is debited. A few days before, you get an e-mail about it. For eight weeks you can have your bank undo a debit.'
        : 'Your card is charged.',
      'You can change the amount, pause or stop whenever you like. Sign in with this e-mail address. You need no password.',
    ],
    after: [
      `These e-mails are part of your payments to ${organisation}. You get them until you stop your monthly gift.`,
    ],
  }),
  comingButton: 'See or change your gift',
  coming: (organisation, { pool, amount, day, mandate }) => ({
    subject: `${amount} will be debited on or shortly after ${day}`,
    greeting: 'Hello,',
    paragraphs: [
      `On or shortly after ${day} your account is debited for ${amount}. It is your monthly gift to ${pool}.`,
      'Please see that there is enough in your account. Would you rather not give this time? Then pause or stop before that day.',
    ],
    after: [
      ...(mandate ? [`Reference of your mandate: ${mandate}.`] : []),
      `The payment provider debits it for ${organisation}. For eight weeks you can have your bank undo a debit.`,
      'You get this e-mail for each debit, until you stop your monthly gift.',
    ],
  }),
  failedButton: 'Choose another account',
  failed: (organisation, { pool, amount }) => ({
    subject: 'Your monthly gift could not be paid',
    greeting: 'Hello,',
    paragraphs: [
      `Your gift of ${amount} to ${pool} could not be paid this month. Sometimes there is too little in the account, or the account or card has changed.`,
      'You need not do anything. The payment provider soon tries again a few times. If that does not work, your monthly gift stops by itself. You owe us nothing.',
      'Would you like to give from another account or card? Sign in with this e-mail address and choose another account or card at your monthly gift.',
    ],
    after: [`This e-mail is part of your payments to ${organisation}.`],
  }),
}

export const monthlyWords: Readonly<Record<Locale, typeof nl>> = { nl, en }
