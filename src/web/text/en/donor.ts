/** English for the donor's own pages: gifts, annual overviews, letters, one's own data. */
import type { actsOfDonors as acts, donor as dutch } from '../nl/donor.ts'

export const donor: typeof dutch = {
  nav: 'My gifts',
  title: 'My gifts',
  lead: email => `This is what you gave with the e-mail address ${email}.`,
  none: 'Nothing was given with this e-mail address yet. If you give and fill in this address, you see it here.',
  give: 'See the pools',
  total: 'Together',
  totalWords: 'What you paid and did not get back.',
  columns: { date: 'Date', pool: 'Pool', state: 'Where it is now', amount: 'Amount' },
  back: amount => `${amount} back`,
  receipt: 'Receipt',
  receiptOf: (pool, date) => `Receipt of your donation to ${pool} on ${date}`,
  download: 'Receipt as PDF',
  seeAll: 'When you sign in you see all gifts that you made with your e-mail address.',
  overviews: {
    title: 'Annual overviews',
    words: 'Of each year that is over you can see and keep an overview. For your tax return, for example.',
    make: year => `Make annual overview ${year}`,
    none: 'After a year in which you gave something, its overview is here.',
    one: year => `Annual overview of gifts ${year}`,
    pdf: 'As PDF',
    pdfOf: year => `Annual overview of gifts ${year} as PDF`,
    json: 'As JSON',
  },
  overview: {
    title: year => `Annual overview of gifts ${year}`,
    lead: (organisation, year) => `What you gave to ${organisation} in ${year}, and what of it went back.`,
    receiver: 'Receiver',
    rsin: 'RSIN',
    contact: 'Contact',
    anbi: 'ANBI (charity status)',
    anbiSince: day => `yes, since ${day}`,
    anbiUnknown: 'no',
    postal: 'Address',
    address: 'E-mail address',
    columns: { date: 'Date', what: 'What', pool: 'Pool', costs: 'Of which running costs', amount: 'Amount' },
    what: { gift: 'Gift', back: 'Back to you', again: 'Came in again' },
    given: 'Given',
    back: 'Went back',
    left: 'Total of the year',
    costs: 'Of which for running costs',
    none: 'Nothing was received from you in this year.',
    madeAt: date => `Made on ${date}. This overview does not change any more.`,
    reading:
      'A gift counts in the year in which the money reached us. What went back later stands in the year in which it went back.',
    toGifts: 'Back to my gifts',
  },
  letters: {
    title: 'E-mails',
    words: 'Under each e-mail there is also a link that stops them.',
    which: 'Which e-mails do you want to get?',
    kinds: {
      'gift-received': { label: 'Thanks and receipt', words: 'when your donation has come in' },
      'goal-reached': { label: 'New income', words: 'when a pool that you gave to can pay a new income' },
      'overview-ready': { label: 'Annual overview', words: 'when your annual overview is ready, in January' },
    },
    language: 'Language of your e-mails',
    languages: { nl: 'Dutch', en: 'English' },
    save: 'Save',
  },
  data: {
    title: 'Your data',
    words: 'You can take everything that we hold of you with you as a file.',
    export: 'Download my data',
    erase: 'Erase my data',
    eraseAsk: 'Erase who I am',
    eraseWords:
      'We erase your e-mail address, the names and messages with your gifts, and which e-mails you got. This cannot be undone. After that you see nothing here.',
    stays:
      'What stays: the gifts themselves in the ledger, without who gave them. And your annual overviews, without your address: books must be kept for seven years. Your access to Meent and what you did with it stays too. First keep what you want to have.',
    eraseSubmit: 'Erase for good',
  },
  stop: {
    title: 'No more of these e-mails?',
    words: kind => `You will get no more e-mails of this kind: ${kind}.`,
    submit: 'Do not send me these any more',
    doneTitle: 'Stopped',
    done: kind => `We send you no more e-mails of this kind: ${kind}.`,
    others: 'Stop other e-mails, or get them again?',
    toPage: 'To my gifts',
  },
}

/** Their sentences on the trail. */
export const actsOfDonors: typeof acts = {
  'letters.stop': { name: 'E-mails stopped', says: who => `${who} stopped a kind of e-mails to a donor` },
  'letters.resume': {
    name: 'E-mails wanted again',
    says: who => `${who} asked for a kind of e-mails to a donor again`,
  },
  'letters.choose': { name: 'E-mails chosen', says: who => `${who} chose which e-mails a donor gets` },
  'donor.erase': { name: 'Data of a donor erased', says: who => `${who} erased their own data as a donor` },
  'overview.make': {
    name: 'Annual overview of a donor made',
    says: who => `${who} asked for an annual overview of a donor, or made it`,
  },
}
