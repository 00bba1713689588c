/** When helping a recipient is over: by itself after a while, and at once with the role that allowed it. */
import { allows, type Grant } from './permissions.ts'

/** In real time, as a session. */
export const HELP_MINUTES = 30

interface Helping {
  readonly actingSince: Date | null
  /** Of the enrolment that is helped. */
  readonly actingPoolId: string | null
  /** What the helper may do today. */
  readonly grants: readonly Grant[]
}

export function stillHelps({ actingSince, actingPoolId, grants }: Helping): boolean {
  if (!actingSince || !actingPoolId) return false
  const isOver = Date.now() - actingSince.getTime() > HELP_MINUTES * 60_000
  return !isOver && allows('recipients.help', grants, actingPoolId)
}
