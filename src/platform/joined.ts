/**
 * Many who want the same at once: the first starts a round, whoever comes while it is under way joins the next. So a
 * thousand small writes are a few large ones, each waits for its own, and no more are held in memory than may wait.
 */
import { setImmediate } from 'node:timers/promises'

export interface JoinedOptions {
  /** In one round. */
  readonly most?: number
  /** Before whoever comes is refused. */
  readonly mayWait?: number
  /** What they are then told. */
  readonly refusal?: () => Error
}

/** `work` answers in the order of its items, an error for one that is refused alone; what it throws is told to all of them. */
export function joined<Item, Answer>(
  work: (items: readonly Item[]) => Promise<readonly (Answer | Error)[]>,
  { most = Infinity, mayWait = Infinity, refusal = () => new Error('too many wait') }: JoinedOptions = {},
): (item: Item) => Promise<Answer> {
  const waiting: { item: Item; resolve: (answer: Answer) => void; reject: (error: unknown) => void }[] = []
  let underWay = false

  async function goRound(): Promise<void> {
    await setImmediate() // what came in with the first is read before it starts
    while (waiting.length > 0) {
      const round = waiting.splice(0, most)
      try {
        const answers = await work(round.map(each => each.item))
        for (const [index, { resolve, reject }] of round.entries()) {
          const answer = answers[index]
          if (answer instanceof Error) reject(answer)
          else resolve(answer as Answer)
        }
      } catch (error) {
        for (const { reject } of round) reject(error)
      }
    }
    underWay = false
  }

  return item =>
    new Promise((resolve, reject) => {
      if (waiting.length >= mayWait) return reject(refusal())
      waiting.push({ item, resolve, reject })
      if (underWay) return
      underWay = true
      void goRound()
    })
}

/** Calls `work` at once, and again at the end of the pause when it was asked for meanwhile. */
export function atMostEvery(pauseMs: number, work: () => Promise<unknown>): () => Promise<void> {
  let again = false
  let paused = false
  const run = async (): Promise<void> => {
    paused = true
    again = false
    setTimeout(() => {
      paused = false
      if (again) void run().catch(() => {}) // nobody waits for this one; see to it that somebody else looks as well
    }, pauseMs).unref()
    await work()
  }
  return async () => {
    if (paused) again = true
    else await run()
  }
}
