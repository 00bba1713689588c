// One request of a run, before anything is known: which operation, which kind, what in it, and who asks. All from one number.

import fc, { type Arbitrary } from 'fast-check'
import type { Operation } from './document.ts'
import { turns } from './hints.ts'
import { type Kind, kinds, type Plan, planOf } from './plan.ts'

export interface Turn {
  readonly plan: Plan
  /** Decides who asks. */
  readonly who: number
  /** Decides whether a request that succeeded is sent once more. */
  readonly repeat: number
}

const WEIGHTS: Readonly<Record<Kind, number>> = { valid: 5, 'nearly valid': 4, hostile: 4 }
const USUAL_TURNS = 100

export const anyTurn = (operations: readonly Operation[]): Arbitrary<Turn> =>
  fc.oneof(
    ...operations.map(each => ({ weight: turns[each.id] ?? USUAL_TURNS, arbitrary: turnOf(each, kinds) })),
  )

export function turnOf(operation: Operation, some: readonly Kind[]): Arbitrary<Turn> {
  const plans = some.map(kind => ({ weight: WEIGHTS[kind], arbitrary: planOf(operation, kind) }))
  return fc.record({ plan: fc.oneof(...plans), who: fc.nat(), repeat: fc.nat(5) })
}

/** The same seed and index make the same turn, whatever came before. */
export function turnNumber(turn: Arbitrary<Turn>, seed: number, index: number): Turn {
  const mixed = (Math.imul(seed, 1_000_003) + Math.imul(index, 7919)) | 0
  const [made] = fc.sample(turn, { seed: mixed, numRuns: 1 })
  if (!made) throw new Error('fast-check made nothing')
  return made
}
