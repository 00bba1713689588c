/** English for news, following, and how many donors come back. */
import type { actsOfNews as acts, news as dutch } from '../nl/news.ts'

export const news: typeof dutch = {
  news: {
    title: 'News',
    lead: 'What happens in the pools, and at the organisation behind them.',
    none: 'There is no news yet.',
    more: 'All news',
    ofOrganisation: 'Newsletter',
    follow: {
      title: pool => `Follow ${pool}`,
      words: 'You get an e-mail when there is news. Under each e-mail there is a link that stops them.',
      newsletter: 'Newsletter',
      newsletterWords: 'A few times a year. Under each e-mail there is a link that stops them.',
      email: 'Your e-mail address',
      submit: 'Follow',
      subscribe: 'Send me the newsletter',
      following: 'You follow this pool.',
      reading: 'You get the newsletter.',
      end: 'Stop following',
      unsubscribe: 'Stop receiving it',
    },
    link: {
      title: 'News by e-mail',
      pool: pool => `Do you want an e-mail when there is news of ${pool}?`,
      newsletter: 'Do you want the newsletter by e-mail?',
      submit: 'Yes, send me news',
    },
    admin: {
      title: 'Write news',
      lead: 'It is on the website at once, and goes by e-mail to everybody who asked for it. So read it over: an e-mail cannot be taken back.',
      write: 'Write news',
      of: 'About',
      newsletter: 'The organisation (newsletter)',
      heading: 'Title',
      words: 'Text',
      wordsHint: 'Plain text. An empty line begins a new paragraph.',
      locale: 'Language',
      locales: { nl: 'Dutch', en: 'English' },
      submit: 'Publish and send',
      shown: 'What is shown',
      takeDown: 'Take down',
      takeDownWords: 'It disappears from the website. Who got the e-mail keeps it.',
      reason: 'Why do you take this down?',
      link: 'Write news',
    },
  },
  cohorts: {
    title: 'Donors who come back',
    words: 'Of donors with an e-mail address: how many gave again, counted from their first donation.',
    caption: 'Donors by the month of their first donation',
    month: 'First donation',
    donors: 'Donors',
    within: months => (months === 1 ? 'Within 1 month' : `Within ${months} months`),
    early: 'too early',
    few: 'too few',
    none: 'There are no donors with an e-mail address yet.',
  },
}

/** Their sentences on the trail. */
export const actsOfNews: typeof acts = {
  'news.publish': { name: 'News published', says: who => `${who} published news` },
  'news.take-down': { name: 'News taken down', says: who => `${who} took news down` },
  'follow.ask': { name: 'News asked for', says: who => `${who} asked for news by e-mail` },
  'follow.begin': { name: 'News by e-mail begun', says: who => `${who} gets news by e-mail from now on` },
  'follow.end': { name: 'News by e-mail stopped', says: who => `${who} gets no more news by e-mail` },
}
