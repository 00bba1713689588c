/**
 * Progress to the next full income, drawn as the months of its term: strips of a field, filled from the left.
 * So one sees how many months are covered, not only a share.
 */
import { all, type Html, html } from '../html.ts'

const WIDTH = 480
const HEIGHT = 28
/** More months than this would be slivers; then one strip stands for all. */
const MOST_STRIPS = 36

export interface ProgressParts {
  /** Unique on the page. */
  readonly id: string
  readonly perMille: bigint
  readonly months: number
  readonly title: string
  readonly description: string
}

export function progress({ id, perMille, months, title, description }: ProgressParts): Html {
  const strips = months <= MOST_STRIPS ? months : 1
  return html`<svg class="progress" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-labelledby="${id}-title ${id}-description">
<title id="${id}-title">${title}</title><desc id="${id}-description">${description}</desc>
!${all(Array.from({ length: strips }, (_, index) => strip(index, strips, Number(perMille) / 1000)))}
</svg>`
}

// Geometry, not money: here numbers may have a fraction.
function strip(index: number, strips: number, share: number): Html {
  const step = WIDTH / strips
  const gap = strips === 1 ? 0 : 5
  const [x, width] = [index * step + gap / 2, step - gap]
  const filled = Math.min(1, Math.max(0, share * strips - index))
  const ground = html`<rect class="strip" x="${round(x)}" y="1" width="${round(width)}" height="${HEIGHT - 2}" rx="4"/>`
  if (filled === 0) return ground
  return html`!${ground}<rect class="strip-filled" x="${round(x)}" y="1" width="${round(Math.max(width * filled, 3))}" height="${HEIGHT - 2}" rx="4"/>`
}

const round = (value: number): string => value.toFixed(2)
