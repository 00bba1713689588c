// What people see when the door keeps them waiting: too often, or not just now. In the words that both refusals really have.

import { toProblem } from '../../src/platform/http/problem.ts'
import { DomainError } from '../../src/refusals.ts'
import { problemView } from '../../src/web/public/problem.ts'
import type { Sample } from './samples.ts'

const INSTANCE = '019a0000-0000-7000-8000-000000000010'
const wait = { nl: 'Probeer het over 40 seconden opnieuw', en: 'Try again in 40 seconds' }

export const edgeSamples = (): Sample[] =>
  [
    {
      name: 'too-many-requests',
      error: new DomainError('too-many-requests', { retryAfter: 40, reason: wait }),
    },
    {
      name: 'temporarily-unavailable',
      error: new DomainError('temporarily-unavailable', { retryAfter: 10 }),
    },
  ].map(({ name, error }) => ({
    name,
    path: '/pools/groningen',
    roles: [],
    render: page =>
      problemView(page, { problem: toProblem(error, page.locale, INSTANCE), back: '/pools/groningen' }),
  }))
