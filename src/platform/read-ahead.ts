/** Reads on while what was read is worked on: whatever waits is taken together, and never more than a bounded amount waits. */

/** Answers all that has come since it was last asked, at least one item; reading pauses while `most` or more wait. */
export async function* readAhead<Item>(
  pages: AsyncIterable<readonly Item[]>,
  most: number,
): AsyncGenerator<Item[]> {
  let waiting: Item[] = []
  let ended = false
  let changed = gate()
  const tell = () => {
    changed.open()
    changed = gate()
  }
  const reading = (async () => {
    for await (const page of pages) {
      waiting.push(...page)
      tell()
      while (waiting.length >= most && !ended) await changed.passed
      if (ended) return
    }
  })().finally(() => {
    ended = true
    tell()
  })
  reading.catch(() => {}) // thrown below, once what came before it was taken
  try {
    for (;;) {
      while (waiting.length === 0 && !ended) await changed.passed
      if (waiting.length === 0) break
      const taken = waiting
      waiting = []
      tell()
      yield taken
    }
    await reading
  } finally {
    ended = true
    tell()
  }
}

function gate(): { passed: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { passed: promise, open: resolve }
}
