/** Why something that was typed cannot be read, in words for the person who typed it. */
import type { AmountRefusal } from '../../../money/index.ts'
import type { IbanRefusal } from '../../../platform/iban.ts'

export const amounts = {
  amounts: {
    refusals: {
      empty: 'Kies een bedrag of vul een bedrag in',
      'not-a-number': 'Vul een bedrag in, bijvoorbeeld 25 of 12,50',
      'fractional-cents': 'Vul een bedrag in met hoogstens twee cijfers achter de komma',
      zero: 'Vul een bedrag in dat hoger is dan nul',
      negative: 'Vul een bedrag in dat hoger is dan nul',
      ambiguous: 'Dit bedrag kunnen we op twee manieren lezen. Schrijf 12,34 of 12345',
      'too-large': 'Dit bedrag is te hoog. Neem voor grote bedragen contact met ons op',
    } satisfies Record<AmountRefusal, string>,
    tooLong: (characters: number) => `Gebruik hoogstens ${characters} tekens`,
  },
  ibanRefusals: {
    empty: 'Vul het rekeningnummer (IBAN) in',
    characters: 'Een IBAN bestaat alleen uit letters en cijfers',
    'country-unknown': 'Deze IBAN begint niet met de code van een land',
    'country-outside-sepa': 'Naar dit land kunnen we geen geld overmaken',
    format: 'Deze IBAN is te kort, te lang of heeft een letter op de verkeerde plek',
    checksum: 'In deze IBAN zit een tikfout. Kijk de cijfers na',
  } satisfies Record<IbanRefusal, string>,
}
