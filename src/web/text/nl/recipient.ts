/** Words of the recipient's page. Opgebouwd, verstuurd and uitbetaald are three things. */
export const recipient = {
  status: {
    title: 'Mijn inkomen',
    next: 'Dit komt eraan',
    nextDay: 'verwacht op',
    nextStates: {
      planned: 'De uitbetaling staat gepland. Er hoeft niets van jou te komen.',
      accrued: 'Het bedrag is goedgekeurd en opgebouwd. Het gaat op tijd naar de bank.',
      sent: 'De betaalopdracht is verstuurd. De bank heeft nog niet bevestigd dat het is uitbetaald.',
    },
    late: 'Deze betaaldag is al geweest: het bedrag is te laat. We zijn ermee bezig.',
    held: 'Dit staat voor je klaar',
    heldWords: 'Zolang je rekening niet klopt, maken we niets over. Wat is opgebouwd, blijft van jou.',
    forMonth: 'Maandtermijn van',
    ended: 'Je looptijd is voorbij',
    endedWords: 'Alle maandtermijnen zijn geweest. Je hoeft niets te doen.',
    until: 'Je laatste maandtermijn is',
    monthOf: (number: number, of: number): string => `Maand ${number} van de ${of}`,
    from: 'Van',
    pool: 'Uit de pot',
    account: 'Je rekening',
    accountWords: 'Klopt dit niet meer? Laat het ons weten voor je volgende betaaldag.',
    received: 'Tot nu toe uitbetaald',
    unconditional:
      'Dit inkomen is zonder voorwaarden. Je hoeft er niets voor te doen en niets over te vertellen.',
    history: 'Wat er tot nu toe gebeurde',
    caption: 'Je maandtermijnen, de nieuwste bovenaan',
    month: 'Maand',
    amount: 'Bedrag',
    state: 'Stand',
    dates: 'Wanneer',
    none: 'Er is nog geen maandtermijn geweest.',
    on: {
      planned: 'betaaldag',
      accrued: 'opgebouwd op',
      sent: 'verstuurd op',
      paid: 'uitbetaald op',
      returned: 'teruggekomen op',
      rejected: 'afgewezen op',
    },
    legend:
      'Opgebouwd betekent: goedgekeurd, het geld is van jou. Verstuurd betekent: de opdracht is gemaakt voor de bank. Uitbetaald betekent: het staat op het bankafschrift.',
    wrong: {
      title: (month: string): string => `Er ging iets mis met ${month}`,
      returned: (amount: string, month: string): string =>
        `De betaling van ${amount} voor ${month} is teruggekomen.`,
      rejected: (amount: string, month: string): string =>
        `De bank heeft de betaling van ${amount} voor ${month} niet uitgevoerd.`,
      why: 'Waarom',
      now: 'Wat er nu gebeurt',
      nowWords:
        'Het geld is van jou en blijft voor je klaarstaan. We betalen opnieuw zodra je rekening klopt.',
      you: 'Wat jij kunt doen',
      youWords: 'Kijk of je rekening nog bestaat en op jouw naam staat. Neem dan contact met ons op.',
    },
    reasons: {
      AC01: 'Het rekeningnummer klopt niet.',
      AC04: 'De rekening is opgeheven.',
      AC06: 'De rekening is geblokkeerd.',
      BE04: 'De bank mist adresgegevens.',
      MD07: 'De bank heeft een bijzondere melding gegeven. Een medewerker neemt contact op.',
      MS03: 'De bank gaf geen reden.',
      unknown: (code: string): string => `De bank gaf als reden de code ${code}.`,
      none: 'De bank gaf geen reden.',
    },
    contact: 'Vragen? Mail naar',
  },
}
