/** Which money of a pool is where, as one stacked bar and as the table that says the same in numbers. */
import type { Currency, Locale } from '../../money/index.ts'
import { type Html, html, nothing } from '../html.ts'
import { text } from '../text/index.ts'
import { amountCell, amountText } from './money.ts'
import { table } from './table.ts'

/** In minor units, none below zero. `paid`: settled less returned, since the pool began. */
export interface Whereabouts {
  readonly pending: bigint
  readonly available: bigint
  readonly disputed: bigint
  readonly reserved: bigint
  readonly payable: bigint
  readonly sent: bigint
  readonly paid: bigint
  readonly shortfall: bigint
}

/** In the order in which money passes them. A shortfall is no place: it is money that is missing. */
const places = ['pending', 'disputed', 'available', 'reserved', 'payable', 'sent', 'paid'] as const
type Place = (typeof places)[number]

const WIDTH = 720
const HEIGHT = 40
const GAP = 2

interface Segment {
  readonly place: Place
  readonly amount: bigint
}

export function whereabouts(id: string, model: Whereabouts, currency: Currency, locale: Locale): Html {
  const t = text(locale).whereabouts
  const total = places.reduce((sum, place) => sum + model[place], 0n)
  const segments = places
    .map(place => ({ place, amount: model[place] }))
    .filter(({ place, amount }) => amount > 0n || place !== 'disputed')
  const rows = [
    ...segments,
    ...(model.shortfall > 0n ? [{ place: 'shortfall' as const, amount: -model.shortfall }] : []),
  ]
  const said = segments.map(
    ({ place, amount }) => `${t.places[place]}: ${amountText(amount, currency, locale)}`,
  )
  return html`<div class="whereabouts">
!${total > 0n ? bar(id, segments, total, t.title, said.join('; ')) : nothing}
!${table({
    id: `${id}-table`,
    caption: t.caption,
    columns: [
      {
        heading: t.place,
        cell: row =>
          html`<span class="swatch swatch-${row.place}" aria-hidden="true"></span>${t.places[row.place]}<span class="explain">${t.explained[row.place]}</span>`,
      },
      { heading: t.amount, numeric: true, cell: row => amountCell(row.amount, currency, locale) },
    ],
    rows,
  })}
</div>`
}

function bar(
  id: string,
  segments: readonly Segment[],
  total: bigint,
  title: string,
  description: string,
): Html {
  const visible = segments.filter(({ amount }) => amount > 0n)
  const room = WIDTH - GAP * (visible.length - 1)
  let x = 0
  const rects = visible.map(({ place, amount }) => {
    // Geometry, not money. A sliver stays visible: what is there is never drawn as nothing.
    const width = Math.max(3, (room * Number((amount * 10_000n) / total)) / 10_000)
    const rect = html`<rect class="place-${place}" x="${x.toFixed(1)}" y="0" width="${width.toFixed(1)}" height="${HEIGHT}"/>`
    x += width + GAP
    return rect
  })
  return html`<svg class="stacked" viewBox="0 0 ${Math.ceil(Math.max(x - GAP, 1))} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-labelledby="${id}-title ${id}-description">
<title id="${id}-title">${title}</title><desc id="${id}-description">${description}</desc>
!${rects}</svg>`
}
