/** Going back to an account that we know: it keeps its holder, so that what is approved is what is done. */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { bankAccounts } from '../organisations/index.ts'
import { DomainError } from '../refusals.ts'
import type { Contents } from './change.ts'

/** Throws `invalid-request` naming the holder. The database says the same (`guard_known_account`). */
export async function refuseOtherHolder(
  trx: Transaction<DB>,
  organisationId: number,
  { iban, holder }: Contents['own-iban']['to'],
): Promise<void> {
  const known = (await bankAccounts(trx, organisationId)).find(each => each.iban === iban)
  if (!known || known.holder === holder) return
  throw new DomainError('invalid-request', {
    field: 'holder',
    reason: {
      nl: `Deze rekening staat hier al op naam van ${known.holder}`,
      en: `This account is known here already, in the name of ${known.holder}`,
    },
  })
}
