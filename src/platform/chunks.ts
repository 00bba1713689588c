/** Rows in portions that fit one statement: Postgres takes at most 65,535 parameters. */
const ROWS = 1000

export async function inChunks<Row>(
  rows: readonly Row[],
  write: (some: readonly Row[]) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS) await write(rows.slice(start, start + ROWS))
}
