/** English for the letters that keep donors. */
import { formatMoney, type Money } from '../../money/index.ts'
import { monthText, TIME_ZONE } from '../../platform/calendar/index.ts'
import type { keepingNl } from './keeping-nl.ts'

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: TIME_ZONE })
const money = (amount: Money) => formatMoney(amount, 'en', 'always')

export const keepingEn: typeof keepingNl = {
  followQuestionButton: 'Yes, send me news',
  followQuestion: (organisation, pool) => ({
    subject: pool ? `Do you want news of ${pool}?` : `Do you want the newsletter of ${organisation}?`,
    greeting: 'Hello,',
    paragraphs: [
      pool
        ? `Somebody filled in this e-mail address to get news of ${pool}. Was that you? Then use the button.`
        : `Somebody filled in this e-mail address for the newsletter of ${organisation}. Was that you? Then use the button.`,
      'Under each e-mail there is a link that stops them again.',
    ],
    after: ['Was this not you? Then you need not do anything. Without the button you get no news.'],
  }),
  newsButton: 'See it on the website',
  news: ({ organisation, pool, title, paragraphs }) => ({
    subject: `${pool ?? organisation}: ${title}`,
    greeting: 'Hello,',
    paragraphs,
  }),
  thanksShown: ({ pool, text }) => ({
    subject: `A thank-you from somebody in ${pool}`,
    greeting: 'Hello,',
    paragraphs: [
      `Somebody who gets a basic income from ${pool} wrote this to the donors:`,
      `“${text}”`,
      'Nobody has to say thanks. This person wanted to.',
    ],
  }),
  campaignUpdate: title => ({
    subject: `New update: ${title}`,
    greeting: 'Hello,',
    paragraphs: [`There is a new update on the campaign “${title}”. Read it on the website.`],
  }),
  monthOfGiftsButton: 'See your donations',
  monthOfGifts: ({ month, parts }) => ({
    subject: `What your donation did in ${monthText(month, 'en')}`,
    greeting: 'Hello,',
    paragraphs: parts.map(
      ({ pool, incomes, part }) =>
        `In ${monthText(month, 'en')} ${pool} paid ${incomes === 1 ? 'one basic income' : `${incomes} basic incomes`}. In it was ${money(part)} of yours.`,
    ),
    after: ['In a pool all money is mixed. Of each income you pay as large a part as yours is of the pool.'],
  }),
  giveAgainButton: 'Give another year',
  giveAgain: ({ pool, gift, at }) => ({
    subject: `A year ago you gave to ${pool}`,
    greeting: 'Hello,',
    paragraphs: [
      `On ${day.format(at)} you gave ${money(gift)} to ${pool}. Thank you for that.`,
      'A basic income goes on every month. Do you want to take part for another year? The button leads to the pool, with the same amount filled in. It is up to you.',
    ],
    after: ['We ask this once.'],
  }),
}
