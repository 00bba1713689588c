/**
 * ghtml's tagged template with a type on it. `${value}` is escaped, `!${value}` is not: only what has type `Html`
 * may stand behind an exclamation mark, and only this tag makes `Html`. Booleans do not compile, because
 * they would show as the word "false".
 */
import { html as template } from 'ghtml'

/** Markup that is safe to send: whatever was typed by people in it has been escaped. */
export type Html = string & { readonly markup: true }

type Value = string | number | bigint | null | undefined | readonly Html[]

export const html = template as unknown as (literals: TemplateStringsArray, ...values: Value[]) => Html

export const nothing = html``

/** One after another. ghtml joins arrays by itself; this gives the result its type. */
export const all = (parts: readonly Html[]): Html => html`!${parts}`
