/**
 * What POST /v1/checkout/sessions accepts: the part of Stripe's request that a hosted donation uses, once or every month.
 * Strict, because Stripe is: a parameter that it does not know is refused, never ignored.
 */
import { z } from 'zod'
import { SimulatedApiError } from './api-error.ts'
import { type Form, listOf } from './form.ts'
import { METHODS } from './rates.ts'

const text = z.string().max(5_000)
const cents = z
  .string()
  .regex(/^\d{1,12}$/, 'must be a whole number of cents')
  .transform(BigInt)
const url = z.url({ protocol: /^https?$/ }).max(5_000)
const metadata = z.record(z.string().max(40), z.string().max(500)).default({})
const list = <T extends z.ZodType>(item: T, max: number) =>
  z.preprocess(value => listOf(value as Form | undefined), z.array(item).min(1).max(max))

const lineItem = z.strictObject({
  quantity: z
    .string()
    .regex(/^[1-9]\d{0,5}$/)
    .transform(BigInt)
    .default(1n),
  price_data: z.strictObject({
    currency: z.literal('eur', 'this simulated account has no other currency than eur'),
    unit_amount: cents,
    product_data: z.strictObject({ name: text.min(1) }).optional(),
    product: text.min(1).optional(),
    recurring: z.strictObject({ interval: z.literal('month') }).optional(),
  }),
})

const sessionRequest = z.strictObject({
  mode: z.enum(['payment', 'subscription'], 'only payments and subscriptions are simulated'),
  line_items: list(lineItem, 100),
  success_url: url,
  cancel_url: url.optional(),
  allowed_payment_method_types: list(z.string(), 100).optional(),
  client_reference_id: z.string().max(200).optional(),
  locale: z.enum(['auto', 'nl', 'en']).optional(),
  submit_type: z.enum(['auto', 'book', 'donate', 'pay']).optional(),
  metadata,
  payment_intent_data: z.strictObject({ metadata }).optional(),
  subscription_data: z.strictObject({ metadata }).optional(),
})

export type SessionRequest = z.infer<typeof sessionRequest>

/** What one checkout takes at least, so that fees never exceed it: € 0.50. */
const SMALLEST_TOTAL = 50n

export function parseSessionRequest(form: Form): SessionRequest & { total: bigint; methods: string[] } {
  const parsed = sessionRequest.safeParse(form)
  if (!parsed.success) throw refusalOf(parsed.error)
  const request = parsed.data
  refuseMixed(request)
  const total = request.line_items.reduce(
    (sum, line) => sum + line.quantity * line.price_data.unit_amount,
    0n,
  )
  if (total < SMALLEST_TOTAL) {
    throw new SimulatedApiError('The total is below the smallest amount that can be paid.', {
      code: 'amount_too_small',
      param: 'line_items',
    })
  }
  // A filter, not a demand: methods that the account does not have are left out.
  const allowed = request.allowed_payment_method_types ?? METHODS
  const methods = METHODS.filter(method => allowed.includes(method))
  if (methods.length === 0) {
    throw new SimulatedApiError('No payment method is left.', { param: 'allowed_payment_method_types' })
  }
  return { ...request, total, methods }
}

/** A subscription is of prices that recur, a payment of none; what fits the one is refused for the other. */
function refuseMixed({
  mode,
  line_items,
  payment_intent_data,
  subscription_data,
  submit_type,
}: SessionRequest) {
  const monthly = mode === 'subscription'
  const wrong =
    line_items.some(({ price_data }) => (price_data.recurring !== undefined) !== monthly) ||
    line_items.some(({ price_data }) => !price_data.product === !price_data.product_data) ||
    (monthly ? payment_intent_data : subscription_data) !== undefined ||
    (monthly && submit_type !== undefined)
  if (!wrong) return
  throw new SimulatedApiError(`This does not go together with mode ${mode}.`, {
    ...{ code: 'parameter_invalid', param: 'mode' },
  })
}

function refusalOf(error: z.ZodError): SimulatedApiError {
  const issue = error.issues[0]
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const [head = 'request', ...rest] = [
    ...(issue?.path ?? []),
    ...(unknown === undefined ? [] : [unknown]),
  ].map(String)
  const param = head + rest.map(part => `[${part}]`).join('')
  if (unknown !== undefined) {
    return new SimulatedApiError(`This API has no parameter ${param}.`, { code: 'parameter_unknown', param })
  }
  return new SimulatedApiError(`${param}: ${issue?.message ?? 'invalid'}`, {
    code: 'parameter_invalid',
    param,
  })
}
