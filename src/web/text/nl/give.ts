/** Words of giving: the form, the simulated payment page and the receipt. */
import type { DonationState } from '../../../donations/index.ts'
import type { TimeOfIncome } from '../../../sustainability/index.ts'

export const give = {
  donate: {
    title: 'Geef aan deze pot',
    amount: 'Hoeveel wil je geven?',
    ownAmount: 'Ander bedrag',
    ownAmountHint: 'Bijvoorbeeld 15 of 12,50. Vul je hier iets in, dan telt dit bedrag.',
    nickname: 'Je naam of bijnaam',
    nicknameHint: 'Komt bij je donatie te staan. Laat leeg om anoniem te geven.',
    asOrganisation: 'Dit is de naam van een organisatie',
    message: 'Een bericht',
    messageHint: 'Iedereen kan dit lezen. Schrijf geen adres of telefoonnummer op.',
    email: 'Je e-mailadres',
    emailHint:
      'Voor je bewijs, en om later je donaties te zien. Niemand anders ziet het. Laat leeg als je geen e-mail wilt.',
    costsShare: 'Extra voor organisatiekosten',
    costsShareHint:
      'Bijvoorbeeld 1 euro. Dit komt bovenop je donatie en gaat niet naar de pot. Laat leeg als je dat niet wilt.',
    method: 'Hoe wil je geven?',
    methods: {
      checkout: { label: 'Meteen betalen', words: 'bankbetaling, kaart of incasso, bij de betaaldienst' },
      'bank-transfer': {
        label: 'Zelf overmaken',
        words: 'met een kenmerk, vanuit je eigen bank; daar betaalt niemand de betaaldienst voor',
      },
    },
    submit: 'Doneer',
    fee: {
      pool: 'De betaaldienst rekent een klein bedrag per betaling. Dat gaat van je donatie af. Op je bewijs zie je precies hoeveel.',
      costs:
        'De betaaldienst rekent een klein bedrag per betaling. Dat betaalt de organisatie. Je hele donatie gaat naar de pot.',
    },
    next: 'Je betaalt op de volgende pagina.',
  },
  meaning: {
    time: (amount: string, { months, days, hours, minutes }: TimeOfIncome): string => {
      const parts = [
        [months, 'maand', 'maanden'],
        [days, 'dag', 'dagen'],
        [hours, 'uur', 'uur'],
        [minutes, 'minuut', 'minuten'],
      ] as const
      const said = parts.filter(([count]) => count > 0n)
      if (said.length === 0) return `${amount} is een paar seconden basisinkomen.`
      return `${amount} is ${said.map(([count, one, more]) => `${count} ${count === 1n ? one : more}`).join(' en ')} basisinkomen.`
    },
    together: (total: string): string => `Met je bijdrage aan organisatiekosten betaal je samen ${total}.`,
    fees: (fees: readonly string[]): string => `De betaaldienst rekent ongeveer ${fees.join(', ')}.`,
    feeOf: {
      ideal: (fee: string): string => `${fee} voor een bankbetaling`,
      card: (fee: string): string => `${fee} voor een kaart`,
      sepa_debit: (fee: string): string => `${fee} voor een incasso`,
      bancontact: (fee: string): string => `${fee} voor Bancontact`,
    },
    bears: {
      pool: 'Dat gaat van je donatie af. Zelf overmaken kost niets.',
      costs: 'Dat betaalt de organisatie. Je hele donatie gaat naar de pot.',
    },
    look: 'Reken uit wat dit doet',
  },
  receipt: {
    title: 'Bewijs van je donatie',
    thanks: 'Dank je wel',
    states: {
      'awaiting-transfer': 'Wacht op je overboeking',
      'awaiting-payment': 'Wacht op betaling',
      received: 'Ontvangen, onderweg naar de pot',
      available: 'In de pot, vrij te gebruiken',
      failed: 'Niet doorgegaan',
      'partly-refunded': 'Voor een deel terugbetaald',
      refunded: 'Terugbetaald',
      disputed: 'Door je bank teruggehaald, nog niet beslist',
      'charged-back': 'Door je bank teruggehaald',
    } satisfies Record<DonationState, string>,
    stateWords: {
      'awaiting-transfer':
        'We hebben je overboeking nog niet gezien. Zodra de bank haar boekt, staat dat hier.',
      'awaiting-payment':
        'We hebben nog geen betaling gezien. Heb je net betaald? Dan duurt het soms even. Laad deze pagina straks opnieuw.',
      received: 'Je betaling is binnen bij de betaaldienst. Die geeft het geld na een paar dagen vrij.',
      available: 'Je donatie is aangekomen. De pot kan er nu een inkomen mee betalen.',
      failed:
        'De bank heeft deze betaling teruggedraaid. De pot heeft het geld niet gekregen. Je kunt opnieuw geven.',
      'partly-refunded': 'Een deel van je donatie is terug naar jou. De rest blijft in de pot.',
      refunded:
        'Je hele donatie is terug naar jou. Het kan een paar dagen duren voordat je bank het laat zien.',
      disputed:
        'Je bank heeft deze betaling teruggehaald. Soms komt het geld daarna weer naar de pot. Dat is nog niet beslist.',
      'charged-back': 'Je bank heeft deze betaling teruggehaald. De pot heeft dit geld niet meer.',
    } satisfies Record<DonationState, string>,
    expected: 'Verwacht in de pot op',
    pay: 'Verder met betalen',
    gaveTo: 'Pot',
    gift: 'Donatie',
    costsShare: 'Bijdrage aan organisatiekosten',
    total: 'Je betaalde',
    totalAsked: 'Te betalen',
    fee: 'Kosten van de betaaldienst',
    feeUnknown: 'nog niet bekend',
    feeBearers: { pool: 'gaan van je donatie af', costs: 'betaalt de organisatie' },
    toPool: 'Naar de pot',
    refunded: 'Terugbetaald',
    refundOwed: 'Betalen we nog terug',
    disputed: 'Teruggehaald, nog niet beslist',
    chargedBack: 'Door je bank teruggehaald',
    date: 'Datum',
    number: 'Nummer',
    details: 'De bedragen',
    effect: {
      title: 'Wat je donatie doet',
      share: (amount: string, percent: string, pool: string, ordinal: number): string =>
        `Jouw ${amount} is ${percent} van het ${ordinal}e inkomen van ${pool}.`,
      little: (amount: string, pool: string, ordinal: number): string =>
        `Jouw ${amount} brengt het ${ordinal}e inkomen van ${pool} dichterbij.`,
      repays: (amount: string): string => `Daarvan vult ${amount} eerst het tekort van de pot aan.`,
      completes: (count: number): string =>
        count === 1
          ? 'Hiermee kan er een nieuw inkomen beginnen!'
          : `Hiermee kunnen er ${count} nieuwe inkomens beginnen!`,
    },
    entries: 'Jouw donatie in het grootboek',
    entriesWords:
      'Deze boekingen horen bij je donatie. Ze staan voor altijd in het openbare grootboek, zonder je naam.',
    noEntries: 'Er is nog niets geboekt. Dat gebeurt als je betaling binnen is.',
    keep: 'Bewaar het adres van deze pagina. Alleen wie dit adres heeft, kan dit bewijs zien.',
    print: 'Je kunt deze pagina printen of als pdf bewaren.',
    toPoolLink: (name: string): string => `Terug naar ${name}`,
  },
  transfer: {
    title: 'Zo maak je het over',
    lead: 'Open de app of site van je bank en maak een overboeking met deze gegevens.',
    amount: 'Bedrag',
    iban: 'Naar rekening',
    holder: 'Op naam van',
    reference: 'Kenmerk',
    openUntil: 'Kan tot en met',
    scan: 'Of scan met de app van je bank',
    scanWords: 'Niet elke bank kan deze code lezen. Kan die van jou het niet? Typ de gegevens dan over.',
    qr: (amount: string, holder: string, reference: string): string =>
      `QR-code voor een overboeking van ${amount} aan ${holder}, met kenmerk ${reference}`,
    goodToKnow: 'Goed om te weten',
    notes: [
      'Zet het kenmerk bij je overboeking. Daaraan zien wij dat het jouw donatie is. Je naam is daarvoor niet nodig.',
      'Maak je een ander bedrag over? Dat mag. Het gaat naar de pot. Alleen wat je boven je donatie extra gaf voor organisatiekosten, gaat daarheen.',
      'Een overboeking duurt soms een werkdag. Daarna staat hier dat ze binnen is.',
    ],
    closedTitle: 'Overmaken kan niet meer',
    closed: 'Dit kenmerk gold tot en met',
    closedWords:
      'Begin een nieuwe donatie als je nog wilt geven. Heb je daarna toch overgemaakt? Dan zoekt een medewerker uit waar het heen moet.',
    simulated: {
      title: 'Doe alsof je overmaakt',
      words:
        'Dit is een demonstratie: er is geen echt geld. Kies wat je nagebootste bank doet. In het weekend boekt de bank op de volgende werkdag.',
      asAsked: 'Maak over zoals gevraagd',
      less: 'De helft',
      more: 'Het dubbele',
      mistyped: 'Met een tikfout in het kenmerk',
      noReference: 'Zonder kenmerk',
    },
  },
  giftAtWork: {
    title: 'Wat je donatie deed, maand voor maand',
    caption: 'Inkomens die de pot betaalde, en jouw deel daarvan',
    month: 'Maand',
    paid: 'Betaald door de pot',
    part: 'Jouw deel',
    nothingYet: 'Sinds jouw donatie betaalde deze pot nog geen inkomen. Zodra dat gebeurt, zie je het hier.',
    left: (amount: string): string => `Van je donatie zit nu nog ${amount} in de pot.`,
    how: 'In een pot is al het geld gemengd. Van elk inkomen betaal je zo veel mee als jouw deel van de pot groot is.',
  },
  payment: {
    title: 'Nagebootste betaling',
    warning: 'Geen echt geld',
    lead: 'Deze pagina doet alsof ze een betaaldienst is. Kies hoe je betaalt en wat er gebeurt. Er wordt niets afgeschreven.',
    order: 'Wat je betaalt',
    total: 'Totaal',
    method: 'Hoe wil je betalen?',
    methods: {
      ideal: { label: 'Bankbetaling', words: 'direct van je rekening, na een paar dagen vrij' },
      card: { label: 'Kaart', words: 'creditcard of debitcard, hogere kosten' },
      sepa_debit: { label: 'Incasso', words: 'de gever kan acht weken lang terughalen' },
      bancontact: { label: 'Bancontact', words: 'betaling vanuit België' },
    },
    pay: (amount: string): string => `Betaal ${amount}`,
    failed: 'De betaling is mislukt. Er is niets afgeschreven. Kies opnieuw hoe je betaalt.',
    fail: 'Laat de betaling mislukken',
    cancel: 'Niet betalen, terug',
    over: {
      complete: 'Deze betaling is al gedaan.',
      expired: 'Deze betaling is verlopen. Begin opnieuw bij de pot.',
    },
    back: 'Terug naar Meent',
  },
}
