/** English for why something that was typed cannot be read. */
import type { amounts as dutch } from '../nl/amounts.ts'

export const amounts = {
  amounts: {
    refusals: {
      empty: 'Choose an amount or fill one in',
      'not-a-number': 'Fill in an amount, for example 25 or 12.50',
      'fractional-cents': 'Fill in an amount with at most two digits behind the point',
      zero: 'Fill in an amount above zero',
      negative: 'Fill in an amount above zero',
      ambiguous: 'We can read this amount in two ways. Write 12.34 or 12345',
      'too-large': 'This amount is too high. Please contact us about large amounts',
    },
    tooLong: (characters: number) => `Use at most ${characters} characters`,
  },
  ibanRefusals: {
    empty: 'Fill in the account number (IBAN)',
    characters: 'An IBAN consists of letters and digits only',
    'country-unknown': 'This IBAN does not begin with the code of a country',
    'country-outside-sepa': 'We cannot transfer money to this country',
    format: 'This IBAN is too short, too long or has a letter in the wrong place',
    checksum: 'There is a typing mistake in this IBAN. Check the digits',
  },
} satisfies typeof dutch
