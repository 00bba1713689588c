/** A change as a sentence and as rows: what it is now beside what it becomes. */
import type { Change, Contents } from '../../changes/index.ts'
import type { Currency, Locale } from '../../money/index.ts'
import { shortFingerprint } from '../../organisations/index.ts'
import type { PoolTerms } from '../../pools/index.ts'
import { termNames } from '../../pools/index.ts'
import { type Html, html, nothing } from '../html.ts'
import { text } from '../text/index.ts'
import { dayText } from './date.ts'
import { amountText } from './money.ts'
import { table } from './table.ts'

/** What the ids in a change are called. */
export interface ChangeNames {
  readonly persons: ReadonlyMap<string, string>
  readonly pools: ReadonlyMap<string, string>
  readonly currency: Currency
}

const grouped = (iban: string) => iban.replace(/.{4}(?=.)/g, '$& ')
const nameOf = (names: ReadonlyMap<string, string>, id: string) => names.get(id) ?? id.slice(-6)

export function changeSentence(change: Change, names: ChangeNames, locale: Locale): string {
  const t = text(locale).changes.sentences
  switch (change.kind) {
    case 'own-iban':
      return t.account(grouped(change.content.from.iban), grouped(change.content.to.iban))
    case 'pool-terms':
      return t.terms(nameOf(names.pools, change.subjectId))
    case 'approving-role':
      return roleSentence(change.content, names, locale)
    case 'provider-keys':
      return t.keys
    case 'lift-freeze':
      return t.lift
  }
}

function roleSentence(content: Contents['approving-role'], names: ChangeNames, locale: Locale): string {
  const words = text(locale)
  const t = words.changes.sentences
  const { personId, role, poolId, lastDay, standInFor } = content
  const where = poolId === null ? t.wholeOrganisation : t.ofPool(nameOf(names.pools, poolId))
  const until = lastDay === null ? '' : t.until(dayText(lastDay, locale))
  const said = t.role(nameOf(names.persons, personId), words.roles[role], where, until)
  return standInFor === null ? said : `${said} ${t.standIn(nameOf(names.persons, standInFor))}`
}

interface Row {
  readonly what: string
  readonly now: string
  readonly becomes: string
}

export function changeRows(change: Change, names: ChangeNames, locale: Locale): Html {
  const t = text(locale).changes
  const rows = rowsOf(change, names, locale)
  if (rows.length === 0) return nothing
  return table<Row>({
    id: `change-${change.id}-rows`,
    caption: `${t.whatCaption}: ${changeSentence(change, names, locale)}`,
    captionHidden: true,
    rows,
    columns: [
      { heading: t.what, cell: row => html`${row.what}` },
      { heading: t.now, cell: row => html`${row.now}` },
      { heading: t.becomes, cell: row => html`<strong>${row.becomes}</strong>` },
    ],
  })
}

function rowsOf(change: Change, { currency }: ChangeNames, locale: Locale): Row[] {
  const t = text(locale).changes
  if (change.kind === 'own-iban') {
    const { from, to } = change.content
    return [
      { what: t.iban, now: grouped(from.iban), becomes: grouped(to.iban) },
      { what: t.holder, now: from.holder, becomes: to.holder },
    ].filter(({ now, becomes }) => now !== becomes)
  }
  if (change.kind === 'pool-terms') return termRows(change.content.from, change.content.to, currency, locale)
  if (change.kind !== 'provider-keys') return []
  const { from, to } = change.content
  return [
    { what: t.fingerprint, now: from ? shortFingerprint(from) : t.noKeys, becomes: shortFingerprint(to) },
  ]
}

/** Only the terms that differ. */
export function termRows(from: PoolTerms, to: PoolTerms, currency: Currency, locale: Locale): Row[] {
  const words = text(locale)
  const show = (terms: PoolTerms): Readonly<Record<keyof PoolTerms, string>> => ({
    name: terms.name,
    area: terms.area,
    monthlyAmount: amountText(BigInt(terms.monthlyAmount), currency, locale),
    termMonths: words.pool.months(terms.termMonths),
    paydayOfMonth: words.pool.facts.paydayOf(terms.paydayOfMonth),
    feeBearer: words.pool.facts.feeBearers[terms.feeBearer],
  })
  const [now, becomes] = [show(from), show(to)]
  return termNames
    .filter(name => from[name] !== to[name])
    .map(name => ({ what: words.changes.terms[name], now: now[name], becomes: becomes[name] }))
}
