/** Words of the trail about monthly gifts: see ./trail.ts. */
export const monthlyActs: Readonly<
  Record<string, { readonly name: string; readonly says: (who: string) => string }>
> = {
  'monthly-gift.start': {
    name: 'Maandelijkse donatie begonnen',
    says: who => `${who} begon een maandelijkse donatie`,
  },
  'monthly-gift.change-amount': {
    name: 'Maandelijkse donatie: ander bedrag',
    says: who => `${who} veranderde het bedrag van een eigen maandelijkse donatie`,
  },
  'monthly-gift.pause': {
    name: 'Maandelijkse donatie: pauze',
    says: who => `${who} zette een eigen maandelijkse donatie op pauze`,
  },
  'monthly-gift.resume': {
    name: 'Maandelijkse donatie hervat',
    says: who => `${who} hervatte een eigen maandelijkse donatie`,
  },
  'monthly-gift.stop': {
    name: 'Maandelijkse donatie gestopt',
    says: who => `${who} stopte een eigen maandelijkse donatie`,
  },
  'monthly-gift.open-account-page': {
    name: 'Maandelijkse donatie: andere rekening',
    says: who => `${who} ging naar de betaaldienst om een andere rekening of kaart te kiezen`,
  },
}
