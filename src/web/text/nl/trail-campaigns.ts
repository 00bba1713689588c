/** Acts about campaigns, as the trail tells them. */
interface Words {
  readonly name: string
  readonly says: (who: string) => string
}

export const campaignActs: Readonly<Record<string, Words>> = {
  'campaign.start': { name: 'Inzamelactie begonnen', says: who => `${who} begon een inzamelactie` },
  'campaign.change': { name: 'Inzamelactie aangepast', says: who => `${who} paste een inzamelactie aan` },
  'campaign.set-picture': {
    name: 'Foto bij een inzamelactie',
    says: who => `${who} zette een foto bij een inzamelactie`,
  },
  'campaign.submit': { name: 'Inzamelactie ingestuurd', says: who => `${who} stuurde een inzamelactie in` },
  'campaign.approve': {
    name: 'Inzamelactie goedgekeurd',
    says: who => `${who} keurde een inzamelactie goed`,
  },
  'campaign.refuse': { name: 'Inzamelactie afgewezen', says: who => `${who} wees een inzamelactie af` },
  'campaign.reach': { name: 'Doel gehaald', says: who => `${who} zag dat een inzamelactie het doel haalde` },
  'campaign.end': {
    name: 'Inzamelactie geëindigd zonder doel',
    says: who => `${who} zag dat een inzamelactie eindigde zonder het doel`,
  },
  'campaign.close': { name: 'Inzamelactie voorbij', says: who => `${who} sloot een inzamelactie af` },
  'campaign.review': {
    name: 'Inzamelactie voor zichzelf nog eens bekeken',
    says: who => `${who} bekeek een inzamelactie voor de starter zelf nog eens`,
  },
  'campaign-update.write': {
    name: 'Bericht bij een inzamelactie',
    says: who => `${who} schreef een bericht bij een inzamelactie`,
  },
  'campaign-update.remove': {
    name: 'Bericht bij een inzamelactie weggehaald',
    says: who => `${who} haalde een bericht bij een inzamelactie weg`,
  },
  'campaign-outcome.decide': {
    name: 'Besloten over geld van een inzamelactie',
    says: who => `${who} besloot over het geld van een inzamelactie`,
  },
  'campaign-outcome.approve': {
    name: 'Besluit over geld van een inzamelactie goedgekeurd',
    says: who => `${who} keurde goed wat er met het geld van een inzamelactie gebeurt`,
  },
  'campaign-outcome.withdraw': {
    name: 'Besluit over geld van een inzamelactie vervallen',
    says: who => `${who} liet een besluit over het geld van een inzamelactie vervallen`,
  },
  'campaign-outcome.move': {
    name: 'Geld van een inzamelactie verhuisd',
    says: who => `${who} verhuisde geld van een inzamelactie naar een andere pot`,
  },
  'campaign-outcome.finish': {
    name: 'Besluit over een inzamelactie uitgevoerd',
    says: who => `${who} voerde een besluit over een inzamelactie helemaal uit`,
  },
}
