/** Words of the trail about monthly gifts: see ./trail.ts. */
export const monthlyActs: Readonly<
  Record<string, { readonly name: string; readonly says: (who: string) => string }>
> = {
  'monthly-gift.start': { name: 'Monthly gift started', says: who => `${who} started a monthly gift` },
  'monthly-gift.change-amount': {
    name: 'Monthly gift: another amount',
    says: who => `${who} changed the amount of a monthly gift of their own`,
  },
  'monthly-gift.pause': {
    name: 'Monthly gift paused',
    says: who => `${who} paused a monthly gift of their own`,
  },
  'monthly-gift.resume': {
    name: 'Monthly gift resumed',
    says: who => `${who} resumed a monthly gift of their own`,
  },
  'monthly-gift.stop': {
    name: 'Monthly gift stopped',
    says: who => `${who} stopped a monthly gift of their own`,
  },
  'monthly-gift.open-account-page': {
    name: 'Monthly gift: another account',
    says: who => `${who} went to the payment provider to choose another account or card`,
  },
}
