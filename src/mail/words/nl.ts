/** The words of letters in Dutch: plain sentences (B1), *u*. Its shape is the type that English has to have. */

import { formatMoney, type Money } from '../../money/index.ts'
import { TIME_ZONE } from '../../platform/calendar/index.ts'
import type { Letter } from '../letter.ts'
import type { CampaignNews, GiftWords, GoalWords, SignInChange } from '../letters.ts'
import { keepingNl } from './keeping-nl.ts'

type Words = Omit<Letter, 'code' | 'action' | 'stop'>

const moment = new Intl.DateTimeFormat('nl-NL', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: TIME_ZONE,
})
const day = new Intl.DateTimeFormat('nl-NL', { dateStyle: 'long', timeZone: TIME_ZONE })
const money = (amount: Money) => formatMoney(amount, 'nl', 'always')
const list = new Intl.ListFormat('nl-NL', { type: 'conjunction' })

const changes: Record<SignInChange, string> = {
  'new-place': 'Er is bij u ingelogd vanaf een internetverbinding waar u de laatste drie maanden niet was.',
  'second-factor-added': 'Er is een nieuwe manier ingesteld om te bewijzen dat u het bent.',
  'second-factor-removed': 'Er is een manier weggehaald om te bewijzen dat u het bent.',
  'recovery-code-used': 'Er is bij u ingelogd met een herstelcode. Elke herstelcode werkt maar één keer.',
  'second-factor-guessed':
    'Bij u is tien keer een verkeerde code ingevuld, door iemand die uw e-mail kan lezen of op een apparaat waar u was ingelogd. Daarom werken codes van uw app daar nu een tijd niet. Een herstelcode of toegangssleutel werkt wel.',
  'address-replaced':
    'Voor de pagina van uw inkomen is een ander e-mailadres ingesteld. Met dit adres ziet u die pagina niet meer. Uw geld komt gewoon.',
}

const waysIn =
  'Ga naar de inlogpagina en vul dit e-mailadres in. U krijgt dan een e-mail met een knop en een code. Een wachtwoord is niet nodig.'
const unknown = 'Kent u deze organisatie niet? Dan hoeft u niets te doen.'

export const nl = {
  ...keepingNl,
  codeLabel: 'Uw code',
  linkFallback: 'Werkt de knop niet? Kopieer dan dit adres naar uw browser:',
  sentBy: (organisation: string): string => `Deze e-mail komt van ${organisation}, via Meent.`,
  signInButton: 'Verder met inloggen',
  signIn: (organisation: string, minutes: number): Words => ({
    subject: `Inloggen bij ${organisation}`,
    greeting: 'Goedendag,',
    paragraphs: [
      `U wilt inloggen bij ${organisation}. Gebruik de knop als u in dezelfde browser verdergaat.`,
      'Leest u deze e-mail op een ander apparaat? Vul dan de code in op de pagina waar u begon.',
    ],
    after: [
      `De knop en de code werken ${minutes} minuten, en maar één keer.`,
      'Geef de code aan niemand. Wij vragen er nooit om, ook niet aan de telefoon.',
      'Wilde u niet inloggen? Dan hoeft u niets te doen. Zonder deze e-mail komt er niemand binnen.',
    ],
  }),
  signInByLink: (organisation: string, minutes: number): Words => ({
    subject: `Inloggen bij ${organisation}`,
    greeting: 'Goedendag,',
    paragraphs: [
      `U wilt inloggen bij ${organisation}. Open deze e-mail op het apparaat waar u verder wilt, en gebruik de knop.`,
      'Voor dit adres is vandaag vaak een e-mail gevraagd. Daarom staat er nu geen code in.',
    ],
    after: [
      `De knop werkt ${minutes} minuten, en maar één keer.`,
      'Wilde u niet inloggen? Dan hoeft u niets te doen. Zonder deze e-mail komt er niemand binnen.',
    ],
  }),
  invitationButton: 'Naar de inlogpagina',
  invitation: (organisation: string, roles: readonly string[]): Words => ({
    subject: `U kunt nu inloggen bij ${organisation}`,
    greeting: 'Goedendag,',
    paragraphs: [
      roles.length > 0
        ? `${organisation} heeft u toegang gegeven. Uw rol: ${list.format(roles)}.`
        : `${organisation} heeft u toegang gegeven.`,
      waysIn,
      'De eerste keer stelt u ook een tweede bewijs in: een toegangssleutel (passkey), of een app op uw telefoon die codes geeft. Houd uw telefoon dus bij de hand.',
    ],
    after: [unknown],
  }),
  recipientAccess: (organisation: string): Words => ({
    subject: `U kunt nu inloggen bij ${organisation}`,
    greeting: 'Goedendag,',
    paragraphs: [
      `Bij ${organisation} kunt u nu zelf bekijken wat u krijgt: hoeveel, wanneer, en wat al is uitbetaald.`,
      waysIn,
      'U hoeft niets te doen om uw geld te krijgen. Dat komt ook als u niet inlogt.',
    ],
    after: [unknown],
  }),
  signInElsewhereButton: 'Bekijk waar u bent ingelogd',
  signInElsewhere: (organisation: string, what: SignInChange, at: Date): Words => ({
    subject: `Er is iets veranderd aan uw toegang tot ${organisation}`,
    greeting: 'Goedendag,',
    paragraphs: [
      changes[what],
      `Dat was op ${moment.format(at)}.`,
      what === 'address-replaced'
        ? 'Weet u hiervan? Dan hoeft u niets te doen.'
        : 'Was u dit zelf? Dan hoeft u niets te doen.',
      what === 'address-replaced'
        ? 'Wilde u dit niet? Neem dan meteen contact op met de organisatie.'
        : 'Was u dit niet? Log dan in, log alle andere apparaten uit en neem contact op met de organisatie.',
    ],
  }),
  stopLetters: 'Zulke e-mails niet meer ontvangen',
  giftReceivedButton: 'Bekijk uw bewijs',
  giftReceived: (organisation: string, gift: GiftWords): Words => ({
    subject: `Dank u wel voor uw donatie aan ${gift.pool}`,
    greeting: 'Goedendag,',
    paragraphs: [
      `Dank u wel. Op ${day.format(gift.at)} hebben wij ${money(gift.paid)} van u ontvangen.`,
      gift.costs === null
        ? `Dit is een donatie aan ${gift.pool}.`
        : `Daarvan is ${money(gift.gift)} een donatie aan ${gift.pool}, en ${money(gift.costs)} een bijdrage aan onze organisatiekosten.`,
      'Deze e-mail is uw bewijs. Op de pagina van uw bewijs ziet u ook wat er met uw donatie gebeurt.',
    ],
    after: [
      `Nummer van uw donatie: ${gift.number}. Ontvangen door ${organisation}${gift.rsin ? `, RSIN ${gift.rsin}` : ''}.`,
      'Wilt u al uw donaties bij elkaar zien? Log dan in met dit e-mailadres. Een wachtwoord is niet nodig.',
      'Hebt u niets gegeven? Dan heeft iemand anders uw e-mailadres ingevuld. U hoeft niets te doen.',
    ],
  }),
  goalReachedButton: 'Bekijk de pot',
  goalReached: ({ pool, monthly, months, number }: GoalWords): Words => ({
    subject: `${pool} kan een nieuw inkomen betalen`,
    greeting: 'Goedendag,',
    paragraphs: [
      `U gaf aan ${pool}. In die pot zit nu genoeg voor een nieuw inkomen. Het is het ${number}e.`,
      `Dat is ${money(monthly)} per maand, ${months} maanden lang, zonder voorwaarden. Dat kan mede door u.`,
    ],
  }),
  overviewReadyButton: 'Bekijk uw jaaroverzicht',
  overviewReady: (organisation: string, year: number): Words => ({
    subject: `Uw jaaroverzicht giften ${year} staat klaar`,
    greeting: 'Goedendag,',
    paragraphs: [
      `Uw overzicht van wat u in ${year} aan ${organisation} gaf, staat klaar. U kunt het gebruiken voor uw belastingaangifte.`,
      'Log in met dit e-mailadres om het te bekijken of te bewaren. Een wachtwoord is niet nodig.',
    ],
  }),
  campaignButton: 'Naar uw inzamelactie',
  campaign: (title: string, news: CampaignNews): Words => ({
    greeting: 'Goedendag,',
    ...ofCampaign(title, news),
  }),
}

const ofCampaign = (title: string, news: CampaignNews): { subject: string; paragraphs: string[] } => {
  switch (news.what) {
    case 'approved':
      return {
        subject: 'Uw inzamelactie is goedgekeurd',
        paragraphs: [
          `Uw inzamelactie “${title}” is goedgekeurd en staat nu op de site. Iedereen kan geven.`,
          'Op uw eigen pagina staan een adres, een QR-code en een tekst om te delen. Daar schrijft u ook berichten voor wie geeft.',
        ],
      }
    case 'refused':
      return {
        subject: 'Uw inzamelactie is nog niet goedgekeurd',
        paragraphs: [
          `We hebben uw inzamelactie “${title}” gelezen en kunnen die zo niet plaatsen.`,
          `De reden: ${news.because}`,
          'U kunt de inzamelactie aanpassen en opnieuw insturen.',
        ],
      }
    case 'reached':
      return {
        subject: 'Het doel van uw inzamelactie is gehaald',
        paragraphs: [`Het doel van “${title}” is gehaald. Bedank wie gaf met een bericht op uw pagina.`],
      }
    case 'ended':
      return {
        subject: 'Uw inzamelactie is afgelopen',
        paragraphs: [
          `De laatste dag van “${title}” is voorbij en het doel is niet gehaald.`,
          news.choice === 'moves'
            ? 'Het geld gaat naar de pot die u bij het begin koos. Twee mensen van de organisatie zorgen daarvoor.'
            : 'Elke gift gaat terug naar wie gaf. Twee mensen van de organisatie zorgen daarvoor.',
        ],
      }
  }
}

export type LetterWords = typeof nl
