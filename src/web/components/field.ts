/** Form fields: label, hint and error tied to the control, and the summary of errors that stands on top. */
import { all, type Html, html, nothing } from '../html.ts'
import type { Text } from '../text/index.ts'

/** What was typed and what was wrong with it, by field name; shown again after a refusal. */
export interface FormState {
  readonly values: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, string>>
  /** Makes the form's request unique: the same form sent twice does one thing. */
  readonly formKey: string
}

export interface Field {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly optional?: string
  readonly type?: 'text' | 'date' | 'email'
  readonly inputMode?: 'text' | 'decimal' | 'email' | 'numeric'
  readonly autocomplete?: string
  readonly maxLength?: number
  readonly width?: 'short' | 'medium' | 'full'
}

export const fieldId = (name: string): string => `field-${name}`

export function textField(form: FormState, field: Field): Html {
  const {
    name,
    type = 'text',
    inputMode = 'text',
    autocomplete = 'off',
    maxLength = 200,
    width = 'full',
  } = field
  return wrapped(
    form,
    field,
    html`<input class="width-${width}" id="${fieldId(name)}" name="${name}" type="${type}" inputmode="${inputMode}" autocomplete="${autocomplete}" maxlength="${maxLength}" value="${form.values[name] ?? ''}"!${described(form, field)}>`,
  )
}

export function textArea(form: FormState, field: Field, rows: number): Html {
  const { name, maxLength } = field
  // A line break right after <textarea> is swallowed by browsers, so what was typed comes back whole.
  return wrapped(
    form,
    field,
    html`<textarea id="${fieldId(name)}" name="${name}" rows="${rows}" spellcheck="${maxLength ? 'true' : 'false'}"!${maxLength ? html` maxlength="${maxLength}"` : nothing}!${described(form, field)}>
${form.values[name] ?? ''}</textarea>`,
  )
}

export function selectField(
  form: FormState,
  field: Field,
  options: readonly { value: string; label: string }[],
): Html {
  const chosen = form.values[field.name]
  const items = options.map(
    ({ value, label }) =>
      html`<option value="${value}"!${value === chosen ? html` selected` : nothing}>${label}</option>`,
  )
  return wrapped(
    form,
    field,
    html`<select id="${fieldId(field.name)}" name="${field.name}"!${described(form, field)}>!${items}</select>`,
  )
}

export function checkbox(form: FormState, field: Pick<Field, 'name' | 'label'> & { value?: string }): Html {
  const { name, label, value = 'yes' } = field
  const checked = form.values[name] ? html` checked` : nothing
  return html`<div class="field!${form.errors[name] ? html` field-wrong` : nothing}">!${errorOf(form, name)}
<div class="choice"><input type="checkbox" id="${fieldId(name)}" name="${name}" value="${value}"!${checked}!${described(form, field)}><label for="${fieldId(name)}">${label}</label></div></div>`
}

function wrapped(form: FormState, { name, label, hint, optional }: Field, control: Html): Html {
  return html`<div class="field!${form.errors[name] ? html` field-wrong` : nothing}">
<label for="${fieldId(name)}">${label}!${optional ? html` <span class="optional">${optional}</span>` : nothing}</label>
!${hint ? html`<p class="hint" id="${fieldId(name)}-hint">${hint}</p>` : nothing}
!${errorOf(form, name)}
!${control}
</div>`
}

/** A refusal is a title in the API, and a sentence on a page. */
const ended = (words: string): string => (/[.?!…]$/.test(words) ? words : `${words}.`)

export const errorOf = ({ errors }: FormState, name: string): Html =>
  errors[name] ? html`<p class="error" id="${fieldId(name)}-error">${ended(errors[name])}</p>` : nothing

/** The attributes that tie a control to its hint and its error. */
export function described({ errors }: FormState, { name, hint }: Pick<Field, 'name' | 'hint'>): Html {
  const ids = [
    ...(hint ? [`${fieldId(name)}-hint`] : []),
    ...(errors[name] ? [`${fieldId(name)}-error`] : []),
  ]
  const invalid = errors[name] ? html` aria-invalid="true"` : nothing
  return ids.length === 0 ? invalid : html` aria-describedby="${ids.join(' ')}"!${invalid}`
}

/** On top of the page. `places`: the id to go to for an error that belongs to no control. */
export function errorSummary(
  t: Text,
  { errors }: Pick<FormState, 'errors'>,
  places: Readonly<Record<string, string>> = {},
): Html {
  const wrong = Object.entries(errors)
  if (wrong.length === 0) return nothing
  return html`<div class="error-summary" role="alert" tabindex="-1" autofocus aria-labelledby="error-summary-title">
<h2 id="error-summary-title">${t.forms.errorSummary}</h2>
<ul>!${wrong.map(([name, words]) => html`<li><a href="#${places[name] ?? fieldId(name)}">${ended(words)}</a></li>`)}</ul></div>`
}

export const hiddenFields = (values: Readonly<Record<string, string>>): Html =>
  all(
    Object.entries(values).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
    ),
  )
