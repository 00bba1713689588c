/** Makes the organisation of a fresh installation from the terminal, before anybody can sign in. */
import { recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import { connect } from '../platform/db.ts'
import { parseIban } from '../platform/iban.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { addBankAccount, createOrganisation, defaultOrganisation } from './organisation.ts'

type Input = Partial<Record<'slug' | 'name' | 'contact' | 'iban' | 'rsin', string>>

/** Answers its number. Throws `invalid-request` naming the option that is missing or wrong. */
export async function createFirstOrganisation(url: string, input: Input): Promise<number> {
  const given = (name: keyof Input): string => {
    const value = input[name]
    if (!value) throw new DomainError('invalid-request', { field: name, reason: `--${name} is missing` })
    return value
  }
  const iban = parseIban(given('iban'))
  if (!iban.ok) throw new DomainError('invalid-iban', { field: 'iban', reason: iban.reason })
  const organisation = {
    slug: given('slug'),
    legalName: given('name'),
    contact: given('contact'),
    ...(input.rsin ? { rsin: input.rsin } : {}),
  }
  const db = connect<DB>({ url, maxConnections: 1, onError: () => {} })
  try {
    return await inTransaction(db, async trx => {
      if (await defaultOrganisation(trx, organisation.slug)) {
        const reason = `there is an organisation ${organisation.slug} already`
        throw new DomainError('invalid-request', { field: 'slug', reason })
      }
      const organisationId = await createOrganisation(trx, organisation)
      await addBankAccount(trx, {
        organisationId,
        iban: iban.iban,
        holder: organisation.legalName,
        currency: 'EUR',
      })
      await recordAct(
        trx,
        organisationId,
        { kind: 'system' },
        {
          at: new Date(),
          action: 'organisation.create',
          subject: { kind: 'organisation', id: String(organisationId) },
        },
      )
      return organisationId
    })
  } finally {
    await db.destroy()
  }
}
