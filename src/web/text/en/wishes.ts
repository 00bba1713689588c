/** English for wishes. */
import type { wishes as dutch } from '../nl/wishes.ts'

export const wishes = {
  wishes: {
    title: 'What would you do with a basic income?',
    nav: 'Wishes',
    lead: 'A fixed amount every month, no conditions. What would you do? Read what others would do and say “me too”. Or write it down yourself. You need no account.',
    ofPool: (pool: string): string => `Wishes for ${pool}`,
    allWishes: 'All wishes',
    all: 'Read all wishes',
    write: 'Write your wish',
    list: 'What people would do',
    order: 'Order',
    orders: { newest: 'Newest', 'most-agreed': 'Most “me too”' },
    none: 'There is no wish here yet. Yours can be the first.',
    pages: 'Pages of wishes',
    more: 'More wishes',
    first: 'Back to the start',
    anonymous: 'Anonymous',
    at: (pool: string): string => `for ${pool}`,
    agree: 'Me too',
    agreed: (count: number): string =>
      count === 0
        ? 'Nobody said “me too” yet.'
        : count === 1
          ? '1 person said “me too”.'
          : `${count} people said “me too”.`,
    counted: (count: number): string => (count === 1 ? '(1 person)' : `(${count} people)`),
    form: {
      title: 'Write your wish',
      text: 'What would you do with a basic income?',
      textHint: (from: number, to: number): string =>
        `${from} to ${to} characters. Everybody can read this: leave out names, addresses and links.`,
      nickname: 'Your nickname',
      nicknameHint: 'Stands with your wish. Leave it empty to stay anonymous.',
      pool: 'Is your wish for a pool?',
      noPool: 'No, just a wish',
      submit: 'Hand in your wish',
      next: (days: number): string =>
        `We read your wish within ${days} working days. Then it stands on the site. You get a secret link with which you can always take it away.`,
    },
    give: {
      title: 'Make it possible',
      words: 'A wish begins with an income. Every euro brings the next one closer.',
      to: (pool: string): string => `Give to ${pool}`,
      none: 'There is no pool that you can give to now.',
    },
    share: {
      title: 'Share this wish',
      words: 'Copy this address and pass it on to somebody who dreams too.',
      description: (agreed: string): string => `${agreed} What would you do with a basic income?`,
    },
    report: {
      ask: 'Is something wrong here? Report this wish',
      words:
        'We read every report within two working days. After three reports from different places we hide the wish until we have looked. We do not keep who reports.',
      reason: 'What is wrong?',
      choose: 'Choose a reason',
      note: 'Would you like to add something?',
      noteHint: 'Only we read this.',
      submit: 'Report this wish',
    },
    reasons: {
      'personal-data': 'It tells details of somebody',
      hurtful: 'It hurts or threatens somebody',
      advertising: 'It is advertising',
      'not-a-wish': 'It is not a wish',
    },
    reported: 'Three people reported the wish',
    own: {
      title: 'Your wish',
      states: {
        waiting: 'Waits for us',
        shown: 'On the site',
        hidden: 'Not to be seen now',
        refused: 'Not on the site',
        'taken-away': 'Taken away',
      },
      stateWords: {
        waiting: 'Thank you. We read your wish, and then it stands on the site. At the latest on',
        shown: 'Everybody can read your wish and say “me too”.',
        hidden: 'Your wish is hidden. Nobody sees it now. This is the reason:',
        refused:
          'We did not publish your wish. After thirty days we erase its words. Do write another. This is the reason:',
        'taken-away': 'Your wish is erased, with all that belonged to it. We cannot read it any more either.',
      },
      see: 'See your wish on the site',
      keep: 'Keep this link',
      keepWords:
        'This is your secret link. Only with it can you see what becomes of your wish, and take it away. We cannot make it for you again.',
      takeAway: 'Take your wish away',
      takeAwayWords:
        'The words, your nickname and every “me too” are erased at once and for good. This cannot be undone.',
      takeAwaySubmit: 'Erase my wish',
      another: 'Write another wish',
    },
    admin: {
      title: 'Wishes',
      link: 'Read and show wishes',
      lead: 'You promise: read within two working days. Show what is a wish, also when you do not agree with it.',
      waiting: 'Waiting to be read',
      reported: 'Reported',
      hidden: 'Hidden',
      noneWaiting: 'Nothing waits. Everything has been read.',
      noneReported: 'Nothing was reported.',
      language: { nl: 'Dutch', en: 'English' },
      by: 'Who',
      where: 'Pool',
      noPool: 'No pool',
      written: 'Written',
      lookBy: 'At the latest',
      late: 'Late',
      agreements: '“Me too”',
      isHidden: 'Hidden',
      isShown: 'On the site',
      reports: 'Reports',
      because: 'Reason',
      show: 'Show this wish',
      keepShown: 'Leave it',
      showAgain: 'Show again',
      refuse: 'Refuse',
      refuseWords:
        'The wish does not come on the site. Whoever wrote it reads the reason. This cannot be undone.',
      hide: 'Hide',
      hideWords: 'The wish is out of sight at once. After that you can show it again or refuse it.',
      reason: 'Why?',
      choose: 'Choose a reason',
      more: 'More are waiting. You see the wishes that wait longest.',
    },
  },
} satisfies typeof dutch
