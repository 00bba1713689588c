/** Every command, by the name it is called by. */
import type { Command } from './command.ts'
import { migrate, seed } from './database.ts'
import { exportLedger } from './export-ledger.ts'
import { exportTrail } from './export-trail.ts'
import { importStatement } from './import-statement.ts'
import { balance, ledgerAccounts, poolSummary, trialBalance } from './ledger-balances.ts'
import { searchLedger, statement } from './ledger-entries.ts'
import { openapi } from './openapi.ts'
import { createOrganisation, createPool, recordDocument, recordProfile } from './organisation.ts'
import { createAdministrator, listPeople, resetSecondFactor } from './people.ts'
import { reseal } from './reseal.ts'
import { verify } from './verify.ts'

export { type Command, Failed, say } from './command.ts'

export const commands: Readonly<Record<string, Command>> = {
  migrate,
  seed,
  verify,
  balance,
  statement,
  'ledger-accounts': ledgerAccounts,
  'trial-balance': trialBalance,
  'pool-summary': poolSummary,
  'search-ledger': searchLedger,
  'export-ledger': exportLedger,
  'export-trail': exportTrail,
  'import-statement': importStatement,
  'create-organisation': createOrganisation,
  'create-pool': createPool,
  'record-document': recordDocument,
  'record-profile': recordProfile,
  'create-administrator': createAdministrator,
  'list-people': listPeople,
  'reset-second-factor': resetSecondFactor,
  reseal,
  openapi,
}
