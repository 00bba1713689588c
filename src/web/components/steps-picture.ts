/** Money's way in four small pictures of one style: a hand gives, the pot fills, a year is set apart, the month arrives. */
import { type Html, html } from '../html.ts'

const frame = (drawing: Html): Html =>
  html`<svg class="step-picture" viewBox="0 0 72 72" width="72" height="72" aria-hidden="true" focusable="false">!${drawing}</svg>`

export const stepPictures: readonly [Html, Html, Html, Html] = [
  frame(
    html`<circle class="coin" cx="36" cy="19" r="9"/><path class="line" d="M10 46c7-7 14-7 20-2l8 1c5 1 5 7 0 7H28M38 49l15-8c5-3 9 3 5 7L43 60c-3 2-7 2-10 1l-23-5"/>`,
  ),
  frame(
    html`<path class="fill" d="M17 42h38v10a8 8 0 0 1-8 8H25a8 8 0 0 1-8-8z"/><path class="line" d="M21 24h30M17 30h38v22a8 8 0 0 1-8 8H25a8 8 0 0 1-8-8V30a6 6 0 0 1 4-6"/><circle class="coin" cx="29" cy="13" r="5"/><circle class="coin" cx="43" cy="16" r="5"/>`,
  ),
  frame(
    html`<path class="line" d="M12 20h48v40H12zM12 31h48M23 13v10M49 13v10"/><path class="fill" d="M18 37h8v7h-8zM32 37h8v7h-8zM46 37h8v7h-8zM18 49h8v7h-8zM32 49h8v7h-8z"/><path class="coin" d="M46 49h8v7h-8z"/>`,
  ),
  frame(
    html`<path class="line" d="M10 35 36 13l26 22M17 30v30h38V30"/><circle class="coin" cx="36" cy="42" r="8"/><path class="line" d="m32 42 3 3 5-6"/>`,
  ),
]
