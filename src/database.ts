/** All tables the application knows, joined for the compiler: types only. */
import type { ActsTables } from './acts/tables.ts'
import type { ArchiveTables } from './archive/index.ts'
import type { AuthTables } from './auth/tables.ts'
import type { ChangesTables } from './changes/tables.ts'
import type { DisbursementTables } from './disbursements/tables.ts'
import type { DonationTables } from './donations/tables.ts'
import type { DonorTables } from './donors/tables.ts'
import type { EnrolmentTables } from './enrolments/tables.ts'
import type { LedgerTables } from './ledger/tables.ts'
import type { MailTables } from './mail/tables.ts'
import type { OrganisationTables } from './organisations/organisation.ts'
import type { PlatformTables } from './platform/clock.ts'
import type { PoolTables } from './pools/tables.ts'
import type { RecipientTables } from './recipients/tables.ts'
import type { ReconciliationTables } from './reconciliation/tables.ts'
import type { SimulatedBankTables } from './simulation/bank/tables.ts'
import type { SimulatedStripeTables } from './simulation/stripe/tables.ts'
import type { WishTables } from './wishes/tables.ts'

export interface DB
  extends ActsTables,
    ArchiveTables,
    AuthTables,
    ChangesTables,
    DisbursementTables,
    DonationTables,
    DonorTables,
    EnrolmentTables,
    LedgerTables,
    MailTables,
    OrganisationTables,
    PlatformTables,
    PoolTables,
    RecipientTables,
    ReconciliationTables,
    SimulatedBankTables,
    SimulatedStripeTables,
    WishTables {}
