/** Words of news, of following, and of how many donors come back. */
export const news = {
  news: {
    title: 'Nieuws',
    lead: 'Wat er gebeurt in de potten, en bij de organisatie erachter.',
    none: 'Er is nog geen nieuws.',
    more: 'Al het nieuws',
    ofOrganisation: 'Nieuwsbrief',
    follow: {
      title: (pool: string): string => `Volg ${pool}`,
      words: 'Je krijgt een e-mail als er nieuws is. Onder elke e-mail staat een link om te stoppen.',
      newsletter: 'Nieuwsbrief',
      newsletterWords: 'Een paar keer per jaar. Onder elke e-mail staat een link om te stoppen.',
      email: 'Je e-mailadres',
      submit: 'Volgen',
      subscribe: 'Stuur mij de nieuwsbrief',
      following: 'Je volgt deze pot.',
      reading: 'Je krijgt de nieuwsbrief.',
      end: 'Niet meer volgen',
      unsubscribe: 'Niet meer ontvangen',
    },
    link: {
      title: 'Nieuws per e-mail',
      pool: (pool: string): string => `Wil je een e-mail als er nieuws is over ${pool}?`,
      newsletter: 'Wil je de nieuwsbrief per e-mail?',
      submit: 'Ja, stuur mij nieuws',
    },
    admin: {
      title: 'Nieuws schrijven',
      lead: 'Het staat meteen op de website, en gaat per e-mail naar iedereen die erom vroeg. Nalezen dus: een e-mail haal je niet terug.',
      write: 'Schrijf nieuws',
      of: 'Waarover',
      newsletter: 'De organisatie (nieuwsbrief)',
      heading: 'Titel',
      words: 'Tekst',
      wordsHint: 'Gewone tekst. Een lege regel begint een nieuwe alinea.',
      locale: 'Taal',
      locales: { nl: 'Nederlands', en: 'Engels' },
      submit: 'Zet erop en verstuur',
      shown: 'Wat er staat',
      takeDown: 'Haal weg',
      takeDownWords: 'Het verdwijnt van de website. Wie de e-mail al kreeg, houdt die.',
      reason: 'Waarom haal je dit weg?',
      link: 'Nieuws schrijven',
    },
  },
  cohorts: {
    title: 'Gevers die terugkomen',
    words: 'Van gevers met een e-mailadres: hoeveel gaven er opnieuw, geteld vanaf hun eerste donatie.',
    caption: 'Gevers per maand van hun eerste donatie',
    month: 'Eerste donatie',
    donors: 'Gevers',
    within: (months: number): string => (months === 1 ? 'Binnen 1 maand' : `Binnen ${months} maanden`),
    early: 'nog te vroeg',
    few: 'te weinig',
    none: 'Er zijn nog geen gevers met een e-mailadres.',
  },
}

/** Their sentences on the trail. */
export const actsOfNews: Readonly<
  Record<string, { readonly name: string; readonly says: (who: string) => string }>
> = {
  'news.publish': { name: 'Nieuws geplaatst', says: who => `${who} plaatste nieuws` },
  'news.take-down': { name: 'Nieuws weggehaald', says: who => `${who} haalde nieuws weg` },
  'follow.ask': { name: 'Nieuws aangevraagd', says: who => `${who} vroeg nieuws per e-mail aan` },
  'follow.begin': {
    name: 'Nieuws per e-mail begonnen',
    says: who => `${who} krijgt voortaan nieuws per e-mail`,
  },
  'follow.end': {
    name: 'Nieuws per e-mail gestopt',
    says: who => `${who} krijgt geen nieuws per e-mail meer`,
  },
}
