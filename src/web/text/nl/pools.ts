/** Words of the home page and of a pool: what it sustains, and why. */
import type { LineKey, Operation } from '../../../sustainability/index.ts'

export const pools = {
  home: {
    title: 'Meent',
    headline: ['Samen een basisinkomen.', 'Elke euro te volgen.'],
    lead: 'Mensen geven geld aan een pot. De pot betaalt elke maand een vast bedrag aan een ontvanger, een jaar lang. Zonder voorwaarden. Wat er met het geld gebeurt, staat open voor iedereen.',
    give: 'Bekijk de potten',
    how: 'Zo werkt het',
    totals: 'Tot nu toe',
    given: 'gegeven',
    paidOut: 'uitbetaald',
    receiving: (count: number): string =>
      count === 1 ? 'mens met een basisinkomen' : 'mensen met een basisinkomen',
    pools: 'De potten',
    noPools: 'Er is nog geen pot. Kom later terug.',
    steps: [
      {
        title: 'Jij geeft',
        words: 'Eén keer, zo veel als je wilt. Anoniem mag. Je krijgt meteen een bewijs.',
      },
      {
        title: 'De pot loopt vol',
        words: 'De pot rekent uit hoeveel volle inkomens er kunnen, en laat de som zien.',
      },
      {
        title: 'Het geld wordt gereserveerd',
        words:
          'Een ontvanger begint pas als het geld voor de hele looptijd er is. Wat we beloven, kunnen we betalen.',
      },
      {
        title: 'Elke maand uitbetaald',
        words: 'Twee mensen kijken het na. Het bankafschrift bewijst dat het is uitbetaald.',
      },
    ],
    stepsNote:
      'Elke stap is een regel in het openbare grootboek. Daar kan niemand iets in wissen, ook wij niet.',
    first: {
      title: 'Probeer het zelf',
      lead: 'Dit is een demonstratie. Je kunt niets stukmaken. Begin bijvoorbeeld zo:',
      give: 'Geef aan een pot',
      giveWords: 'en betaal op de nagebootste betaalpagina.',
      operator: 'Log in als Uitvoerder',
      operatorWords: 'en stel de uitbetaalronde van deze maand voor.',
      approver: 'Log in als Goedkeurder',
      approverWords:
        'en keur goed wat een ander voorstelde. Daarna maakt de Uitvoerder het betaalbestand en brengt het naar de bank.',
      clock: 'Zet de klok vooruit',
      clockWords: 'naar de volgende betaaldag, in het beheer.',
      recipient: 'Log in als ontvanger',
      recipientWords: 'en zie het geld aankomen.',
    },
  },
  pool: {
    kinds: { community: 'Pot voor een gebied', personal: 'Pot voor één persoon' },
    closed: 'Gesloten',
    closedWords: 'Deze pot is gesloten. Je kunt niet meer geven. Wat beloofd is, wordt uitbetaald.',
    view: (name: string): string => `Bekijk ${name}`,
    perMonth: 'per maand',
    months: (count: number): string => (count === 1 ? '1 maand' : `${count} maanden`),
    incomeIs: (amount: string, months: string): string =>
      `Een inkomen is ${amount} per maand, ${months} lang.`,
    sustains: (count: number): string => (count === 1 ? 'vol inkomen gedekt' : 'volle inkomens gedekt'),
    running: (count: number): string => (count === 1 ? '1 loopt al' : `${count} lopen al`),
    canStart: (count: number): string =>
      count === 0
        ? 'nog geen nieuw erbij'
        : count === 1
          ? '1 kan er nieuw beginnen'
          : `${count} kunnen er nieuw beginnen`,
    toNext: (ordinal: number): string => `Op weg naar het ${ordinal}e inkomen`,
    progress: (done: string, percent: string): string => `${done} is er al (${percent})`,
    missing: (amount: string): string => `Nog ${amount} te gaan`,
    strips: (months: number): string => `Elk vakje is een maand van de ${months}.`,
    facts: {
      title: 'Over deze pot',
      kind: 'Soort',
      area: 'Gebied',
      amount: 'Bedrag per maand',
      term: 'Looptijd',
      payday: 'Betaaldag',
      paydayOf: (day: number): string =>
        `de ${day}e van de maand, of de laatste werkdag van de bank daarvoor`,
      nextPayday: 'Volgende betaaldag',
      fees: 'Kosten van het betalen',
      feeBearers: { pool: 'Gaan van de donatie af', costs: 'Betaalt de organisatie, niet de pot' },
    },
    why: {
      title: 'Hoe we dit uitrekenen',
      lead: 'We beloven alleen wat er al is. Je kunt de som zelf narekenen, regel voor regel.',
      caption: 'Van het geld in de pot naar het aantal inkomens',
      line: 'Regel',
      sum: 'Bewerking',
      result: 'Getal',
      policy: (id: string): string => `Rekenregel ${id}, geldig vanaf`,
      keys: {
        'monthly-gross': 'Bedrag per maand',
        'term-months': 'Aantal maanden in een looptijd',
        'cost-of-one-income': 'Eén vol inkomen kost',
        'fund-available': 'Vrij te gebruiken geld in de pot',
        'revocable-debits': 'Incasso’s die de gever nog kan terughalen',
        shortfall: 'Tekort',
        free: 'Vrij besteedbaar',
        missing: 'Dit ontbreekt',
        'divided-by-cost': 'Eén vol inkomen kost',
        'new-incomes': 'Inkomens die nu kunnen beginnen (naar beneden afgerond)',
        'running-incomes': 'Inkomens die al lopen (hun geld is al gereserveerd)',
        'sustained-incomes': 'Volle inkomens die deze pot nu kan betalen',
        'fund-pending': 'Onderweg bij de betaaldienst',
        'fund-disputed': 'Betwiste betalingen',
        reserved: 'Gereserveerd voor lopende inkomens',
        payable: 'Opgebouwd, nog uit te betalen',
      } satisfies Record<LineKey, string>,
      operations: {
        start: 'begin met',
        minus: 'min',
        plus: 'plus',
        times: 'keer',
        divide: 'gedeeld door',
        equals: 'is',
        result: 'is dus',
        aside: 'telt niet mee',
      } satisfies Record<Operation, string>,
    },
    gifts: {
      title: 'Laatste donaties',
      anonymous: 'Anoniem',
      organisation: 'organisatie',
      none: 'Nog niemand gaf aan deze pot. Jij kunt de eerste zijn.',
    },
    ledger: 'Bekijk het grootboek van deze pot',
    ledgerWords: 'Alle boekingen, zonder namen. Je kunt alles zelf nakijken.',
    where: 'Waar is het geld nu?',
  },
  whereabouts: {
    title: 'Waar het geld van deze pot is',
    caption: 'Geld van deze pot, per plek',
    place: 'Plek',
    amount: 'Bedrag',
    places: {
      pending: 'Onderweg',
      disputed: 'Betwist',
      available: 'Vrij te gebruiken',
      reserved: 'Gereserveerd',
      payable: 'Opgebouwd',
      sent: 'In betaalbestand',
      paid: 'Uitbetaald',
      shortfall: 'Tekort',
    },
    explained: {
      pending: 'gegeven, nog niet vrij bij de betaaldienst',
      disputed: 'vastgehouden tot de bank van de gever beslist',
      available: 'nog aan niemand beloofd',
      reserved: 'opzij gezet voor lopende inkomens',
      payable: 'goedgekeurd, nog niet naar de bank',
      sent: 'in een betaalbestand of al bij de bank, nog niet bevestigd',
      paid: 'staat op het bankafschrift',
      shortfall: 'teruggehaald nadat het al beloofd was; wordt eerst aangevuld',
    },
  },
}
