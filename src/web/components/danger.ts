/** What cannot simply be done again: a button that looks like no other, and a step before it where no reason is asked. */
import { type Html, html, nothing } from '../html.ts'

export const dangerButton = (words: string, wide = false): Html =>
  html`<button class="button button-danger!${wide ? html` button-wide` : nothing}" type="submit">${words}</button>`

/** Opens without a script, and says what will happen above the button that does it. `label`: of what it is about. */
export function afterAsking(
  path: string,
  {
    ask,
    label,
    words,
    submit,
    fields = nothing,
    isOpen = false,
  }: {
    readonly ask: string
    readonly label: string
    readonly words: string
    readonly submit: string
    /** What is asked with it: why. */
    readonly fields?: Html
    /** After a refusal. */
    readonly isOpen?: boolean
  },
): Html {
  return html`<details class="asks"!${isOpen ? html` open` : nothing}><summary aria-label="${label}">${ask}</summary>
<form method="post" action="${path}" novalidate><p>${words}</p>!${fields}!${dangerButton(submit)}</form></details>`
}
