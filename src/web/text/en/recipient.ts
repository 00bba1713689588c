/** English for the recipient's page. Accrued, sent and paid are three things. */
import type { recipient as dutch } from '../nl/recipient.ts'

export const recipient = {
  status: {
    title: 'My income',
    next: 'Coming next',
    nextDay: 'expected on',
    nextStates: {
      planned: 'The payout is planned. You do not have to do anything.',
      accrued: 'The amount is approved and accrued. It goes to the bank in time.',
      sent: 'The payment instruction is sent. The bank has not confirmed yet that it is paid.',
    },
    late: 'This payday has passed: the amount is late. We are working on it.',
    held: 'This is waiting for you',
    heldWords: 'As long as your account is not right we transfer nothing. What has accrued stays yours.',
    forMonth: 'Entitlement of',
    ended: 'Your term is over',
    endedWords: 'All your months have been. You do not have to do anything.',
    until: 'Your last month is',
    monthOf: (number: number, of: number): string => `Month ${number} of ${of}`,
    from: 'From',
    pool: 'From the pool',
    account: 'Your account',
    accountWords: 'Is this no longer right? Tell us before your next payday.',
    received: 'Paid so far',
    unconditional:
      'This income has no conditions. You do not have to do anything for it, or tell anything about it.',
    history: 'What happened so far',
    caption: 'Your entitlements, newest first',
    month: 'Month',
    amount: 'Amount',
    state: 'State',
    dates: 'When',
    none: 'There has been no month yet.',
    on: {
      planned: 'payday',
      accrued: 'accrued on',
      sent: 'sent on',
      paid: 'paid on',
      returned: 'returned on',
      rejected: 'rejected on',
    },
    legend:
      'Accrued means: approved, the money is yours. Sent means: the instruction for the bank is made. Paid means: it is on the bank statement.',
    wrong: {
      title: (month: string): string => `Something went wrong with ${month}`,
      returned: (amount: string, month: string): string => `The payment of ${amount} for ${month} came back.`,
      rejected: (amount: string, month: string): string =>
        `The bank did not carry out the payment of ${amount} for ${month}.`,
      why: 'Why',
      now: 'What happens now',
      nowWords: 'The money is yours and stays ready for you. We pay again as soon as your account is right.',
      you: 'What you can do',
      youWords: 'Check that your account still exists and is in your name. Then get in touch with us.',
    },
    reasons: {
      AC01: 'The account number is not right.',
      AC04: 'The account is closed.',
      AC06: 'The account is blocked.',
      BE04: 'The bank misses address details.',
      MD07: 'The bank gave a special message. A member of staff will get in touch.',
      MS03: 'The bank gave no reason.',
      unknown: (code: string): string => `The bank gave the code ${code} as its reason.`,
      none: 'The bank gave no reason.',
    },
    contact: 'Questions? Write to',
  },
} satisfies typeof dutch
