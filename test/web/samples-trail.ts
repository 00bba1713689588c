/** Samples of the trail and of keys. */
import { keyScopes } from '../../src/api/keys.ts'
import { keyView } from '../../src/web/admin/key.ts'
import { type KeyRow, keysView } from '../../src/web/admin/keys.ts'
import { type ShownAct, trailView } from '../../src/web/admin/trail.ts'
import { emptyForm, type Sample, type Typed } from './samples.ts'

const at = (text: string) => new Date(`${text}:00Z`)
const id = (end: string) => `019a7c1e-55b0-7cc3-98c4-dc0c0c${end}`

export const trailSamples = (typed: Typed): Sample[] => [...trails(typed), ...keys(typed)]

function trails(typed: Typed): Sample[] {
  const act: ShownAct = {
    id: 1042n,
    at: at('2026-12-18T09:12'),
    action: 'cycle.propose',
    actorKind: 'person',
    name: typed('Uitvoerder'),
    about: typed('Groningen, december 2026'),
    seenAt: { path: '/admin/cycles/1', permission: 'cycles.read' },
    place: 'ab12cd34',
    sessionId: id('00005e'),
    onBehalfOf: null,
    reason: null,
    origin: id('00004e'),
    recordedAt: null,
  }
  const bare = { place: null, sessionId: null, origin: null, seenAt: null }
  const listed: ShownAct[] = [
    { ...act, action: 'payment-file.read' },
    act,
    {
      ...act,
      id: 1041n,
      action: 'key.end',
      about: typed('Boekhouding'),
      reason: typed('Het programma is vervangen'),
      onBehalfOf: id('07398f'),
      recordedAt: at('2026-12-18T10:00'),
    },
    {
      ...act,
      ...bare,
      id: 1040n,
      action: 'statement.import',
      actorKind: 'key',
      name: typed('Boekhouding'),
      about: typed('2026-11-23'),
    },
    { ...act, ...bare, id: 1039n, action: 'cycle.plan', actorKind: 'system', name: null },
    {
      ...act,
      id: 1038n,
      action: 'donation.start',
      actorKind: 'public',
      name: null,
      about: '',
      sessionId: null,
    },
    { ...act, id: 1037n, action: 'made-up.act', name: null, about: typed('made-up x') },
  ]
  const acts = listed.map((each, index) => ({ ...each, id: BigInt(1050 - index) }))
  const model = {
    acts,
    older: '/admin/trail?before=1038',
    isNewest: true,
    form: emptyForm,
    actors: [{ id: id('000001'), name: typed('Uitvoerder') }],
    actions: ['cycle.approve', 'cycle.propose', 'made-up.act', 'session.start'],
    exportQuery: 'action=cycle',
  }
  const values = {
    actorId: id('000001'),
    action: 'cycle',
    from: typed('gisteren'),
    place: typed('hier'),
    subjectId: typed('x'),
    reason: typed('r'),
    without: 'sign-ins',
    subjectKind: typed('cycle'),
    sessionId: typed('s'),
    onBehalfOf: typed('o'),
  }
  const errors = { from: typed('Kies een dag'), place: typed('Een plek heeft acht tekens'), subjectId: 'x' }
  const sample = (name: string, more: Partial<typeof model> | object = {}): Sample => ({
    name,
    path: '/admin/trail',
    roles: ['auditor'],
    render: page => trailView(page, { ...model, ...more }),
  })
  return [
    sample('trail'),
    sample('trail-older', { isNewest: false, older: null }),
    sample('trail-refused', {
      acts: [],
      older: null,
      form: { ...emptyForm, values, errors },
      exportQuery: null,
    }),
  ]
}

function keys(typed: Typed): Sample[] {
  const key: KeyRow = {
    id: id('00000e'),
    name: typed('Boekhouding'),
    start: 'meent_x7Qf',
    scopes: ['bank.read', 'statements.import'],
    poolName: null,
    makerName: typed('Beheerder'),
    createdAt: at('2026-11-01T09:00'),
    expiresAt: at('2027-01-30T09:00'),
    usedAt: at('2026-11-23T12:00'),
    endedAt: null,
    replaces: null,
    state: 'good',
    makerStillMay: true,
  }
  const made = {
    name: typed('Boekhouding'),
    secret: 'meent_0123456789abcdefghijklmnopqrstuvABCDEF',
    scopes: ['bank.read'] as const,
    poolId: null,
    overlapDays: null,
    publicUrl: 'https://meent.example',
  }
  const form = { ...emptyForm, values: { days: '90', overlapDays: '7' } }
  const wrong = {
    ...form,
    errors: { name: 'n', scopes: typed('Kies wat de sleutel mag'), days: 'd', poolId: 'p' },
  }
  const list = {
    keys: [
      key,
      {
        ...key,
        id: id('00000d'),
        state: 'ended' as const,
        endedAt: at('2026-11-20T09:00'),
        poolName: typed('Groningen'),
      },
      { ...key, id: id('00000c'), state: 'maker-left' as const, usedAt: null },
      { ...key, id: id('00000b'), state: 'expired' as const },
    ],
    scopes: keyScopes,
    pools: [{ id: id('000010'), name: typed('Groningen') }],
    mayManage: true,
    form,
    made: null,
  }
  const one = { key, mayManage: true, form, made: null }
  const roles = ['administrator']
  const keyWrong = {
    ...form,
    errors: { key: typed('Deze sleutel werkt al niet meer'), overlapDays: 'o', days: 'd', reason: 'r' },
  }
  return [
    { name: 'keys', path: '/admin/keys', roles, render: page => keysView(page, list) },
    { name: 'keys-made', path: '/admin/keys', roles, render: page => keysView(page, { ...list, made }) },
    {
      name: 'keys-refused',
      path: '/admin/keys',
      roles,
      render: page => keysView(page, { ...list, form: wrong }),
    },
    {
      name: 'keys-looking',
      path: '/admin/keys',
      roles: ['auditor'],
      render: page => keysView(page, { ...list, keys: [], mayManage: false, scopes: [] }),
    },
    {
      name: 'keys-nothing-to-give',
      path: '/admin/keys',
      roles,
      render: page => keysView(page, { ...list, keys: [], scopes: [] }),
    },
    { name: 'key', path: '/admin/keys/1', roles, render: page => keyView(page, one) },
    {
      name: 'key-rotated',
      path: '/admin/keys/1',
      roles,
      render: page =>
        keyView(page, {
          ...one,
          key: { ...key, replaces: id('00000d'), makerStillMay: false },
          made: { ...made, scopes: ['statements.import'], overlapDays: 7 },
        }),
    },
    {
      name: 'key-refused',
      path: '/admin/keys/1',
      roles,
      render: page => keyView(page, { ...one, form: keyWrong }),
    },
    {
      name: 'key-ended',
      path: '/admin/keys/1',
      roles: ['auditor'],
      render: page =>
        keyView(page, {
          ...one,
          key: { ...key, state: 'ended', endedAt: at('2026-11-20T09:00') },
          mayManage: false,
        }),
    },
  ]
}
