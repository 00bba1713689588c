/**
 * Work on one consistent state of the database while others write, over two connections so that two cores share it.
 * Readers hold up no writer; but what is deleted or updated meanwhile cannot be cleaned up before the snapshot ends.
 */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { settle } from '../platform/checks.ts'

export type Task = (trx: Transaction<DB>) => Promise<void>

/** How long one question may take: from the terminal as long as it needs, and then either connection may wait for the other. */
const patienceOf = (timeoutMs: number) => ({
  statement_timeout: `${timeoutMs}`,
  idle_in_transaction_session_timeout: `${timeoutMs}`,
})

/**
 * `prepare` lists the tasks, then they are done in their order, by whoever is free. One that fails ends all. Answers when
 * the snapshot was taken.
 */
export async function onSnapshot(
  db: Kysely<DB>,
  { connections, timeoutMs }: { connections: 1 | 2; timeoutMs: number },
  prepare: (trx: Transaction<DB>) => Promise<Task[]>,
): Promise<Date> {
  return readOnly(db).execute(async first => {
    await settle(first, patienceOf(timeoutMs))
    const { rows } = await sql<{
      id: string
      at: Date
    }>`select pg_export_snapshot() as id, now() as at`.execute(first)
    const [snapshot] = rows
    if (!snapshot) throw new Error('a snapshot always has an id')
    const tasks = await prepare(first)
    const work = async (trx: Transaction<DB>) => {
      for (let task = tasks.shift(); task; task = tasks.shift()) await task(trx)
    }
    const follow = () =>
      readOnly(db).execute(async second => {
        await sql`set transaction snapshot ${sql.lit(snapshot.id)}`.execute(second)
        await settle(second, patienceOf(timeoutMs))
        await work(second)
      })
    const workers = connections === 1 ? [work(first)] : [work(first), follow()]
    // Both end before the snapshot does.
    const ended = await Promise.allSettled(workers.map(each => each.catch(giveUp(tasks))))
    for (const each of ended) if (each.status === 'rejected') throw each.reason
    return snapshot.at
  })
}

const readOnly = (db: Kysely<DB>) =>
  db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')

const giveUp = (tasks: Task[]) => (error: unknown) => {
  tasks.length = 0
  throw error
}
