/** The one look: every way money can move, each a named pure function with its worked example. */
export * from './cash.ts'
export * from './money-in.ts'
export * from './money-out.ts'
export type { Movement, MovementPosting } from './movement.ts'
