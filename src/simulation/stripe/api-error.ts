/** A refusal in the shape in which Stripe's API refuses, so that stripe-node raises the very error it would raise for Stripe. */
export class SimulatedApiError extends Error {
  override readonly name = 'SimulatedApiError'
  readonly status: number
  readonly type: 'invalid_request_error' | 'idempotency_error' | 'api_error'
  readonly code: string | undefined
  readonly param: string | undefined

  constructor(
    message: string,
    detail: { status?: number; type?: SimulatedApiError['type']; code?: string; param?: string } = {},
  ) {
    super(message)
    this.status = detail.status ?? 400
    this.type = detail.type ?? 'invalid_request_error'
    this.code = detail.code
    this.param = detail.param
  }

  toBody() {
    return {
      error: {
        type: this.type,
        message: this.message,
        ...(this.code === undefined ? {} : { code: this.code }),
        ...(this.param === undefined ? {} : { param: this.param }),
      },
    }
  }
}

export const notFound = (what: string, id: string): SimulatedApiError =>
  new SimulatedApiError(`There is no ${what} ${id}.`, { status: 404, code: 'resource_missing', param: 'id' })
