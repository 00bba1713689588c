/** Refusals about people, their roles, whom they help, and keys of programs. */
import type { Refusal } from './refusal.ts'

export const ofPeople = {
  'own-role': {
    status: 409,
    nl: 'Over je eigen rol beslissen twee anderen',
    en: 'Two others decide on your own role',
  },
  'role-exists': {
    status: 409,
    nl: 'Deze persoon heeft deze rol al',
    en: 'This person has this role already',
  },
  'not-yourself': {
    status: 409,
    nl: 'Dit doe je niet bij jezelf: vraag een collega',
    en: 'This is not done to oneself: ask a colleague',
  },
  'needs-two-people': {
    status: 409,
    nl: 'Een rol die goedkeurt geef je met twee mensen',
    en: 'A role that approves is given by two people',
  },
  'role-held': { status: 409, nl: 'Deze persoon heeft die rol al', en: 'This person has that role already' },
  'role-ended': { status: 409, nl: 'Deze rol is al gestopt', en: 'This role has ended already' },
  'last-administrator': {
    status: 409,
    nl: 'Dit is de laatste beheerder: zonder beheerder kan niemand meer een rol geven',
    en: 'This is the last administrator: without one nobody can give a role any more',
  },
  'enough-approvers': {
    status: 409,
    nl: 'Twee mensen kunnen al goedkeuren: nieuwe rollen geven zij samen',
    en: 'Two people can approve already: they give new roles together',
  },
  'email-taken': {
    status: 409,
    nl: 'Dit e-mailadres is al van iemand anders',
    en: 'This e-mail address is somebody else’s already',
  },
  'already-helping': {
    status: 409,
    nl: 'Je helpt al iemand: stop daar eerst mee',
    en: 'You are helping somebody already: stop that first',
  },
  'key-too-wide': {
    status: 403,
    nl: 'Een sleutel voor een programma mag nooit meer dan jij zelf mag',
    en: 'A key may never do more than you may yourself',
  },
  'key-ended': {
    status: 409,
    nl: 'Deze sleutel voor een programma werkt al niet meer',
    en: 'This key has ended already',
  },
  'key-rotated': {
    status: 409,
    nl: 'Deze sleutel voor een programma heeft al een opvolger',
    en: 'This key has a successor already',
  },
} as const satisfies Record<string, Refusal>
