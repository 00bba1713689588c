/** The one script of this service, on the two pages that can use a passkey: everything else works without. */
import { type Html, html } from '../html.ts'

export const passkeyScript = (): Html => html`<script src="/assets/passkey.js" defer></script>`
