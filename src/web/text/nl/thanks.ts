/** Words of thank-yous: on the pool's page, on the recipient's own, and what staff does with them. */
import type { ThanksReason, ThanksState } from '../../../thanks/index.ts'

export const thanks = {
  thanks: {
    title: 'Van iemand die dit inkomen krijgt',
    anonymous: 'Een ontvanger',
    reasons: {
      'personal-data': 'Er staat een naam, adres of iets anders persoonlijks in',
      hurtful: 'Het kan iemand kwetsen',
      advertising: 'Het is reclame',
      'not-a-thank-you': 'Het is geen bedankje',
    } satisfies Record<ThanksReason, string>,
    own: {
      title: 'Wil je de gevers bedanken?',
      free: 'Dat hoeft niet. Niemand vraagt erom, en er hangt niets van af: je inkomen blijft hetzelfde, of je nu iets schrijft of niet.',
      write: 'Schrijf een bedankje',
      text: 'Wat wil je tegen de gevers zeggen?',
      textHint: (from: number, to: number): string =>
        `${from} tot ${to} tekens. Iedereen kan dit lezen. Schrijf geen namen, adressen of links op, ook niet van een ander.`,
      nickname: 'Je bijnaam',
      nicknameHint: 'Komt bij je bedankje te staan. Laat leeg om geen naam te tonen.',
      next: (days: number): string =>
        `We lezen je bedankje binnen ${days} werkdagen. Daarna staat het bij de pot, met de maand erbij en zonder jouw naam. In een kleine pot kan iemand raden van wie het is. Je kunt het altijd weer weghalen.`,
      submit: 'Verstuur je bedankje',
      list: 'Wat je schreef',
      written: 'Geschreven in',
      wait: {
        'when-read':
          'Als wij dit bedankje hebben gelezen, kun je in een volgende maand weer iets schrijven. Als je dat wilt.',
        'next-month': 'Je schreef deze maand al een bedankje. Volgende maand kan het weer, als je dat wilt.',
      },
      states: {
        waiting: 'Wacht op ons',
        shown: 'Staat bij de pot',
        refused: 'Afgewezen',
        'taken-away': 'Gewist',
      } satisfies Record<ThanksState, string>,
      stateWords: {
        waiting: 'Nog niemand anders kan dit lezen. We lezen het uiterlijk op',
        shown: 'Iedereen kan dit lezen.',
        refused: 'Dit komt niet bij de pot te staan, of niet meer. De reden:',
        'taken-away': 'Je haalde dit bedankje weg. Niemand kan het nog lezen.',
      } satisfies Record<ThanksState, string>,
      takeAway: 'Haal dit bedankje weg',
      takeAwayWords: 'De tekst en je bijnaam worden meteen en voorgoed gewist. Dat kun je niet terugdraaien.',
      takeAwaySubmit: 'Wis mijn bedankje',
    },
    admin: {
      title: 'Bedankjes',
      link: 'Bedankjes lezen en tonen',
      lead: 'Je belooft: binnen twee werkdagen gelezen. Let vooral op namen en adressen. Wie het schreef, staat hier niet.',
      waiting: 'Wacht op lezen',
      noneWaiting: 'Er wacht niets. Alles is gelezen.',
      shown: 'Staat bij een pot',
      noneShown: 'Er staat nog geen bedankje bij een pot.',
      language: { nl: 'Nederlands', en: 'Engels' },
      by: 'Bijnaam',
      where: 'Pot',
      written: 'Geschreven in',
      lookBy: 'Uiterlijk',
      late: 'Te laat',
      yours: 'Jij schreef dit op voor een ontvanger. Een collega leest het en beslist.',
      show: 'Toon dit bedankje',
      refuse: 'Wijs af',
      refuseWords:
        'Het bedankje komt niet bij de pot. Wie het schreef, leest de reden. Dit kun je niet terugdraaien.',
      takeDown: 'Toon niet meer',
      takeDownWords:
        'Het bedankje is meteen niet meer te zien. Wie het schreef, leest de reden. Dit kun je niet terugdraaien.',
      reason: 'Waarom?',
      choose: 'Kies een reden',
      more: 'Er wachten er meer. Je ziet de bedankjes die het langst wachten.',
    },
  },
}
