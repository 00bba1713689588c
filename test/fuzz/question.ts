// A question: a request, and who asks it with which rights. And the stage on which all of them are asked.

import type { TestApp } from '../support/app.ts'
import type { Answer } from './answers.ts'
import type { Operation } from './document.ts'
import type { Known } from './known.ts'
import type { Ledger } from './ledger.ts'
import type { Options } from './options.ts'
import type { Kept } from './people.ts'
import type { Kind } from './plan.ts'
import { type Request, requestOf } from './request.ts'
import { mayUse, type PermissionOf, type Rights, type Who } from './rights.ts'
import type { Roll } from './roll.ts'
import type { Tally } from './tally.ts'
import type { Turn } from './turn.ts'

export interface Stage {
  readonly api: TestApp
  readonly operations: readonly Operation[]
  readonly everybody: readonly Who[]
  /** Whose roles are given back. */
  readonly kept: readonly Kept[]
  readonly permissionOf: PermissionOf
  readonly known: Known
  readonly foreign: readonly string[]
  readonly ledger: Ledger
  readonly tally: Tally
  readonly options: Options
  readonly onFailure: (what: string, how: object) => void
}

export interface Question {
  readonly operation: Operation
  readonly kind: Kind | 'repeated'
  readonly request: Request
  readonly who: Who
  readonly rights: Rights
  /** Whether it is sent once more when it succeeds: 0 with other content, 1 and 2 as it is. */
  readonly repeat: number
  readonly index: number
}

const RIGHT_OF_HUNDRED: Readonly<Record<Kind, number>> = { valid: 80, 'nearly valid': 75, hostile: 70 }

/** `roll`: as it is before anything is asked. */
export function questionOf(
  { everybody, permissionOf, known }: Stage,
  { plan, who: choice, repeat }: Turn,
  index: number,
  roll: Roll,
): Question {
  const { operation, kind } = plan
  const permission = permissionOf(operation)
  const right = everybody.filter(each => mayUse(permission, each, roll))
  const wrong = everybody.filter(each => !right.includes(each))
  // Requests may have taken the right from all who had it; then it is asked without.
  const asRight = wrong.length === 0 || choice % 100 < RIGHT_OF_HUNDRED[kind]
  const rights = asRight && right.length > 0 ? 'right' : 'wrong'
  const some = rights === 'right' ? right : wrong
  const who = some[Math.floor(choice / 100) % some.length]
  if (!who) throw new Error(`nobody may use ${operation.id}`)
  return { operation, kind, request: requestOf(plan, known), who, rights, repeat, index }
}

/** With the token of who asks, as it is now. */
export const signed = ({ request, who }: Pick<Question, 'request' | 'who'>): Request => ({
  ...request,
  headers: { ...request.headers, ...who.headers() },
})

export const changes = ({ operation }: Question, { status }: Answer): boolean =>
  operation.method !== 'GET' && status < 400
