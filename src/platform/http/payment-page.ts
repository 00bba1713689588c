/**
 * The one address outside of this site that a donor is sent to. The provider says which page, but not on which site: whoever
 * stood between us could otherwise send donors anywhere.
 */

/** Where the provider's payment pages are; the content security policy lets forms lead there and nowhere else. */
export const PAYMENT_ORIGIN = 'https://checkout.stripe.com'
/** Where a donor chooses another account or card. */
export const ACCOUNT_ORIGIN = 'https://billing.stripe.com'

type Mode = 'real' | 'demonstration'

/** The demonstration's payment page is ours, by whichever of its names the service was reached. */
export const formTargets: Readonly<Record<Mode, string>> = {
  real: `${PAYMENT_ORIGIN} ${ACCOUNT_ORIGIN}`,
  demonstration: `${PAYMENT_ORIGIN} ${ACCOUNT_ORIGIN} http://127.0.0.1:* http://localhost:*`,
}

export const isPaymentPage = (url: string, mode: Mode, publicUrl: string): boolean =>
  isAt(PAYMENT_ORIGIN, url, mode, publicUrl)

export const isAccountPage = (url: string, mode: Mode, publicUrl: string): boolean =>
  isAt(ACCOUNT_ORIGIN, url, mode, publicUrl)

function isAt(origin: string, url: string, mode: Mode, publicUrl: string): boolean {
  const parsed = URL.parse(url)
  if (parsed === null || `${parsed.username}${parsed.password}` !== '') return false
  if (parsed.origin === origin) return true
  if (mode === 'real') return false
  return (
    parsed.origin === URL.parse(publicUrl)?.origin ||
    /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/.test(parsed.origin)
  )
}
