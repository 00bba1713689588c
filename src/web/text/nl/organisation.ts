/** Words of the page about who stands behind the pools. */
export const organisation = {
  organisation: {
    title: 'Wie staat hierachter?',
    lead: (name: string): string =>
      `${name} beheert het geld in de potten. Aan deze organisatie geef je, en zij betaalt de inkomens uit.`,
    who: 'De organisatie',
    name: 'Naam',
    rsin: 'RSIN',
    registered: 'KvK-nummer',
    address: 'Adres',
    contact: 'Contact',
    board: 'Het bestuur',
    boardWords: 'Deze mensen beslissen over het geld en zijn ervoor aansprakelijk.',
    notTold: 'De organisatie heeft dit nog niet ingevuld.',
    tax: 'Is je donatie aftrekbaar?',
    anbi: (day: string): string =>
      `Ja. De organisatie is sinds ${day} een ANBI. Je mag je donaties meestal aftrekken van de belasting.`,
    noAnbi: 'Nee. De organisatie is geen ANBI. Je kunt je donatie niet aftrekken van de belasting.',
    anbiCheck:
      'Je kunt dat zelf opzoeken bij de Belastingdienst, met het RSIN. Schenkingen zonder tegenprestatie, zoals hier, tellen als gift.',
    policy: 'Beleidsplan en jaarcijfers',
    rules: 'Wat wij beloven',
    promises: [
      'Een inkomen begint pas als het geld voor de hele looptijd er is.',
      'Twee mensen kijken elke uitbetaling na.',
      'Elke euro staat in een openbaar grootboek. Daar kan niemand iets in wissen, ook wij niet.',
      'Wat een ontvanger kreeg, halen we nooit terug.',
    ],
    behind: 'Wie staat hierachter?',
  },
}
