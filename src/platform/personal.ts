/**
 * The only door to personal data. The application's role has no right on it; for the length of `work` the
 * transaction acts as `meent_personal`, which in turn has no right on anything else.
 */
import { sql, type Transaction } from 'kysely'

export async function withPersonalData<DB, T>(trx: Transaction<DB>, work: () => Promise<T>): Promise<T> {
  await sql`set local role meent_personal`.execute(trx)
  const result = await work()
  // After an error the transaction is lost anyway, and the role with it.
  await sql`set local role meent_app`.execute(trx)
  return result
}
