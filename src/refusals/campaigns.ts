/** Refusals about campaigns. */
import type { Refusal } from './refusal.ts'

export const ofCampaigns = {
  'too-many-campaigns': {
    status: 409,
    nl: 'Je hebt al vijf inzamelacties die niet zijn goedgekeurd: ga daar eerst mee verder',
    en: 'You have five campaigns already that are not approved: go on with those first',
  },
  'campaign-submitted': {
    status: 409,
    nl: 'Deze inzamelactie is al ingestuurd en verandert niet meer',
    en: 'This campaign has been submitted and no longer changes',
  },
  'one-for-oneself': {
    status: 409,
    nl: 'Je hebt al een inzamelactie voor jezelf: er kan er maar één tegelijk zijn',
    en: 'You have a campaign for yourself already: there can be only one at a time',
  },
  'picture-refused': {
    status: 422,
    nl: 'Deze afbeelding kunnen we niet gebruiken',
    en: 'We cannot use this picture',
  },
  'campaign-is-once': {
    status: 409,
    nl: 'Aan een inzamelactie geef je één keer: ze duurt tot een vaste dag',
    en: 'You give to a campaign once: it lasts until a fixed day',
  },
  'too-many-updates': {
    status: 409,
    nl: 'Je schreef al drie berichten in een dag: wie je inzamelactie volgt, krijgt van elk een e-mail',
    en: 'You wrote three updates in a day already: whoever follows your campaign gets an e-mail of each',
  },
  'campaign-decided': {
    status: 409,
    nl: 'Deze inzamelactie wacht niet op een besluit',
    en: 'This campaign does not wait for a decision',
  },
  'own-campaign': {
    status: 403,
    nl: 'Over je eigen inzamelactie beslist iemand anders',
    en: 'Somebody else decides about your own campaign',
  },
  'campaign-not-running': {
    status: 409,
    nl: 'Deze inzamelactie is nog niet goedgekeurd',
    en: 'This campaign has not been approved yet',
  },
  'update-removed': {
    status: 409,
    nl: 'Dit bericht is al weggehaald',
    en: 'This update has been taken down already',
  },
  'no-review-needed': {
    status: 409,
    nl: 'Deze inzamelactie is niet voor de starter zelf: een controle is niet nodig',
    en: 'This campaign is not for its starter: no review is needed',
  },
  'campaign-reviewed': {
    status: 409,
    nl: 'Deze inzamelactie is al gecontroleerd',
    en: 'This campaign has been reviewed already',
  },
  'reviewer-approved': {
    status: 403,
    nl: 'Wie de inzamelactie goedkeurde of begon, controleert die niet',
    en: 'Whoever approved or started the campaign does not review it',
  },
  'campaign-not-reviewed': {
    status: 409,
    nl: 'Deze pot betaalt iemand die zelf het geld ophaalde: eerst controleert een collega de inzamelactie',
    en: 'This pool pays somebody who raised the money themselves: a colleague reviews the campaign first',
  },
  'campaign-not-ended': {
    status: 409,
    nl: 'Deze inzamelactie is niet geëindigd zonder haar doel',
    en: 'This campaign has not ended without its goal',
  },
  'outcome-open': {
    status: 409,
    nl: 'Over het geld van deze inzamelactie is al besloten',
    en: 'It has been decided already what happens with the money of this campaign',
  },
  'outcome-not-open': {
    status: 409,
    nl: 'Dit kan niet meer: dit besluit is al verder',
    en: 'Too late: this decision has gone on already',
  },
  'campaign-over': {
    status: 409,
    nl: 'Deze inzamelactie is voorbij en neemt geen giften meer aan',
    en: 'This campaign is over and takes no more gifts',
  },
  'transfer-cannot-go-back': {
    status: 409,
    nl: 'Deze inzamelactie geeft giften terug als het doel niet wordt gehaald, en een eigen overschrijving kan niet vanzelf terug: betaal online',
    en: 'This campaign gives gifts back when the goal is not reached, and a transfer cannot go back by itself: pay online',
  },
} as const satisfies Record<string, Refusal>
