/** The secret of a key that was just made, once, with how to use it. */
import type { Permission } from '../../auth/index.ts'
import { type Html, html, nothing } from '../html.ts'
import type { PageContext } from '../page.ts'
import { text } from '../text/index.ts'

export interface ShownSecret {
  readonly name: string
  readonly secret: string
  readonly scopes: readonly Permission[]
  /** A pool that it may read about; null where there is none yet. */
  readonly poolId: string | null
  /** Of a successor: how long the old key still works; null: there is no old one. */
  readonly overlapDays: number | null
  /** Where the service is reached, without a trailing slash. */
  readonly publicUrl: string
}

/** Each scope's address to try, as it is; those of a pool only where there is one. */
const examples = (poolId: string | null): Partial<Record<Permission, string>> => ({
  'ledger.read': '/v1/ledger-accounts',
  'bank.read': '/v1/bank-accounts',
  'findings.read': '/v1/ledger-findings',
  'acts.read': '/v1/acts',
  ...(poolId === null
    ? {}
    : {
        'cycles.read': `/v1/pools/${poolId}/cycles`,
        'enrolments.read': `/v1/pools/${poolId}/enrolments`,
      }),
})

/** `printf` is part of the shell: so the key is neither in its history nor among the arguments of a running program. */
const SENDING = `printf 'Authorization: Bearer %s' "$MEENT_KEY" | curl -H @-`

/** One at a time: whatever is pasted behind `read` in the same go would be taken for the key, and the key for a command. */
export function commands({ scopes, poolId, publicUrl }: ShownSecret) {
  const known = examples(poolId)
  const [path] = scopes.flatMap(scope => known[scope] ?? [])
  const statement = scopes.includes('statements.import')
  const use =
    path || !statement
      ? `${SENDING} ${publicUrl}${path ?? '/v1/pools'}`
      : `${SENDING} -H 'Content-Type: application/xml' --data-binary @camt053.xml ${publicUrl}/v1/bank-statements`
  return { hold: 'read -rs MEENT_KEY', use, forget: 'unset MEENT_KEY', needsFile: !path && statement }
}

export function secretPanel({ locale }: PageContext, made: ShownSecret): Html {
  const t = text(locale).keys
  const { name, secret, overlapDays } = made
  const { hold, use, forget, needsFile } = commands(made)
  const step = (words: string, command: string) =>
    html`<li><p>${words}</p><pre class="terminal"><code>${command}</code></pre></li>`
  return html`<section class="panel" aria-labelledby="secret"><h2 id="secret">${t.secretTitle}</h2>
<p>${t.secretWords}</p>
<p>${t.secret} “${name}”: <code class="secret">${secret}</code></p>
!${overlapDays === null ? nothing : html`<p>${t.overlapWords(overlapDays)}</p>`}
<h3>${t.how}</h3><p>${t.howWords}</p>
<h3>${t.try}</h3><p>${t.tryWords}</p>
<ol class="commands">!${[step(t.hold, hold), step(needsFile ? t.useFile : t.use, use), step(t.forget, forget)]}</ol></section>`
}
