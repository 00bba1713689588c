/** One sentence for each kind of act on the trail. */

import { actsOfDonors } from './donor.ts'
import { monthlyActs } from './monthly-acts.ts'
import { actsOfNews } from './news.ts'
import { campaignActs } from './trail-campaigns.ts'

/** `says`: what happened, with who in front; what it was about follows after a colon. */
interface ActWords {
  readonly name: string
  readonly says: (who: string) => string
}

export const acts: Readonly<Record<string, ActWords>> = {
  'organisation.create': { name: 'Organisatie aangemaakt', says: who => `${who} maakte de organisatie aan` },
  'organisation.record-profile': {
    name: 'Wie erachter staat vastgelegd',
    says: who => `${who} legde vast wie er achter de potten staat`,
  },
  'pool.create': { name: 'Pot gemaakt', says: who => `${who} maakte een pot` },
  'pool.close': { name: 'Pot gesloten', says: who => `${who} sloot een pot` },
  'pool.record-document': {
    name: 'Document van een pot vastgelegd',
    says: who => `${who} legde een document vast van een pot`,
  },
  'donation.start': { name: 'Donatie begonnen', says: who => `${who} begon een donatie` },
  ...monthlyActs,
  ...actsOfDonors,
  ...campaignActs,
  ...actsOfNews,
  'refund.decide': {
    name: 'Terugbetaling beslist',
    says: who => `${who} besliste dat een donatie teruggaat`,
  },
  'refund.approve': {
    name: 'Terugbetaling goedgekeurd',
    says: who => `${who} keurde goed dat een donatie teruggaat`,
  },
  'refund.withdraw': {
    name: 'Terugbetaling vervallen',
    says: who => `${who} liet een terugbetaling vervallen`,
  },
  'enrolment.create': { name: 'Deelname vastgelegd', says: who => `${who} legde een deelname vast` },
  'enrolment.give-sign-in': {
    name: 'Ontvanger kan inloggen',
    says: who => `${who} liet een ontvanger voortaan inloggen`,
  },
  'cycle.plan': { name: 'Uitbetaalronde gepland', says: who => `${who} plande een uitbetaalronde` },
  'cycle.propose': {
    name: 'Uitbetaalronde voorgesteld',
    says: who => `${who} stelde de uitbetaalronde voor`,
  },
  'cycle.approve': {
    name: 'Uitbetaalronde goedgekeurd',
    says: who => `${who} keurde de uitbetaalronde goed`,
  },
  'cycle.approve-retries': {
    name: 'Opnieuw betalen goedgekeurd',
    says: who => `${who} vond het goed dat wat terugkwam, opnieuw wordt betaald`,
  },
  'payment-file.make': { name: 'Betaalbestand gemaakt', says: who => `${who} maakte het betaalbestand` },
  'payment-file.read': {
    name: 'Betaalbestand bekeken (namen en rekeningen)',
    says: who => `${who} bekeek het betaalbestand, met namen en rekeningnummers`,
  },
  'payment-file.hand-over': {
    name: 'Betaalbestand naar de bank',
    says: who => `${who} bracht het betaalbestand naar de bank`,
  },
  'statement.import': { name: 'Bankafschrift ingelezen', says: who => `${who} las een bankafschrift in` },
  'suspense.resolve': {
    name: 'Vraagpost opgelost',
    says: who => `${who} zei waar geld heen moest dat niemand herkende`,
  },
  'account.read': {
    name: 'Rekeningnummer bekeken',
    says: who => `${who} bekeek het hele rekeningnummer van een ontvanger`,
  },
  'email.read': { name: 'E-mailadres bekeken', says: who => `${who} bekeek een e-mailadres` },
  'email.find-taken': {
    name: 'E-mailadres bleek van iemand',
    says: who => `${who} vulde een e-mailadres in dat al van iemand anders is`,
  },
  'session.start': { name: 'Ingelogd', says: who => `${who} logde in` },
  'session.end': { name: 'Uitgelogd', says: who => `${who} logde uit` },
  'session.refuse': {
    name: 'Code uit een e-mail klopte niet',
    says: who => `${who} typte een verkeerde code uit een e-mail`,
  },
  'session.end-all': { name: 'Overal uitgelogd', says: who => `${who} beëindigde sessies` },
  'person.invite': { name: 'Collega uitgenodigd', says: who => `${who} nodigde een collega uit` },
  'person.disable': { name: 'Collega afgesloten', says: who => `${who} sloot een collega af` },
  'role.give': { name: 'Rol gegeven', says: who => `${who} gaf een rol` },
  'role.end': { name: 'Rol gestopt', says: who => `${who} stopte een rol` },
  'representation.start': {
    name: 'Ontvanger helpen: begonnen',
    says: who => `${who} begon een ontvanger te helpen`,
  },
  'representation.end': {
    name: 'Ontvanger helpen: gestopt',
    says: who => `${who} stopte met helpen van een ontvanger`,
  },
  'key.make': {
    name: 'Sleutel voor een programma gemaakt',
    says: who => `${who} maakte een sleutel voor een programma`,
  },
  'key.rotate': {
    name: 'Sleutel voor een programma vervangen',
    says: who => `${who} verving een sleutel voor een programma`,
  },
  'key.end': {
    name: 'Sleutel voor een programma gestopt',
    says: who => `${who} stopte een sleutel voor een programma`,
  },
  'trail.export': {
    name: 'Spoor meegenomen als bestand',
    says: who => `${who} nam het spoor mee als bestand`,
  },
  'change.propose': {
    name: 'Iets voorgesteld waar twee mensen voor nodig zijn',
    says: who => `${who} stelde iets voor waar twee mensen voor nodig zijn`,
  },
  'change.approve': { name: 'Voorstel goedgekeurd', says: who => `${who} keurde een voorstel goed` },
  'change.reject': { name: 'Voorstel afgewezen', says: who => `${who} wees een voorstel af` },
  'change.withdraw': { name: 'Voorstel ingetrokken', says: who => `${who} trok een voorstel in` },
  'bank-account.change': {
    name: 'Eigen bankrekening veranderd',
    says: who => `${who} nam een andere bankrekening van de organisatie in gebruik`,
  },
  'pool.change-terms': {
    name: 'Voorwaarden van een pot veranderd',
    says: who => `${who} veranderde de voorwaarden van een pot`,
  },
  'provider-keys.accept': {
    name: 'Sleutels van de betaaldienst aanvaard',
    says: who => `${who} aanvaardde de sleutels van de betaaldienst`,
  },
  'payments.freeze': { name: 'Uitbetalingen stilgezet', says: who => `${who} zette alle uitbetalingen stil` },
  'payments.lift-freeze': {
    name: 'Uitbetalingen weer vrijgegeven',
    says: who => `${who} liet de uitbetalingen weer doorgaan`,
  },
  'second-factor.show': { name: 'Tweede bewijs getoond', says: who => `${who} liet het tweede bewijs zien` },
  'second-factor.refuse': {
    name: 'Tweede bewijs klopte niet',
    says: who => `${who} liet een tweede bewijs zien dat niet klopte`,
  },
  'second-factor.reset': {
    name: 'Tweede bewijs weggehaald op de server',
    says: who => `${who} haalde het tweede bewijs van iemand weg`,
  },
  'authenticator.add': {
    name: 'Authenticator ingesteld',
    says: who => `${who} stelde een authenticator-app in`,
  },
  'authenticator.remove': {
    name: 'Authenticator weggehaald',
    says: who => `${who} haalde de authenticator-app weg`,
  },
  'recovery-codes.renew': { name: 'Nieuwe herstelcodes', says: who => `${who} maakte nieuwe herstelcodes` },
  'passkey.add': { name: 'Toegangssleutel toegevoegd', says: who => `${who} voegde een toegangssleutel toe` },
  'passkey.remove': {
    name: 'Toegangssleutel weggehaald',
    says: who => `${who} haalde een toegangssleutel weg`,
  },
  'secrets.reseal': {
    name: 'Opnieuw verzegeld',
    says: who => `${who} verzegelde alles opnieuw, onder een nieuw geheim`,
  },
  'archive.remove-expired': {
    name: 'Bewaarde stukken verwijderd',
    says: who => `${who} verwijderde bewaarde stukken waarvan de bewaartijd om was`,
  },
  'wish.write': { name: 'Wens geschreven', says: who => `${who} schreef een wens` },
  'wish.take-away': { name: 'Wens weggehaald', says: who => `${who} haalde de eigen wens weg` },
  'wish.show': { name: 'Wens getoond', says: who => `${who} toonde een wens` },
  'wish.refuse': { name: 'Wens afgewezen', says: who => `${who} wees een wens af` },
  'wish.hide': { name: 'Wens verborgen', says: who => `${who} verborg een wens` },
  'thanks.write': { name: 'Bedankje geschreven', says: who => `${who} schreef een bedankje` },
  'thanks.take-away': { name: 'Bedankje weggehaald', says: who => `${who} haalde een eigen bedankje weg` },
  'thanks.show': { name: 'Bedankje getoond', says: who => `${who} toonde een bedankje` },
  'thanks.refuse': { name: 'Bedankje afgewezen', says: who => `${who} wees een bedankje af` },
  'clock.move': { name: 'Demonstratieklok verzet', says: who => `${who} zette de demonstratieklok vooruit` },
}

/** What all acts of one kind of thing are called together. */
