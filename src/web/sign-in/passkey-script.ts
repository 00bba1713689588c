/** The script for passkeys, on the two pages that can use one: everything else works without. */
import { type Html, html } from '../html.ts'

export const passkeyScript = (): Html => html`<script src="/assets/passkey.js" defer></script>`
