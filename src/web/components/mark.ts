/** The mark: two hills that read as an m, and a coin that rises over them like a sun. */
import { type Html, html } from '../html.ts'

export const mark =
  (): Html => html`<svg class="mark" viewBox="0 0 40 40" width="36" height="36" aria-hidden="true" focusable="false">
<rect class="mark-ground" width="40" height="40" rx="11"/>
<circle class="mark-coin" cx="20" cy="10.5" r="4"/>
<path class="mark-hills" d="M7 33V25.5a6.5 6.5 0 0 1 13 0V33M20 33V25.5a6.5 6.5 0 0 1 13 0V33" fill="none" stroke-width="4.4" stroke-linecap="round"/>
</svg>`
