/** A mandate to debit, and a session of the portal, as Stripe's API shows them. */
import type { MandateRow, PortalSessionRow } from '../tables.ts'
import { unixSeconds } from './values.ts'

export const mandateObject = (row: MandateRow) => ({
  id: row.id,
  object: 'mandate',
  customer_acceptance: {
    accepted_at: unixSeconds(row.createdAt),
    online: { ip_address: null, user_agent: null },
    type: 'online',
  },
  livemode: false,
  multi_use: {},
  payment_method: row.paymentMethodId,
  payment_method_details: {
    sepa_debit: { reference: row.reference, url: 'https://payments.stripe.test/mandate' },
    type: 'sepa_debit',
  },
  status: 'active',
  type: 'multi_use',
})

export const portalSessionObject = (row: PortalSessionRow, publicBaseUrl: string) => ({
  id: row.id,
  object: 'billing_portal.session',
  after_expiration: null,
  configuration: 'bpc_simulated',
  created: unixSeconds(row.createdAt),
  customer: row.customerId,
  customer_account: null,
  flow: {
    after_completion: { hosted_confirmation: null, redirect: null, type: 'portal_homepage' },
    customer_update: null,
    subscription_cancel: null,
    subscription_pause: null,
    subscription_update: null,
    subscription_update_confirm: null,
    type: 'payment_method_update',
  },
  livemode: false,
  locale: row.locale,
  on_behalf_of: null,
  return_url: row.returnUrl,
  url: `${publicBaseUrl.replace(/\/$/, '')}/simulated-account/${row.id}`,
})
