/** Samples of thank-yous: on a pool's page, the recipient's own in each state, and what staff sees of them. */

import type { OwnThanks, StaffThanks, Thanks } from '../../src/thanks/index.ts'
import { type StaffThanksModel, staffThanksView } from '../../src/web/admin/thanks.ts'
import type { OwnThanksModel } from '../../src/web/recipient/thanks.ts'
import { emptyForm, type Sample, type Typed } from './samples.ts'

const id = (end: string) => `3f0a7c1e-55b0-4cc3-98c4-dc0c0c0b0${end}`
const me = '019a7c1e-55b0-7cc3-98c4-dc0c0c0b0aaa'

export const shownThanks = (typed: Typed): readonly Thanks[] => [
  {
    ...{ id: id('001'), locale: 'nl', month: '2026-11', nickname: typed('Tuinier') },
    text: typed('Ik slaap weer door. Dat klinkt klein, maar het is een ander leven. Dank jullie wel.'),
  },
  {
    ...{ id: id('002'), locale: 'en', month: '2026-10', nickname: null },
    text: typed('Thank you. I said no to a night shift for the first time in years, and made soup instead.'),
  },
  {
    ...{ id: id('003'), locale: 'nl', month: '2026-09', nickname: typed('Klusser') },
    text: typed(
      'Jullie kennen mij niet, en dat hoeft ook niet. Maar ik dacht vanmorgen aan jullie, toen ik de fiets van de buurjongen repareerde en niet op de klok keek. Het is gek hoe veel ruimte er in een hoofd zit als er elke maand iets vast is. Ik ben begonnen met de cursus die ik al vier jaar uitstel, en ik kook weer voor anderen. Aan iedereen die iets gaf, veel of weinig: het komt aan, en het gaat ergens over. Ik hoop dat jullie ook zulke ochtenden hebben. En als het niet zo is, kom dan maar eens een fiets brengen.',
    ).slice(0, 500),
  },
]

export const noThanks = (): OwnThanksModel => ({ thanks: [], mayWrite: 'yes', form: emptyForm })

/** Of every state, the newest first. */
export const ownThanks = (typed: Typed): readonly OwnThanks[] => {
  const [first, second, third] = shownThanks(typed) as [Thanks, Thanks, Thanks]
  return [
    { ...first, state: 'waiting', because: null, lookBy: '2026-11-26' },
    { ...second, state: 'shown', because: null, lookBy: null },
    { ...third, state: 'refused', because: 'personal-data', lookBy: null },
    {
      ...third,
      month: '2026-08',
      state: 'refused',
      because: 'hurtful',
      lookBy: null,
      text: null,
      nickname: null,
    },
    {
      ...third,
      month: '2026-07',
      state: 'taken-away',
      because: null,
      lookBy: null,
      text: null,
      nickname: null,
    },
  ]
}

export const refusedThanks = (): OwnThanksModel => ({
  ...noThanks(),
  form: {
    ...emptyForm,
    values: { text: 'kort', nickname: '<b>' },
    errors: { text: 'Gebruik 10 tot 500 tekens; je hebt er nu 4', nickname: 'Laat de tekens < en > weg' },
  },
})

export const thanksSamples = (typed: Typed): Sample[] => {
  const [first, second, third] = shownThanks(typed) as [Thanks, Thanks, Thanks]
  const seen = (each: Thanks, more: Partial<StaffThanks>): StaffThanks => ({
    ...each,
    ...{ poolId: id('0aa'), state: 'waiting', lookBy: '2026-11-26', helpedBy: null, ...more },
  })
  const model: StaffThanksModel = {
    waiting: [
      seen(first, { lookBy: '2026-11-23' }),
      seen(second, { id: id('004'), helpedBy: me }),
      seen(third, { id: id('005') }),
    ],
    shown: [seen(second, { state: 'shown', lookBy: null })],
    ...{
      hasMore: true,
      poolNames: new Map([[id('0aa'), typed('Groningen')]]),
      today: '2026-11-24',
      viewerId: me,
    },
    form: {
      ...emptyForm,
      errors: { [`reason-${first.id}`]: 'Kies een reden', thanks: 'Over dit bedankje is al beslist' },
    },
  }
  const none = { ...model, waiting: [], shown: [], hasMore: false, form: emptyForm }
  const page = (name: string, role: string, render: Sample['render']): Sample => ({
    ...{ name, path: '/admin/thanks', roles: [role], render },
  })
  return [
    page('admin-thanks', 'operator', each => staffThanksView(each, model)),
    page('admin-thanks-none', 'administrator', each => staffThanksView(each, none)),
  ]
}
