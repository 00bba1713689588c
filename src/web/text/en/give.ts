/** English for giving: the form, the simulated payment page and the receipt. */
import type { give as dutch } from '../nl/give.ts'
import { ordinal } from './pools.ts'

export const give = {
  donate: {
    title: 'Give to this pool',
    amount: 'How much do you want to give?',
    ownAmount: 'Another amount',
    ownAmountHint: 'For example 15 or 12.50. If you fill this in, this amount counts.',
    nickname: 'Your name or nickname',
    nicknameHint: 'Is shown with your donation. Leave it empty to give anonymously.',
    asOrganisation: 'This is the name of an organisation',
    message: 'A message',
    messageHint: 'Everybody can read this. Do not write an address or a telephone number.',
    email: 'Your e-mail address',
    emailHint:
      'For your receipt, and to see your donations later. Nobody else sees it. Leave it empty if you want no e-mail.',
    costsShare: 'Extra for running costs',
    costsShareHint:
      'For example 1 euro. This comes on top of your donation and does not go to the pool. Leave it empty if you do not want this.',
    method: 'How do you want to give?',
    methods: {
      checkout: {
        label: 'Pay right away',
        words: 'bank payment, card or direct debit, at the payment provider',
      },
      'bank-transfer': {
        label: 'Transfer it yourself',
        words: 'with a reference, from your own bank; no fee of a payment provider',
      },
    },
    submit: 'Donate',
    fee: {
      pool: 'The payment provider charges a small amount per payment. It is taken from your donation. Your receipt shows exactly how much.',
      costs:
        'The payment provider charges a small amount per payment. The organisation pays it. Your whole donation goes to the pool.',
    },
    next: 'You pay on the next page.',
  },
  meaning: {
    time: (amount, { months, days, hours, minutes }) => {
      const parts = [
        [months, 'month', 'months'],
        [days, 'day', 'days'],
        [hours, 'hour', 'hours'],
        [minutes, 'minute', 'minutes'],
      ] as const
      const said = parts.filter(([count]) => count > 0n)
      if (said.length === 0) return `${amount} is a few seconds of basic income.`
      return `${amount} is ${said.map(([count, one, more]) => `${count} ${count === 1n ? one : more}`).join(' and ')} of basic income.`
    },
    together: total => `With your contribution to costs you pay ${total} together.`,
    fees: fees => `The payment provider charges about ${fees.join(', ')}.`,
    feeOf: {
      ideal: fee => `${fee} for a bank payment`,
      card: fee => `${fee} for a card`,
      sepa_debit: fee => `${fee} for a direct debit`,
      bancontact: fee => `${fee} for Bancontact`,
    },
    bears: {
      pool: 'That is taken from your donation. A transfer of your own costs nothing.',
      costs: 'The organisation pays that. Your whole donation goes to the pool.',
    },
    look: 'See what this does',
  },
  receipt: {
    title: 'Receipt of your donation',
    thanks: 'Thank you',
    states: {
      'awaiting-transfer': 'Waiting for your transfer',
      'awaiting-payment': 'Waiting for payment',
      received: 'Received, on its way to the pool',
      available: 'In the pool, free to use',
      failed: 'Did not go through',
      'partly-refunded': 'Partly refunded',
      refunded: 'Refunded',
      disputed: 'Taken back by your bank, not decided yet',
      'charged-back': 'Taken back by your bank',
    },
    stateWords: {
      'awaiting-transfer':
        'We have not seen your transfer yet. As soon as the bank books it, this page says so.',
      'awaiting-payment':
        'We have not seen a payment yet. Did you just pay? Then it can take a moment. Load this page again shortly.',
      received: 'Your payment has reached the payment provider, who releases the money after a few days.',
      available: 'Your donation has arrived. The pool can now pay an income with it.',
      failed: 'The bank reversed this payment. The pool did not get the money. You can give again.',
      'partly-refunded': 'A part of your donation went back to you. The rest stays in the pool.',
      refunded: 'Your whole donation went back to you. It can take a few days before your bank shows it.',
      disputed:
        'Your bank took this payment back. Sometimes the money returns to the pool afterwards. That is not decided yet.',
      'charged-back': 'Your bank took this payment back. The pool no longer has this money.',
    },
    expected: 'Expected in the pool on',
    pay: 'Continue to payment',
    gaveTo: 'Pool',
    gift: 'Donation',
    costsShare: 'Contribution to running costs',
    total: 'You paid',
    totalAsked: 'To pay',
    fee: 'Fee of the payment provider',
    feeUnknown: 'not known yet',
    feeBearers: { pool: 'taken from your donation', costs: 'paid by the organisation' },
    toPool: 'To the pool',
    refunded: 'Refunded',
    refundOwed: 'Still to be refunded',
    disputed: 'Taken back, not decided yet',
    chargedBack: 'Taken back by your bank',
    date: 'Date',
    number: 'Number',
    details: 'The amounts',
    effect: {
      title: 'What your donation does',
      share: (amount: string, percent: string, pool: string, number: number): string =>
        `Your ${amount} is ${percent} of the ${ordinal(number)} income of ${pool}.`,
      little: (amount: string, pool: string, number: number): string =>
        `Your ${amount} brings the ${ordinal(number)} income of ${pool} closer.`,
      repays: (amount: string): string => `Of that, ${amount} first makes up for the pool’s shortfall.`,
      completes: (count: number): string =>
        count === 1 ? 'With this, a new income can start!' : `With this, ${count} new incomes can start!`,
    },
    entries: 'Your donation in the ledger',
    entriesWords:
      'These entries belong to your donation. They stay in the public ledger for good, without your name.',
    noEntries: 'Nothing has been posted yet. That happens when your payment is in.',
    keep: 'Keep the address of this page. Only who has this address can see this receipt.',
    print: 'You can print this page or save it as a PDF.',
    toPoolLink: (name: string): string => `Back to ${name}`,
  },
  transfer: {
    title: 'How to transfer it',
    lead: 'Open your bank’s app or site and make a transfer with these details.',
    amount: 'Amount',
    iban: 'To account',
    holder: 'In the name of',
    reference: 'Reference',
    openUntil: 'Possible until',
    scan: 'Or scan with your bank’s app',
    scanWords: 'Not every bank can read this code. If yours cannot, type the details instead.',
    qr: (amount: string, holder: string, reference: string): string =>
      `QR code for a transfer of ${amount} to ${holder}, with reference ${reference}`,
    goodToKnow: 'Good to know',
    notes: [
      'Put the reference with your transfer. It tells us that this is your donation; your name is not needed for that.',
      'Do you transfer another amount? You may. It goes to the pool. Only what you chose to add for running costs, above your donation, goes there.',
      'A transfer can take a business day. After that this page says that it has arrived.',
    ],
    closedTitle: 'Transferring is no longer possible',
    closed: 'This reference was valid until',
    closedWords:
      'Start a new donation if you still want to give. Did you transfer after that day? Then a member of staff finds out where it belongs.',
    simulated: {
      title: 'Pretend to transfer',
      words:
        'This is a demonstration: there is no real money. Choose what your simulated bank does. At weekends the bank books on the next business day.',
      asAsked: 'Transfer as asked',
      less: 'Half of it',
      more: 'Twice as much',
      mistyped: 'With a typing error in the reference',
      noReference: 'Without a reference',
    },
  },
  giftAtWork: {
    title: 'What your donation did, month by month',
    caption: 'Incomes that the pool paid, and your part of them',
    month: 'Month',
    paid: 'Paid by the pool',
    part: 'Your part',
    nothingYet:
      'Since your donation this pool has not paid an income yet. As soon as it does, you see it here.',
    left: amount => `Of your donation ${amount} is still in the pool.`,
    how: 'In a pool all money is mixed. Of each income you pay as large a part as yours is of the pool.',
  },
  payment: {
    title: 'Simulated payment',
    warning: 'No real money',
    lead: 'This page pretends to be a payment provider. Choose how you pay and what happens. Nothing is charged.',
    order: 'What you pay',
    total: 'Total',
    method: 'How do you want to pay?',
    methods: {
      ideal: { label: 'Bank payment', words: 'straight from your account, released after a few days' },
      card: { label: 'Card', words: 'credit or debit card, higher fee' },
      sepa_debit: { label: 'Direct debit', words: 'the donor can take it back for eight weeks' },
      bancontact: { label: 'Bancontact', words: 'payment from Belgium' },
    },
    pay: (amount: string): string => `Pay ${amount}`,
    failed: 'The payment failed. Nothing was charged. Choose again how you pay.',
    fail: 'Let the payment fail',
    cancel: 'Do not pay, go back',
    over: {
      complete: 'This payment has been made already.',
      expired: 'This payment has expired. Start again at the pool.',
    },
    back: 'Back to Meent',
  },
} satisfies typeof dutch
