/** A QR code as squares of an SVG in the page: drawn here, so that what it holds goes to nobody else. */
import QRCode from 'qrcode'
import { type Html, html } from '../html.ts'

/** Light squares around it, without which cameras do not find it. */
const QUIET = 4

/** Squares on a grid, coloured by class. Whoever places it says in words what it is. */
export function qrSquares(content: string): Html {
  const { modules } = QRCode.create(content, { errorCorrectionLevel: 'M' })
  const squares: string[] = []
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1)
      if (modules.get(row, column)) squares.push(`M${column + QUIET} ${row + QUIET}h1v1h-1z`)
  const side = modules.size + 2 * QUIET
  return html`<svg viewBox="0 0 ${side} ${side}" aria-hidden="true" focusable="false"><path d="${squares.join('')}"/></svg>`
}
