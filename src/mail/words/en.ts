/** The words of letters in English: plain and short, the same shape as the Dutch ones. */

import { formatMoney, type Money } from '../../money/index.ts'
import { TIME_ZONE } from '../../platform/calendar/index.ts'
import type { CampaignNews, SignInChange } from '../letters.ts'
import { keepingEn } from './keeping-en.ts'
import type { LetterWords } from './nl.ts'

const moment = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: TIME_ZONE,
})
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: TIME_ZONE })
const money = (amount: Money) => formatMoney(amount, 'en', 'always')
const list = new Intl.ListFormat('en-GB', { type: 'conjunction' })

const changes: Record<SignInChange, string> = {
  'new-place':
    'Somebody signed in as you over an internet connection that you did not use in the last three months.',
  'second-factor-added': 'A new way to prove that it is you was set up.',
  'second-factor-removed': 'A way to prove that it is you was removed.',
  'recovery-code-used': 'Somebody signed in as you with a recovery code. Each recovery code works only once.',
  'second-factor-guessed':
    'A wrong code was filled in ten times for you, by somebody who can read your e-mail or on a device where you were signed in. So for some time codes of your app do not work there. A recovery code or a passkey does.',
  'address-replaced':
    'Another e-mail address was set for the page of your income. With this address you no longer see that page. Your money simply comes.',
}

const waysIn =
  'Go to the sign-in page and fill in this e-mail address. You then get an e-mail with a button and a code. You need no password.'
const unknown = 'Do you not know this organisation? Then you need not do anything.'

export const en: LetterWords = {
  ...keepingEn,
  codeLabel: 'Your code',
  linkFallback: 'Does the button not work? Copy this address into your browser:',
  sentBy: organisation => `This e-mail comes from ${organisation}, through Meent.`,
  signInButton: 'Continue signing in',
  signIn: (organisation, minutes) => ({
    subject: `Sign in to ${organisation}`,
    greeting: 'Hello,',
    paragraphs: [
      `You want to sign in to ${organisation}. Use the button if you continue in the same browser.`,
      'Are you reading this e-mail on another device? Then type the code on the page where you began.',
    ],
    after: [
      `The button and the code work for ${minutes} minutes, and only once.`,
      'Give the code to nobody. We never ask for it, not on the telephone either.',
      'Did you not want to sign in? Then you need not do anything. Without this e-mail nobody gets in.',
    ],
  }),
  signInByLink: (organisation, minutes) => ({
    subject: `Sign in to ${organisation}`,
    greeting: 'Hello,',
    paragraphs: [
      `You want to sign in to ${organisation}. Open this e-mail on the device where you want to continue, and use the button.`,
      'Many e-mails were asked for this address today. That is why there is no code in this one.',
    ],
    after: [
      `The button works for ${minutes} minutes, and only once.`,
      'Did you not want to sign in? Then you need not do anything. Without this e-mail nobody gets in.',
    ],
  }),
  invitationButton: 'Go to the sign-in page',
  invitation: (organisation, roles) => ({
    subject: `You can now sign in to ${organisation}`,
    greeting: 'Hello,',
    paragraphs: [
      roles.length > 0
        ? `${organisation} has given you access. Your role: ${list.format(roles)}.`
        : `${organisation} has given you access.`,
      waysIn,
      'The first time, you also set up a second factor: a passkey, or an app on your phone that gives codes. So keep your phone at hand.',
    ],
    after: [unknown],
  }),
  recipientAccess: organisation => ({
    subject: `You can now sign in to ${organisation}`,
    greeting: 'Hello,',
    paragraphs: [
      `At ${organisation} you can now see for yourself what you get: how much, when, and what has been paid.`,
      waysIn,
      'You need not do anything to get your money. It comes without signing in, too.',
    ],
    after: [unknown],
  }),
  signInElsewhereButton: 'See where you are signed in',
  signInElsewhere: (organisation, what, at) => ({
    subject: `Something changed about your access to ${organisation}`,
    greeting: 'Hello,',
    paragraphs: [
      changes[what],
      `That was on ${moment.format(at)}.`,
      what === 'address-replaced'
        ? 'Do you know about this? Then you need not do anything.'
        : 'Was this you? Then you need not do anything.',
      what === 'address-replaced'
        ? 'Did you not want this? Then contact the organisation at once.'
        : 'Was this not you? Then sign in, sign out all other devices, and contact the organisation.',
    ],
  }),
  stopLetters: 'Do not get such e-mails any more',
  giftReceivedButton: 'See your receipt',
  giftReceived: (organisation, gift) => ({
    subject: `Thank you for your donation to ${gift.pool}`,
    greeting: 'Hello,',
    paragraphs: [
      `Thank you. On ${day.format(gift.at)} we received ${money(gift.paid)} from you.`,
      gift.costs === null
        ? `This is a donation to ${gift.pool}.`
        : `Of this, ${money(gift.gift)} is a donation to ${gift.pool}, and ${money(gift.costs)} a contribution to our running costs.`,
      'This e-mail is your receipt. The page of your receipt also shows what becomes of your donation.',
    ],
    after: [
      `Number of your donation: ${gift.number}. Received by ${organisation}${gift.rsin ? `, RSIN ${gift.rsin}` : ''}.`,
      'Do you want to see all your donations together? Then sign in with this e-mail address. You need no password.',
      'Did you not give anything? Then somebody else filled in your e-mail address. You need not do anything.',
    ],
  }),
  goalReachedButton: 'See the pool',
  goalReached: ({ pool, monthly, months, number }) => ({
    subject: `${pool} can pay a new income`,
    greeting: 'Hello,',
    paragraphs: [
      `You gave to ${pool}. There is now enough in that pool for a new income. It is number ${number}.`,
      `That is ${money(monthly)} a month, for ${months} months, without conditions. You helped to make that possible.`,
    ],
  }),
  overviewReadyButton: 'See your annual overview',
  overviewReady: (organisation, year) => ({
    subject: `Your annual overview of gifts ${year} is ready`,
    greeting: 'Hello,',
    paragraphs: [
      `Your overview of what you gave to ${organisation} in ${year} is ready. You can use it for your tax return.`,
      'Sign in with this e-mail address to see or keep it. You need no password.',
    ],
  }),
  campaignButton: 'To your campaign',
  campaign: (title, news) => ({ greeting: 'Hello,', ...ofCampaign(title, news) }),
}

const ofCampaign = (title: string, news: CampaignNews): { subject: string; paragraphs: string[] } => {
  switch (news.what) {
    case 'approved':
      return {
        subject: 'Your campaign is approved',
        paragraphs: [
          `Your campaign “${title}” is approved and is on the site now. Everybody can give.`,
          'Your own page has an address, a QR code and a text to share. There you also write updates for whoever gives.',
        ],
      }
    case 'refused':
      return {
        subject: 'Your campaign is not approved yet',
        paragraphs: [
          `We have read your campaign “${title}” and cannot publish it as it is.`,
          `The reason: ${news.because}`,
          'You can change the campaign and submit it again.',
        ],
      }
    case 'reached':
      return {
        subject: 'Your campaign reached its goal',
        paragraphs: [`The goal of “${title}” is reached. Thank whoever gave with an update on your page.`],
      }
    case 'ended':
      return {
        subject: 'Your campaign is over',
        paragraphs: [
          `The last day of “${title}” has passed and the goal was not reached.`,
          news.choice === 'moves'
            ? 'The money goes to the pool that you chose at the start. Two people of the organisation see to it.'
            : 'Every gift goes back to whoever gave. Two people of the organisation see to it.',
        ],
      }
  }
}
