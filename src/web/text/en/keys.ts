/** English for the keys of programs. */
import type { keys as dutch } from '../nl/keys.ts'

export const keys = {
  keys: {
    title: 'Keys for programs',
    lead: 'With a key another program, such as bookkeeping software, fetches data by itself. A key can never propose, approve or pay anything, and sees no names or account numbers of recipients.',
    link: 'Keys for programs',
    back: 'To all keys',
    list: 'All keys',
    caption: 'Keys, newest first',
    none: 'There is no key yet.',
    name: 'Name',
    nameHint: 'The program that uses the key. For instance: bookkeeping.',
    start: 'Begins with',
    may: 'May',
    pool: 'Pool',
    wholeOrganisation: 'The whole organisation',
    until: 'Works until',
    used: 'Last used',
    never: 'never',
    maker: 'Made by',
    state: 'State',
    states: {
      good: 'Works',
      expired: 'Expired',
      ended: 'Ended',
      'maker-left': 'Does not work: its maker has left',
    },
    makerMayNot:
      'Whoever made this key would not be allowed to make it now. See whether it is still needed. Replace it if so.',
    scopes: {
      'cycles.read': 'Read cycles',
      'ledger.read': 'Read the ledger',
      'bank.read': 'Read bank balances and statements',
      'findings.read': 'Read what checks found',
      'enrolments.read': 'Read enrolments, without names',
      'statements.import': 'Import bank statements',
      'acts.read': 'Read the trail',
    },
    make: 'New key',
    makeWords: 'Choose as little as the program needs. What you may not do yourself is not listed.',
    scopesLegend: 'What may the key do?',
    poolField: 'For which pool?',
    poolHint: 'For one pool there is only: read cycles and read enrolments.',
    days: 'How many days does the key work?',
    daysHint: '400 at most. Then it ends by itself.',
    makeSubmit: 'Make key',
    nothingToGive: 'With your roles you cannot make a key that may do anything.',
    secretTitle: 'Keep this key now',
    secretWords:
      'You see it once, on this page. We do not keep it readable, so we cannot show it again. Lost it? Then replace it.',
    secret: 'The key',
    how: 'How to use it',
    howWords:
      'Put the key in the password field of the program, not in an address and not in a file that you share. The program sends it with each request in the header “Authorization”.',
    try: 'How to try it',
    tryWords:
      'In a terminal with bash or zsh. Take over the commands one by one, not together. That keeps the key out of the terminal’s history.',
    hold: 'Start with this and press Enter. Then paste the key and press Enter again. You do not see the key: that is as it should be.',
    use: 'Now ask for something with the key:',
    useFile:
      'Put a statement from your bank in the folder you are in, as camt053.xml. Import it with the key:',
    forget: 'Done? Then let the terminal forget the key:',
    overlapWords: (days: number): string =>
      days === 0
        ? 'The old key does not work from now on.'
        : days === 1
          ? 'The old key works for one more day. So put the new one in the program today.'
          : `The old key works for ${days} more days. Put the new one in the program within that time.`,
    rotate: 'Replace',
    rotateWords:
      'You get a new key that may do the same. The old one works on for a while, so that the program does not stop. Then it ends by itself.',
    overlapDays: 'How many days does the old one still work?',
    overlapHint: '0 to 30 days.',
    rotateSubmit: 'Replace key',
    end: 'Stop at once',
    endWords: 'The key then stops working at once. There is no way back.',
    reason: 'Why?',
    reasonHint: 'This is kept for good. Write no personal data in it.',
    endSubmit: 'Stop key',
    replaces: 'Replaces an earlier key',
    createdAt: 'Made',
    acts: 'What was done with this key',
    aboutActs: 'What was done to this key',
  },
} satisfies typeof dutch
