/** Words of wishes: reading and writing them, "ik ook", one's own, and what staff does with them. */
import type { WishReason, WishState } from '../../../wishes/index.ts'

const people = (count: number): string => (count === 1 ? '1 mens' : `${count} mensen`)

export const wishes = {
  wishes: {
    title: 'Wat zou jij doen met een basisinkomen?',
    nav: 'Wensen',
    lead: 'Elke maand een vast bedrag, zonder voorwaarden. Wat doe jij dan? Lees wat anderen zouden doen en zeg “ik ook”. Of schrijf het zelf op. Je hebt geen account nodig.',
    ofPool: (pool: string): string => `Wensen bij ${pool}`,
    allWishes: 'Alle wensen',
    all: 'Lees alle wensen',
    write: 'Schrijf jouw wens',
    list: 'Wat mensen zouden doen',
    order: 'Volgorde',
    orders: { newest: 'Nieuwste', 'most-agreed': 'Meeste “ik ook”' },
    none: 'Er staat hier nog geen wens. Die van jou kan de eerste zijn.',
    pages: 'Bladeren door de wensen',
    more: 'Meer wensen',
    first: 'Naar het begin',
    anonymous: 'Anoniem',
    at: (pool: string): string => `bij ${pool}`,
    agree: 'Ik ook',
    agreed: (count: number): string =>
      count === 0
        ? 'Nog niemand zei “ik ook”.'
        : count === 1
          ? '1 mens zei “ik ook”.'
          : `${count} mensen zeiden “ik ook”.`,
    counted: (count: number): string => `(${people(count)})`,
    form: {
      title: 'Schrijf jouw wens',
      text: 'Wat zou jij doen met een basisinkomen?',
      textHint: (from: number, to: number): string =>
        `${from} tot ${to} tekens. Iedereen kan dit lezen: schrijf geen namen, adressen of links op.`,
      nickname: 'Je bijnaam',
      nicknameHint: 'Komt bij je wens te staan. Laat leeg om anoniem te blijven.',
      pool: 'Hoort je wens bij een pot?',
      noPool: 'Nee, gewoon een wens',
      submit: 'Verstuur je wens',
      next: (days: number): string =>
        `We lezen je wens binnen ${days} werkdagen. Daarna staat hij op de site. Je krijgt een geheime link waarmee je hem altijd weer weghaalt.`,
    },
    give: {
      title: 'Maak het mogelijk',
      words: 'Een wens begint met een inkomen. Met elke euro komt het volgende dichterbij.',
      to: (pool: string): string => `Geef aan ${pool}`,
      none: 'Er is nu geen pot waaraan je kunt geven.',
    },
    share: {
      title: 'Deel deze wens',
      words: 'Kopieer dit adres en stuur het naar iemand die ook droomt.',
      description: (agreed: string): string => `${agreed} Wat zou jij doen met een basisinkomen?`,
    },
    report: {
      ask: 'Klopt hier iets niet? Meld deze wens',
      words:
        'We lezen elke melding binnen twee werkdagen. Na drie meldingen van verschillende plekken verbergen we de wens tot we hebben gekeken. We bewaren niet wie meldt.',
      reason: 'Wat is er mis?',
      choose: 'Kies een reden',
      note: 'Wil je er iets bij zeggen?',
      noteHint: 'Alleen wij lezen dit.',
      submit: 'Meld deze wens',
    },
    reasons: {
      'personal-data': 'Er staan gegevens van iemand in',
      hurtful: 'Het kwetst of bedreigt iemand',
      advertising: 'Het is reclame',
      'not-a-wish': 'Het is geen wens',
    } satisfies Record<WishReason, string>,
    reported: 'Drie mensen hebben de wens gemeld',
    own: {
      title: 'Jouw wens',
      states: {
        waiting: 'Wacht op ons',
        shown: 'Staat op de site',
        hidden: 'Nu niet te zien',
        refused: 'Staat niet op de site',
        'taken-away': 'Weggehaald',
      } satisfies Record<WishState, string>,
      stateWords: {
        waiting: 'Dank je wel. We lezen je wens en zetten hem daarna op de site. Uiterlijk op',
        shown: 'Iedereen kan je wens lezen en “ik ook” zeggen.',
        hidden: 'Je wens is verborgen. Niemand ziet hem nu. Dit is de reden:',
        refused:
          'We hebben je wens niet geplaatst. Na dertig dagen wissen we de tekst. Schrijf gerust een nieuwe. Dit is de reden:',
        'taken-away': 'Je wens is gewist, met alles wat erbij hoorde. Ook wij kunnen hem niet meer lezen.',
      } satisfies Record<WishState, string>,
      see: 'Bekijk je wens op de site',
      keep: 'Bewaar deze link',
      keepWords:
        'Dit is jouw geheime link. Alleen hiermee zie je wat er met je wens gebeurt, en haal je hem weg. We kunnen hem niet opnieuw voor je maken.',
      takeAway: 'Haal je wens weg',
      takeAwayWords:
        'De tekst, je bijnaam en alle “ik ook” worden meteen en voorgoed gewist. Dat kun je niet terugdraaien.',
      takeAwaySubmit: 'Wis mijn wens',
      another: 'Schrijf een nieuwe wens',
    },
    admin: {
      title: 'Wensen',
      link: 'Wensen lezen en tonen',
      lead: 'Je belooft: binnen twee werkdagen gelezen. Toon wat een wens is, ook als je het er niet mee eens bent.',
      waiting: 'Wacht op lezen',
      reported: 'Gemeld',
      hidden: 'Verborgen',
      noneWaiting: 'Er wacht niets. Alles is gelezen.',
      noneReported: 'Er is niets gemeld.',
      language: { nl: 'Nederlands', en: 'Engels' },
      by: 'Wie',
      where: 'Pot',
      noPool: 'Geen pot',
      written: 'Geschreven',
      lookBy: 'Uiterlijk',
      late: 'Te laat',
      agreements: '“Ik ook”',
      isHidden: 'Verborgen',
      isShown: 'Staat op de site',
      reports: 'Meldingen',
      because: 'Reden',
      show: 'Toon deze wens',
      keepShown: 'Laat staan',
      showAgain: 'Toon weer',
      refuse: 'Wijs af',
      refuseWords:
        'De wens komt niet op de site. Wie hem schreef, leest de reden. Dit kun je niet terugdraaien.',
      hide: 'Verberg',
      hideWords: 'De wens is meteen niet meer te zien. Daarna kun je hem weer tonen of afwijzen.',
      reason: 'Waarom?',
      choose: 'Kies een reden',
      more: 'Er wachten er meer. Je ziet de wensen die het langst wachten.',
    },
  },
}
