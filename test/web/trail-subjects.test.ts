// Whatever an act was done to is said in words, and leads to its page where the reader may look there.

import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import type { RecordedAct } from '../../src/acts/index.ts'
import { kinds } from '../../src/changes/index.ts'
import { trailView } from '../../src/web/admin/trail.ts'
import { aboutOf, type Names, placeOf, subjectKinds } from '../../src/web/admin/trail-subject.ts'
import { text } from '../../src/web/text/index.ts'
import { emptyForm, pageOf } from './samples.ts'

const ID = '019a7c1e-55b0-7cc3-98c4-dc0c0c00a1b2'
const OTHER = '019a7c1e-55b0-7cc3-98c4-dc0c0c00c3d4'
const locales = ['nl', 'en'] as const
const none: Names = {
  ...{ people: new Map(), pools: new Map(), slugs: new Map() },
  ...{ cycles: new Map(), statements: new Map(), changes: new Map() },
  colleagues: new Set(),
}
const act = (more: Partial<RecordedAct>): RecordedAct => ({
  ...{ id: 1n, at: new Date(0), recordedAt: new Date(0), actorKind: 'person', actorId: null },
  ...{ action: 'change.propose', subjectKind: 'change', subjectId: ID, origin: null, place: null },
  ...{ sessionId: null, onBehalfOf: null, reason: null, detail: {} },
  ...more,
})

t.test('every kind of subject that the sources write down is known here', async t => {
  const root = new URL('../../src/', import.meta.url)
  const written = new Set(
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter(path => path.endsWith('.ts') && !path.startsWith('web'))
      .flatMap(path => [
        ...readFileSync(new URL(path, root), 'utf8').matchAll(
          /(?:subject(?: =|:)|byItself\('[\w.-]+',) \{ kind: '([\w-]+)'/g,
        ),
      ])
      .map(([, kind = '']) => kind),
  )
  t.strictSame([...written].sort(), [...subjectKinds].sort())
})

t.test('never by its bare number: a name, or what it is with the end of its number', async t => {
  for (const locale of locales)
    for (const subjectKind of subjectKinds) {
      const about = aboutOf(act({ subjectKind }), none, locale)
      t.notMatch(about, ID, `${locale}: ${subjectKind}`)
      t.notMatch(about, new RegExp(`^${text(locale).trail.subjects.other} `), `${subjectKind} has a word`)
    }
})

t.test('a proposal is called by what it proposes, and of whom or which pool', async t => {
  for (const locale of locales)
    for (const kind of kinds) {
      const proposal = act({ detail: { kind, subjectId: OTHER } })
      const word = text(locale).changes.kinds[kind]
      t.equal(aboutOf(proposal, none, locale), word)
      t.equal(
        aboutOf(proposal, { ...none, pools: new Map([[OTHER, 'Groningen']]) }, locale),
        `${word}, Groningen`,
      )
    }
})

t.test('the link goes to what it is about, for whoever may look there', async t => {
  const names: Names = {
    ...{ ...none, changes: new Map([[ID, 7n]]), colleagues: new Set([ID]) },
    ...{ cycles: new Map([[OTHER, { cycleId: OTHER, poolId: ID, month: '2026-12' }]]) },
  }
  const path = (more: Partial<RecordedAct>) => placeOf(act(more), names)?.path
  t.equal(path({}), `/admin/changes?before=8#change-${ID}`)
  const effect = { subjectKind: 'bank-account', subjectId: OTHER, detail: { changeId: ID } }
  t.equal(path(effect), `/admin/changes?before=8#change-${ID}`, 'what two people did')
  t.equal(path({ subjectKind: 'freeze' }), '/admin/changes')
  t.equal(path({ subjectKind: 'person' }), `/admin/people/${ID}`)
  t.equal(path({ subjectKind: 'person', subjectId: 'x' }), undefined, 'a recipient has no page of colleagues')
  const shown = { ...act({ subjectKind: 'person' }), name: 'x', about: 'Uitvoerder', recordedAt: null }
  const seenAt = { path: `/admin/people/${ID}`, permission: 'people.read' } as const
  const model = {
    ...{ acts: [{ ...shown, seenAt }], older: null, isNewest: true, form: emptyForm },
    ...{ actors: [], actions: [], exportQuery: null },
  }
  const page = (role: string) =>
    String(
      trailView(
        pageOf(
          { name: 'trail', path: '/admin/trail', roles: [role], render: () => trailView as never },
          'nl',
          x => x,
        ),
        model,
      ),
    )
  t.match(page('auditor'), `href="/admin/people/${ID}"`)
  t.notMatch(page('treasurer'), `href="/admin/people/${ID}"`, 'who reads the trail and not the people')
})
