/** A question with a few answers: radio buttons under one legend, large enough for a thumb. */
import { type Html, html, nothing } from '../html.ts'
import { errorOf, type FormState, fieldId } from './field.ts'

export interface Choice {
  readonly value: string
  readonly label: string
  readonly words?: string
}

interface Question {
  readonly name: string
  readonly legend: string
  readonly choices: readonly Choice[]
  /** '' when none is. */
  readonly chosen: string
  readonly layout?: 'tiles' | 'list'
}

/** The first button has the field's id, so that the summary of errors leads to it. */
export function describedChoice(
  form: FormState,
  { name, legend, choices, chosen, layout = 'tiles' }: Question,
): Html {
  const wrong = form.errors[name] ? html` aria-describedby="${fieldId(name)}-error"` : nothing
  return html`<fieldset class="field!${form.errors[name] ? html` field-wrong` : nothing}"!${wrong}><legend>${legend}</legend>
!${errorOf(form, name)}
<div class="${layout}">!${choices.map((choice, index) => radio(name, choice, index, choice.value === chosen))}</div></fieldset>`
}

function radio(name: string, { value, label, words }: Choice, index: number, checked: boolean): Html {
  const id = index === 0 ? fieldId(name) : `${fieldId(name)}-${index}`
  return html`<div class="choice"><input type="radio" id="${id}" name="${name}" value="${value}"!${checked ? html` checked` : nothing}>
<label for="${id}">${label}!${words ? html`<span class="explain">${words}</span>` : nothing}</label></div>`
}
