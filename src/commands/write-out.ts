/** Long texts to standard output: as fast as whoever reads takes them, and no longer than they want. */

/** Done when the reader took it. */
export function writeOut(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, error => (error ? reject(error) : resolve()))
  })
}

/** `| head` has what it wanted. */
export function unlessNobodyReads(error: unknown): void {
  if ((error as { code?: string }).code !== 'EPIPE') throw error
}
