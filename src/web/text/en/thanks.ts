/** Words of thank-yous: on the pool's page, on the recipient's own, and what staff does with them. */
import type { ThanksReason, ThanksState } from '../../../thanks/index.ts'

export const thanks = {
  thanks: {
    title: 'From somebody who receives this income',
    anonymous: 'A recipient',
    reasons: {
      'personal-data': 'It holds a name, an address or something else that is personal',
      hurtful: 'It may hurt somebody',
      advertising: 'It is advertising',
      'not-a-thank-you': 'It is not a thank-you',
    } satisfies Record<ThanksReason, string>,
    own: {
      title: 'Do you want to thank the donors?',
      free: 'You need not. Nobody asks for it, and nothing depends on it: your income stays the same, whether you write something or not.',
      write: 'Write a thank-you',
      text: 'What do you want to say to the donors?',
      textHint: (from: number, to: number): string =>
        `${from} to ${to} characters. Everybody can read this. Leave out names, addresses and links, also those of others.`,
      nickname: 'Your nickname',
      nicknameHint: 'Stands beside your thank-you. Leave it empty to show no name.',
      next: (days: number): string =>
        `We read your thank-you within ${days} working days. Then it stands on the pool’s page, with the month and without your name. In a small pool somebody may guess whose it is. You can take it away at any time.`,
      submit: 'Send your thank-you',
      list: 'What you wrote',
      written: 'Written in',
      wait: {
        'when-read':
          'Once we have read this thank-you, you can write something again in a later month. If you want to.',
        'next-month': 'You wrote a thank-you this month. You can write another next month, if you want to.',
      },
      states: {
        waiting: 'Waits for us',
        shown: 'On the pool’s page',
        refused: 'Refused',
        'taken-away': 'Erased',
      } satisfies Record<ThanksState, string>,
      stateWords: {
        waiting: 'Nobody else can read this yet. We read it by',
        shown: 'Everybody can read this.',
        refused: 'This is not shown on the pool’s page, or not any more. The reason:',
        'taken-away': 'You took this thank-you away. Nobody can read it any more.',
      } satisfies Record<ThanksState, string>,
      takeAway: 'Take this thank-you away',
      takeAwayWords: 'The words and your nickname are erased at once and for good. You cannot undo that.',
      takeAwaySubmit: 'Erase my thank-you',
    },
    admin: {
      title: 'Thank-yous',
      link: 'Read and show thank-yous',
      lead: 'You promise: read within two working days. Look for names and addresses above all. Who wrote it is not said here.',
      waiting: 'Waits to be read',
      noneWaiting: 'Nothing waits. Everything has been read.',
      shown: 'On a pool’s page',
      noneShown: 'No thank-you stands on a pool’s page yet.',
      language: { nl: 'Dutch', en: 'English' },
      by: 'Nickname',
      where: 'Pool',
      written: 'Written in',
      lookBy: 'By',
      late: 'Late',
      yours: 'You wrote this down for a recipient. A colleague reads it and decides.',
      show: 'Show this thank-you',
      refuse: 'Refuse',
      refuseWords:
        'The thank-you does not come on the pool’s page. Whoever wrote it reads the reason. You cannot undo this.',
      takeDown: 'Stop showing it',
      takeDownWords:
        'The thank-you is gone from the page at once. Whoever wrote it reads the reason. You cannot undo this.',
      reason: 'Why?',
      choose: 'Choose a reason',
      more: 'More are waiting. You see those that have waited longest.',
    },
  },
}
