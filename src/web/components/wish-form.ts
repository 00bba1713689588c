/** The form with which anybody writes a wish. */
import { LONGEST_NICKNAME } from '../../platform/plain-words.ts'
import { LOOK_WITHIN_DAYS } from '../../platform/promise.ts'
import { LONGEST_WISH, SHORTEST_WISH } from '../../wishes/index.ts'
import { type Html, html } from '../html.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import { type FormState, hiddenFields, selectField, textArea, textField } from './field.ts'

/** `pools`: those that take gifts. Fields: text, nickname, poolId. */
export function wishForm(
  page: PageContext,
  pools: readonly { readonly id: string; readonly name: string }[],
  form: FormState,
): Html {
  const t = text(page.locale)
  const { form: words } = t.wishes
  const choices = [
    { value: '', label: words.noPool },
    ...pools.map(({ id, name }) => ({ value: id, label: name })),
  ]
  const wish = {
    name: 'text',
    label: words.text,
    hint: words.textHint(SHORTEST_WISH, LONGEST_WISH),
    maxLength: 600,
  }
  return html`<form class="donate" method="post" action="${localPath(page, paths.wishes())}" id="write" aria-labelledby="write-title" novalidate>
<h2 id="write-title">${words.title}</h2>
!${hiddenFields({ idempotencyKey: form.formKey })}
!${textArea(form, wish, 4)}
!${textField(form, { name: 'nickname', label: words.nickname, hint: words.nicknameHint, optional: t.forms.optional, autocomplete: 'nickname', maxLength: LONGEST_NICKNAME })}
!${selectField(form, { name: 'poolId', label: words.pool }, choices)}
<button class="button button-wide" type="submit">${words.submit}</button>
<p class="small">${words.next(LOOK_WITHIN_DAYS)}</p>
</form>`
}
