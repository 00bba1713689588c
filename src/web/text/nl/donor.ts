/** Words of the donor's own pages: gifts, annual overviews, letters, one's own data. */
import type { Moved } from '../../../donations/index.ts'
import type { StoppableKind } from '../../../donors/index.ts'

export const donor = {
  nav: 'Mijn giften',
  title: 'Mijn giften',
  lead: (email: string): string => `Dit gaf je met het e-mailadres ${email}.`,
  none: 'Met dit e-mailadres is nog niets gegeven. Geef je iets en vul je daarbij dit adres in? Dan zie je het hier.',
  give: 'Bekijk de potten',
  total: 'Samen',
  totalWords: 'Wat je betaalde en niet terugkreeg.',
  columns: { date: 'Datum', pool: 'Pot', state: 'Wat er nu mee is', amount: 'Bedrag' },
  back: (amount: string): string => `${amount} terug`,
  receipt: 'Bewijs',
  receiptOf: (pool: string, date: string): string => `Bewijs van je donatie aan ${pool} op ${date}`,
  download: 'Bewijs als pdf',
  seeAll: 'Alle giften die je met je e-mailadres deed, zie je als je inlogt.',
  overviews: {
    title: 'Jaaroverzichten',
    words:
      'Van elk jaar dat voorbij is, kun je een overzicht bekijken en bewaren. Bijvoorbeeld voor je belastingaangifte.',
    make: (year: number): string => `Maak jaaroverzicht ${year}`,
    none: 'Na afloop van een jaar waarin je iets gaf, staat hier een overzicht.',
    one: (year: number): string => `Jaaroverzicht giften ${year}`,
    pdf: 'Als pdf',
    pdfOf: (year: number): string => `Jaaroverzicht giften ${year} als pdf`,
    json: 'Als JSON',
  },
  overview: {
    title: (year: number): string => `Jaaroverzicht giften ${year}`,
    lead: (organisation: string, year: number): string =>
      `Wat je in ${year} gaf aan ${organisation}, en wat daarvan terugging.`,
    receiver: 'Ontvanger',
    rsin: 'RSIN',
    contact: 'Contact',
    anbi: 'ANBI',
    anbiSince: (day: string): string => `ja, sinds ${day}`,
    anbiUnknown: 'nee',
    postal: 'Adres',
    address: 'E-mailadres',
    columns: {
      date: 'Datum',
      what: 'Wat',
      pool: 'Pot',
      costs: 'Waarvan organisatiekosten',
      amount: 'Bedrag',
    },
    what: { gift: 'Gift', back: 'Terug naar jou', again: 'Toch weer binnen' } satisfies Record<
      Moved['what'],
      string
    >,
    given: 'Gegeven',
    back: 'Teruggegaan',
    left: 'Totaal van het jaar',
    costs: 'Daarvan voor organisatiekosten',
    none: 'In dit jaar is er niets van je ontvangen.',
    madeAt: (date: string): string => `Gemaakt op ${date}. Dit overzicht verandert niet meer.`,
    reading:
      'Een gift telt in het jaar waarin het geld bij ons kwam. Wat later terugging, staat in het jaar waarin het terugging.',
    toGifts: 'Terug naar mijn giften',
  },
  letters: {
    title: 'E-mails',
    words: 'Onder elke e-mail staat ook een link waarmee je ze uitzet.',
    which: 'Welke e-mails wil je krijgen?',
    kinds: {
      'gift-received': { label: 'Bedankje en bewijs', words: 'als je donatie binnen is' },
      'goal-reached': {
        label: 'Nieuw inkomen',
        words: 'als een pot waaraan je gaf een nieuw inkomen kan betalen',
      },
      'overview-ready': { label: 'Jaaroverzicht', words: 'als je jaaroverzicht klaarstaat, in januari' },
    } satisfies Record<StoppableKind, { label: string; words: string }>,
    language: 'Taal van je e-mails',
    languages: { nl: 'Nederlands', en: 'Engels' },
    save: 'Bewaar',
  },
  data: {
    title: 'Jouw gegevens',
    words: 'Alles wat we van je hebben, kun je meenemen als bestand.',
    export: 'Download mijn gegevens',
    erase: 'Wis mijn gegevens',
    eraseAsk: 'Wis wie ik ben',
    eraseWords:
      'We wissen je e-mailadres, de namen en berichten bij je giften, en welke e-mails je kreeg. Dat kan niet terug. Daarna zie je hier niets meer.',
    stays:
      'Wat blijft: de giften zelf in het grootboek, zonder wie ze gaf. En je jaaroverzichten, zonder je adres: boeken moeten zeven jaar bewaard blijven. Je toegang tot Meent en wat je daarmee deed blijft ook. Bewaar eerst wat je wilt houden.',
    eraseSubmit: 'Wis definitief',
  },
  stop: {
    title: 'Deze e-mails niet meer?',
    words: (kind: string): string => `Je krijgt dan geen e-mails meer van de soort: ${kind}.`,
    submit: 'Stuur me deze niet meer',
    doneTitle: 'Uitgezet',
    done: (kind: string): string => `We sturen je geen e-mails meer van de soort: ${kind}.`,
    others: 'Andere e-mails uitzetten, of weer aanzetten?',
    toPage: 'Naar mijn giften',
  },
}

/** Their sentences on the trail. */
export const actsOfDonors = {
  'letters.stop': {
    name: 'E-mails uitgezet',
    says: (who: string): string => `${who} zette een soort e-mails aan een gever uit`,
  },
  'letters.resume': {
    name: 'E-mails weer aangezet',
    says: (who: string): string => `${who} zette een soort e-mails aan een gever weer aan`,
  },
  'letters.choose': {
    name: 'E-mails gekozen',
    says: (who: string): string => `${who} koos welke e-mails een gever krijgt`,
  },
  'donor.erase': {
    name: 'Gegevens van een gever gewist',
    says: (who: string): string => `${who} wiste de eigen gegevens als gever`,
  },
  'overview.make': {
    name: 'Jaaroverzicht van een gever gemaakt',
    says: (who: string): string => `${who} vroeg om een jaaroverzicht van een gever, of maakte het`,
  },
}
