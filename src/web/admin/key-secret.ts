/** The secret of a key that was just made, once, with how to use it. */
import type { Permission } from '../../auth/index.ts'
import { type Html, html, nothing } from '../html.ts'
import type { PageContext } from '../page.ts'
import { text } from '../text/index.ts'

export interface ShownSecret {
  readonly name: string
  readonly secret: string
  readonly scopes: readonly Permission[]
  /** Of a successor: how long the old key still works; null: there is no old one. */
  readonly overlapDays: number | null
  /** Where the service is reached, without a trailing slash. */
  readonly publicUrl: string
}

/** One address for each scope that can be tried without knowing any id. */
const examples: Partial<Record<Permission, string>> = {
  'ledger.read': '/v1/ledger-accounts',
  'bank.read': '/v1/bank-accounts',
  'findings.read': '/v1/ledger-findings',
  'acts.read': '/v1/acts',
  'cycles.read': '/v1/pools/…/cycles',
  'enrolments.read': '/v1/pools/…/enrolments',
}

export function secretPanel({ locale }: PageContext, made: ShownSecret): Html {
  const t = text(locale).keys
  const { name, secret, scopes, overlapDays, publicUrl } = made
  const [path] = scopes.flatMap(scope => examples[scope] ?? [])
  const command = path
    ? `read -rs MEENT_KEY\ncurl -H "Authorization: Bearer $MEENT_KEY" ${publicUrl}${path}`
    : `read -rs MEENT_KEY\ncurl -H "Authorization: Bearer $MEENT_KEY" -H "Content-Type: application/xml" --data-binary @camt053.xml ${publicUrl}/v1/bank-statements`
  return html`<section class="panel" aria-labelledby="secret"><h2 id="secret">${t.secretTitle}</h2>
<p>${t.secretWords}</p>
<p>${t.secret} “${name}”: <code class="secret">${secret}</code></p>
!${overlapDays === null ? nothing : html`<p>${t.overlapWords(overlapDays)}</p>`}
<h3>${t.how}</h3><p>${t.howWords}</p>
<pre class="terminal"><code>${command}</code></pre></section>`
}
