/** Samples of what needs two people. */
import { type Change, kinds, states } from '../../src/changes/index.ts'
import { type ChangesModel, changesView } from '../../src/web/admin/changes.ts'
import { accountView, poolTermsView } from '../../src/web/admin/proposals.ts'
import { emptyForm, type Sample, type Typed } from './samples.ts'

const id = (end: string) => `019a7c1e-55b0-7cc3-98c4-dc0c0c${end}`
const at = (text: string) => new Date(`${text}:00Z`)
const person = id('0000aa')
const pool = id('0000bb')

function changeOf(typed: Typed, kind: Change['kind'], end: string): Change {
  const terms = {
    ...{ name: typed('Groningen'), area: typed('Gemeente Groningen'), monthlyAmount: 100_000 },
    ...{ termMonths: 12, paydayOfMonth: 25, feeBearer: 'pool' as const },
  }
  const contents = {
    'own-iban': {
      from: { iban: 'NL60MEEN0123456789', holder: typed('Stichting Meent') },
      to: { iban: 'NL35MEEN0000000004', holder: typed('Stichting Meent') },
    },
    'pool-terms': {
      from: terms,
      to: { ...terms, name: typed('Stad'), monthlyAmount: 110_000, feeBearer: 'costs' as const },
    },
    'approving-role': {
      ...{ personId: person, role: 'approver', poolId: pool },
      ...{ lastDay: '2026-12-31', standInFor: id('0000ab') },
    } as const,
    'provider-keys': { from: 'ab'.repeat(32), to: 'cd'.repeat(32) },
    'lift-freeze': {},
  }
  return {
    ...{ id: id(end), position: 3n, subjectId: kind === 'pool-terms' ? pool : person },
    ...{ reason: typed('De bank stopt ermee'), state: 'open' as const },
    ...{ proposedBy: person, proposedAt: at('2026-11-20T09:00'), expiresAt: at('2026-12-04T09:00') },
    ...{ decidedBy: null, decidedAt: null, decisionReason: null },
    ...({ kind, content: contents[kind] } as Pick<Change, 'kind' | 'content'>),
  } as Change
}

export function changeSamples(typed: Typed): Sample[] {
  const may = ['decide', 'withdraw', 'look', 'look', 'decide'] as const
  const model: ChangesModel = {
    open: kinds.map((kind, index) => ({
      change: changeOf(typed, kind, `00010${index}`),
      may: may[index] ?? 'look',
      isOwnRole: kind === 'approving-role',
    })),
    decided: states.map((state, index) => ({
      ...changeOf(typed, kinds[index % kinds.length] ?? 'own-iban', `00020${index}`),
      state,
      decidedBy: state === 'expired' ? null : id('0000ab'),
      decidedAt: state === 'expired' ? null : at('2026-11-21T10:00'),
      decisionReason: state === 'rejected' ? typed('Het nummer klopt niet') : null,
    })),
    names: {
      persons: new Map([
        [person, typed('Uitvoerder')],
        [id('0000ab'), typed('Goedkeurder')],
      ]),
      pools: new Map([[pool, typed('Groningen')]]),
      currency: 'EUR',
    },
    before: 12n,
    keys: { accepted: '3f9a 01c2 77be', environment: '81d0 44aa 9e10' },
    mayProposeKeys: true,
    mayProposeLift: true,
    form: emptyForm,
  }
  const refused = {
    ...emptyForm,
    values: { [`reason-${id('000100')}`]: typed('x') },
    errors: {
      change: typed('Over dit voorstel is al besloten'),
      [`reason-${id('000100')}`]: typed('Waarom'),
    },
  }
  const frozen = {
    at: at('2026-11-22T08:00'),
    by: typed('Goedkeurder'),
    reason: typed('Een rekening klopt niet'),
  }
  const staff = ['approver']
  const sample = (name: string, path: string, render: Sample['render']): Sample => ({
    ...{ name, path, roles: staff, render },
  })
  const account = { now: { iban: 'NL60MEEN0123456789', holder: typed('Stichting Meent') }, form: emptyForm }
  const terms = { pool: { slug: 'groningen', name: typed('Groningen') }, wasGivenTo: true, form: emptyForm }
  const wrong = (...names: string[]) => ({
    ...emptyForm,
    values: Object.fromEntries(names.map(name => [name, typed('x')])),
    errors: Object.fromEntries(names.map(name => [name, typed('Vul dit goed in')])),
  })
  const termFields = [
    'terms',
    'name',
    'area',
    'monthlyAmount',
    'termMonths',
    'paydayOfMonth',
    'feeBearer',
    'reason',
  ]
  return [
    sample('changes', '/admin/changes', page => changesView({ ...page, frozen }, model)),
    sample('changes-refused', '/admin/changes', page => changesView(page, { ...model, form: refused })),
    sample('changes-empty', '/admin/changes', page =>
      changesView(page, {
        ...{ ...model, open: [], decided: [], before: null, keys: null },
        ...{ mayProposeKeys: false, mayProposeLift: false },
      }),
    ),
    sample('own-account', '/admin/bank-account', page => accountView(page, account)),
    sample('own-account-refused', '/admin/bank-account', page =>
      accountView(page, { ...account, form: wrong('account', 'iban', 'holder', 'reason') }),
    ),
    sample('pool-terms', '/admin/pools/groningen/terms', page => poolTermsView(page, terms)),
    sample('pool-terms-refused', '/admin/pools/groningen/terms', page =>
      poolTermsView(page, { ...terms, wasGivenTo: false, form: wrong(...termFields) }),
    ),
  ]
}
