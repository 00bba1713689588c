/** Many in one statement, and one refused alone: a batch that is refused is halved until the bad item stands by itself. */
import { sql, type Transaction } from 'kysely'

/**
 * Answers, in the order of `items`, what `work` made of each, or the refusal. `work` writes all of what it is given, or
 * throws; one bad item among a thousand costs ten more calls. What `isRefusal` does not take (a deadlock, a lost
 * connection) is thrown, for the whole transaction to be tried again.
 */
export async function halve<DB, Item, Answer>(
  trx: Transaction<DB>,
  items: readonly Item[],
  work: (some: readonly Item[]) => Promise<readonly Answer[]>,
  isRefusal: (error: unknown) => error is Error,
): Promise<(Answer | Error)[]> {
  if (items.length === 0) return []
  await sql`savepoint halve`.execute(trx)
  try {
    const answers = await work(items)
    await sql`release savepoint halve`.execute(trx)
    return [...answers]
  } catch (error) {
    if (!isRefusal(error)) throw error
    await sql`rollback to savepoint halve`.execute(trx)
    await sql`release savepoint halve`.execute(trx)
    if (items.length === 1) return [error]
    const middle = items.length >> 1
    const first = await halve(trx, items.slice(0, middle), work, isRefusal)
    return [...first, ...(await halve(trx, items.slice(middle), work, isRefusal))]
  }
}
