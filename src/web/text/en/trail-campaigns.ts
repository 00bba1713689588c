/** Acts about campaigns, as the trail tells them. */
interface Words {
  readonly name: string
  readonly says: (who: string) => string
}

export const campaignActs: Readonly<Record<string, Words>> = {
  'campaign.start': { name: 'Campaign started', says: who => `${who} started a campaign` },
  'campaign.change': { name: 'Campaign changed', says: who => `${who} changed a campaign` },
  'campaign.set-picture': {
    name: 'Picture of a campaign',
    says: who => `${who} gave a campaign a picture`,
  },
  'campaign.submit': { name: 'Campaign submitted', says: who => `${who} submitted a campaign` },
  'campaign.approve': { name: 'Campaign approved', says: who => `${who} approved a campaign` },
  'campaign.refuse': { name: 'Campaign refused', says: who => `${who} refused a campaign` },
  'campaign.reach': { name: 'Goal reached', says: who => `${who} saw that a campaign reached its goal` },
  'campaign.end': {
    name: 'Campaign ended without its goal',
    says: who => `${who} saw that a campaign ended without its goal`,
  },
  'campaign.close': { name: 'Campaign over', says: who => `${who} closed a campaign` },
  'campaign.review': {
    name: 'Campaign for oneself reviewed',
    says: who => `${who} looked again at a campaign for its starter`,
  },
  'campaign-update.write': {
    name: 'Update of a campaign',
    says: who => `${who} wrote an update of a campaign`,
  },
  'campaign-update.remove': {
    name: 'Update of a campaign taken down',
    says: who => `${who} took an update of a campaign down`,
  },
  'campaign-outcome.decide': {
    name: 'Money of a campaign decided on',
    says: who => `${who} decided on the money of a campaign`,
  },
  'campaign-outcome.approve': {
    name: 'Decision on the money of a campaign approved',
    says: who => `${who} approved what happens with the money of a campaign`,
  },
  'campaign-outcome.withdraw': {
    name: 'Decision on the money of a campaign called off',
    says: who => `${who} called a decision on the money of a campaign off`,
  },
  'campaign-outcome.move': {
    name: 'Money of a campaign moved on',
    says: who => `${who} moved money of a campaign on to another pool`,
  },
  'campaign-outcome.finish': {
    name: 'Decision on a campaign carried out',
    says: who => `${who} carried a decision on a campaign out in full`,
  },
}
