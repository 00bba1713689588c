/** Samples of people and roles, the table of permissions, an enrolment for staff, and an account in clear. */
import { accountReadingView } from '../../src/web/admin/account-reading.ts'
import { type EnrolmentModel, enrolmentView } from '../../src/web/admin/enrolment.ts'
import { type PeopleModel, peopleView } from '../../src/web/admin/people.ts'
import { permissionsView } from '../../src/web/admin/permissions.ts'
import { type PersonModel, personView } from '../../src/web/admin/person.ts'
import type { PageContext } from '../../src/web/page.ts'
import { emptyForm, type Sample, type Typed } from './samples.ts'

const id = (end: string) => `019a7c1e-55b0-7cc3-98c4-dc0c0c${end}`
const administrator = ['administrator']

export function peopleSamples(typed: Typed): Sample[] {
  const pools = [{ id: id('0000a1'), name: typed('Groningen') }]
  const people: PeopleModel['people'] = [
    {
      id: id('0000b1'),
      name: typed('Penningmeester'),
      locale: 'nl',
      lastSignedInOn: '2026-11-23',
      secondFactor: true,
      roles: [
        { id: id('0000c1'), role: 'treasurer', poolId: null, lastDay: null, standInFor: null },
        {
          id: id('0000c2'),
          role: 'operator',
          poolId: id('0000a1'),
          lastDay: '2026-12-04',
          standInFor: id('0000b2'),
        },
      ],
    },
    {
      id: id('0000b2'),
      name: typed('Uitvoerder'),
      locale: 'en',
      lastSignedInOn: null,
      secondFactor: false,
      roles: [],
    },
  ]
  const [first, second] = people
  if (!first || !second) return []
  const peopleModel: PeopleModel = { people, pools, mayManage: true, mayPropose: true, form: emptyForm }
  const person: PersonModel = {
    person: first,
    others: [second],
    pools,
    mayManage: true,
    isSelf: false,
    mayPropose: true,
    waiting: null,
    form: emptyForm,
  }
  const enrolment: EnrolmentModel = {
    pool: { slug: 'groningen', name: typed('Groningen') },
    enrolment: { id: id('0000d1'), firstMonth: '2026-10', lastMonth: '2027-09' },
    ibanMasked: '•••• •••• 0004',
    hasSignIn: true,
    mayHelp: true,
    mayGiveSignIn: true,
    mayReadAccount: true,
    form: emptyForm,
  }
  const wrong = (field: string, value = '') => ({
    ...emptyForm,
    values: { [field]: typed(value) },
    errors: { [field]: typed('Dit klopt niet') },
  })
  const helping = (page: PageContext) => ({
    ...page,
    person: page.person && { ...page.person, helping: true },
  })
  const sample = (name: string, path: string, render: Sample['render'], roles = administrator): Sample => ({
    name,
    path,
    roles,
    render,
  })
  return [
    sample('people', '/admin/people', page => peopleView(page, peopleModel)),
    sample('people, refused', '/admin/people', page =>
      peopleView(page, { ...peopleModel, form: wrong('email', 'geen adres') }),
    ),
    sample('people, for an auditor', '/admin/people', page =>
      peopleView(page, { ...peopleModel, mayManage: false }),
    ),
    sample('person', '/admin/people/1', page => personView(page, person)),
    sample('person, refused', '/admin/people/1', page =>
      personView(page, { ...person, form: wrong('roles') }),
    ),
    sample('person, with address', '/admin/people/1', page =>
      personView(page, { ...person, email: typed('penningmeester@meent.example') }),
    ),
    sample('person, proposed', '/admin/people/1', page =>
      personView(page, { ...person, waiting: typed('Penningmeester wordt goedkeurder') }),
    ),
    sample('person, proposal refused', '/admin/people/1', page =>
      personView(page, { ...person, form: wrong('proposedReason') }),
    ),
    sample('person, oneself', '/admin/people/1', page =>
      personView(page, { ...person, isSelf: true, email: null }),
    ),
    sample('permissions', '/admin/permissions', permissionsView),
    sample('enrolment', '/admin/enrolments/1', page => enrolmentView(page, enrolment), ['operator']),
    sample(
      'enrolment, helping',
      '/admin/enrolments/1',
      page => enrolmentView(helping(page), { ...enrolment, mayHelp: false, form: wrong('email') }),
      ['operator'],
    ),
    sample(
      'account reading',
      '/admin/enrolments/1/account-readings',
      page => accountReadingView(page, { enrolmentId: id('0000d1'), account: null, form: wrong('reason') }),
      ['operator'],
    ),
    sample(
      'account reading, shown',
      '/admin/enrolments/1/account-readings',
      page =>
        accountReadingView(page, {
          enrolmentId: id('0000d1'),
          account: { name: typed('Ontvanger'), iban: 'NL35MEEN0000000004' },
          form: emptyForm,
        }),
      ['operator'],
    ),
  ]
}
