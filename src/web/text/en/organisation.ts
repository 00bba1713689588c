/** English for the page about who stands behind the pools. */
import type { organisation as dutch } from '../nl/organisation.ts'

export const organisation: typeof dutch = {
  organisation: {
    title: 'Who stands behind this?',
    lead: name =>
      `${name} looks after the money in the pools. It is this organisation that you give to, and that pays the incomes.`,
    who: 'The organisation',
    name: 'Name',
    rsin: 'RSIN (tax number)',
    registered: 'Chamber of commerce',
    address: 'Address',
    contact: 'Contact',
    board: 'The board',
    boardWords: 'These people decide about the money and are liable for it.',
    notTold: 'The organisation has not filled this in yet.',
    tax: 'Can you deduct your donation?',
    anbi: day =>
      `Yes. Since ${day} the organisation is an ANBI, a public benefit organisation. In the Netherlands you may usually deduct your donations from tax.`,
    noAnbi: 'No. The organisation is not an ANBI. You cannot deduct your donation from tax.',
    anbiCheck:
      'You can look that up yourself at the Dutch tax office, with the RSIN. What you give here and get nothing for counts as a gift.',
    policy: 'Policy plan and yearly figures',
    rules: 'What we promise',
    promises: [
      'An income starts only when the money for its whole term is there.',
      'Two people check every payment.',
      'Every euro stands in a public ledger. Nobody can erase anything there, and neither can we.',
      'What a recipient got, we never take back.',
    ],
    behind: 'Who stands behind this?',
  },
}
