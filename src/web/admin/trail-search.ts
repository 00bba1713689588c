/** The form that searches the trail: what people ask most in sight, the rest under it. */
import type { Locale } from '../../money/index.ts'
import { checkbox, hiddenFields, selectField, textField } from '../components/field.ts'
import { type Html, html, nothing } from '../html.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import type { TrailModel } from './trail.ts'

const rare = ['place', 'sessionId', 'onBehalfOf', 'subjectId'] as const

export function trailSearch(
  page: PageContext,
  { form, actors, actions }: Pick<TrailModel, 'form' | 'actors' | 'actions'>,
): Html {
  const words = text(page.locale).trail
  const { subjectKind } = form.values
  const isOpen = rare.some(name => form.values[name] ?? form.errors[name])
  const people = [{ id: '', name: words.everybody }, ...actors].map(({ id, name }) => ({
    value: id,
    label: name,
  }))
  const number = (name: (typeof rare)[number], label: string, hint: string, maxLength = 100) =>
    textField(form, { name, label, hint, maxLength })
  return html`<form class="donate" method="get" action="${localPath(page, paths.trail)}" aria-labelledby="search" novalidate>
<h2 id="search">${words.search}</h2>
!${subjectKind ? html`<p>${words.only(subjectKind)}</p>!${hiddenFields({ subjectKind })}` : nothing}
<div class="search-fields">
!${selectField(form, { name: 'actorId', label: words.who }, people)}
!${selectField(form, { name: 'action', label: words.what }, actionChoices(actions, page.locale))}
!${textField(form, { name: 'from', label: words.from, type: 'date' })}
!${textField(form, { name: 'until', label: words.until, type: 'date' })}
!${textField(form, { name: 'reason', label: words.reason, maxLength: 100 })}
</div>
!${checkbox(form, { name: 'without', label: words.without, value: 'sign-ins' })}
<details class="search-more"!${isOpen ? html` open` : nothing}><summary>${words.more}</summary><div class="search-fields">
!${number('place', words.place, words.placeHint, 8)}
!${number('sessionId', words.session, words.sessionHint)}
!${number('onBehalfOf', words.forWhom, words.forWhomHint)}
!${number('subjectId', words.subjectId, words.subjectHint)}
</div></details>
<p class="actions"><button class="button" type="submit">${words.search}</button> <a href="${localPath(page, paths.trail)}">${words.clear}</a></p></form>`
}

/** All, then each noun with the actions of it. */
function actionChoices(actions: readonly string[], locale: Locale) {
  const t = text(locale).trail
  const nouns = [...new Set(actions.map(action => action.split('.')[0] ?? ''))]
  return [
    { value: '', label: t.all },
    ...nouns.flatMap(noun => {
      const its = actions.filter(action => action.startsWith(`${noun}.`))
      const each = its.map(value => ({ value, label: t.acts[value]?.name ?? value }))
      return its.length > 1 ? [{ value: noun, label: t.allOf(t.nouns[noun] ?? noun) }, ...each] : each
    }),
  ]
}
