/** What somebody needs to tell others: an address, a QR code and a text to copy. */
import { type Html, html } from '../html.ts'
import type { PageContext } from '../page.ts'
import { text } from '../text/index.ts'
import { qrSquares } from './qr.ts'

export interface ShareKit {
  /** Whole. */
  readonly url: string
  /** To send. */
  readonly message: string
}

export function shareKit({ locale }: PageContext, { url, message }: ShareKit): Html {
  const t = text(locale).campaigns.share
  return html`<section class="section share-kit" aria-labelledby="share"><h2 id="share">${t.title}</h2>
<h3>${t.link}</h3><code class="secret">${url}</code>
<h3>${t.message}</h3><blockquote class="share-message">${message}</blockquote>
<h3>${t.qr}</h3><p class="small">${t.qrWords}</p><div class="qr">!${qrSquares(url)}</div></section>`
}
