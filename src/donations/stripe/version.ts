/**
 * The one API version whose shapes this code knows. Its type is stripe-node's own latest version, so an
 * upgrade of the package fails to compile here first; the webhook endpoint is then moved in the same step.
 */
import type Stripe from 'stripe'

export const STRIPE_API_VERSION: NonNullable<Stripe.StripeConfig['apiVersion']> = '2026-10-28.endive'
