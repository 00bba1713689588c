/** Founds a pool from the terminal, with the usual terms: for an installation where nobody can sign in yet. */
import type { Actor } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { currentBankAccount } from '../organisations/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { createPool } from './pool.ts'

type Input = Readonly<Record<'slug' | 'name' | 'area' | 'kind' | 'monthly-cents', string>>

/** Answers its id. Throws `invalid-request` naming the option, or `pool-exists`. */
export async function foundPool(
  { db, organisationId, clock }: Deps,
  actor: Actor,
  input: Input,
): Promise<string> {
  const { slug, name, area, kind } = input
  const refuse = (field: string, reason: string) => new DomainError('invalid-request', { field, reason })
  if (!/^[a-z0-9]([a-z0-9-]{0,60}[a-z0-9])?$/.test(slug))
    throw refuse('slug', '--slug: small letters, digits and -')
  if (name.length < 2 || name.length > 80) throw refuse('name', '--name: 2 to 80 characters')
  if (area.length < 2 || area.length > 80) throw refuse('area', '--area: 2 to 80 characters')
  if (kind !== 'community' && kind !== 'personal') throw refuse('kind', '--kind: community or personal')
  if (!/^[1-9]\d{2,8}$/.test(input['monthly-cents']))
    throw refuse('monthly-cents', '--monthly-cents: 100 or more')
  const account = await currentBankAccount(db, organisationId)
  if (!account) throw new DomainError('not-found', { field: 'bankAccount' })
  const terms = {
    termMonths: 12,
    paydayOfMonth: 25,
    feeBearer: 'pool' as const,
    monthlyAmount: BigInt(input['monthly-cents']),
  }
  const pool = {
    slug,
    name,
    area,
    kind,
    ...terms,
    currency: account.currency,
    bankAccountId: account.id,
  } as const
  const created = await inTransaction(db, trx => createPool(trx, organisationId, actor, clock.now(), pool))
  return created.id
}
