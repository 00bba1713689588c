/**
 * The one table: who may import whom, by which door, with which packages, which files are pure, and whose tables are
 * whose. Change it on purpose, with a reason beside the line; src/README.md tells the same to people.
 */

/** Money, ids, transactions, refusals, and the types of what use cases are given. */
const every = ['money', 'platform', 'refusals.ts', 'type database.ts', 'type deps.ts'] as const

/** The folders and files right under src/, and what each imports of the others. `type x`: types only, nothing that runs. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  // Kernels and what stands under everything.
  money: [],
  'refusals.ts': ['refusals', 'type money'],
  refusals: ['type money'],
  platform: ['money', 'refusals.ts'], // no slice
  sustainability: ['money'],
  ledger: ['money', 'platform', 'refusals.ts', 'type database.ts'],
  // Types that everybody shares. They join all slices, but only for the compiler: nothing of it is left when it runs.
  'database.ts': ['type *'],
  'deps.ts': [
    'type auth',
    'type database.ts',
    'type donations',
    'type mail',
    'type organisations',
    'type platform',
  ],
  // Slices.
  acts: every,
  archive: [...every, 'acts'], // what was removed is an act
  organisations: [...every, 'acts'],
  mail: [...every, 'organisations'], // a letter says whose it is
  pools: [...every, 'acts', 'organisations'],
  recipients: every,
  // A donor proved an address, gets letters, and gives.
  donors: [...every, 'acts', 'auth', 'mail', 'organisations'],
  donations: [...every, 'acts', 'archive', 'auth', 'donors', 'ledger', 'mail', 'pools'],
  enrolments: [...every, 'acts', 'auth', 'donations', 'ledger', 'pools', 'recipients', 'sustainability'],
  // Above the money: what it came to, for whoever gave it.
  giving: [
    ...every,
    ...['acts', 'auth', 'donations', 'donors', 'enrolments', 'mail', 'organisations', 'pools', 'retention'],
  ],
  disbursements: [
    ...every,
    ...['acts', 'archive', 'auth', 'enrolments', 'ledger', 'organisations', 'pools', 'recipients'],
  ],
  reconciliation: [
    ...every,
    ...['acts', 'archive', 'disbursements', 'donations', 'ledger', 'organisations', 'pools'],
  ],
  auth: [...every, 'acts', 'mail', 'organisations', 'pools'], // a role for one pool
  wishes: [...every, 'acts', 'pools'], // a wish may be for a pool
  thanks: [...every, 'acts', 'enrolments'], // of a recipient, to the donors of their pool
  // Founds its pool, gives its starter a role and a letter, gives gifts back, and counts what was paid out.
  campaigns: [
    ...every,
    ...['acts', 'auth', 'disbursements', 'donations', 'ledger', 'mail', 'organisations', 'pools'],
  ],
  // What gifts did, and what makes donors come back.
  retention: [
    ...every,
    ...['acts', 'auth', 'campaigns', 'thanks'],
    ...['disbursements', 'donations', 'donors', 'enrolments', 'ledger', 'mail', 'organisations', 'pools'],
    'sustainability',
  ],
  // What needs two people takes effect in these.
  changes: [...every, 'acts', 'auth', 'disbursements', 'organisations', 'pools'],
  // Every slice's checks, and the ledger's, on one snapshot.
  verify: [
    ...every,
    'acts',
    'campaigns',
    'changes',
    'disbursements',
    'donations',
    'enrolments',
    'ledger',
    'reconciliation',
    'thanks',
    'wishes',
  ],
  // The outside world of demonstration mode, and its story.
  simulation: [...every, 'disbursements', 'donations', 'organisations', 'reconciliation'],
  demonstration: [
    ...every,
    ...[
      'acts',
      'auth',
      'campaigns',
      'disbursements',
      'donations',
      'enrolments',
      'organisations',
      'pools',
      'simulation',
      'thanks',
      'wishes',
    ],
  ],
  // The edges see every slice but the persons behind enrolments; they know the app by its type only.
  api: [
    ...every,
    ...[
      'acts',
      'type app.ts',
      'auth',
      'changes',
      'demonstration',
      'disbursements',
      'donations',
      'enrolments',
      'ledger',
    ],
    ...[
      'campaigns',
      'donors',
      'giving',
      'organisations',
      'pools',
      'reconciliation',
      'verify',
      'wishes',
      'retention',
      'thanks',
    ],
  ],
  web: [
    ...every,
    ...['acts', 'type app.ts', 'auth', 'demonstration', 'disbursements', 'donations', 'enrolments'],
    ...['ledger', 'organisations', 'pools', 'reconciliation', 'simulation', 'sustainability', 'api'],
    ...['changes', 'donors', 'giving', 'mail', 'retention', 'thanks', 'wishes', 'campaigns'],
  ],
  // Composition: the only files that import routes, jobs and pages.
  'config.ts': ['platform'], // which addresses are fit
  'app.ts': ['api', 'auth', 'type deps.ts', 'type money', 'platform', 'pool-scopes.ts', 'refusals.ts', 'web'],
  'jobs.ts': [
    ...[
      'archive',
      'auth',
      'campaigns',
      'type deps.ts',
      'disbursements',
      'donations',
      'giving',
      'mail',
      'platform',
      'retention',
      'thanks',
      'wishes',
    ],
  ],
  'pool-scopes.ts': [
    ...['type auth', 'type deps.ts', 'disbursements', 'donations', 'enrolments', 'platform', 'pools'],
    ...['refusals.ts', 'retention'],
  ],
  'openapi.ts': ['app.ts', 'auth', 'type deps.ts', 'platform'],
  'compose.ts': [
    ...['auth', 'config.ts', 'type database.ts', 'demonstration', 'type deps.ts', 'donations', 'mail'],
    ...['organisations', 'platform', 'simulation'],
  ],
  'server.ts': [
    'app.ts',
    'compose.ts',
    'config.ts',
    'demonstration',
    'type deps.ts',
    'jobs.ts',
    'platform',
    'simulation',
  ],
  'reseal.ts': [
    ...['acts', 'archive', 'auth', 'type database.ts', 'type deps.ts', 'donors', 'platform', 'recipients'],
  ],
  'cli.ts': ['commands', 'compose.ts', 'config.ts', 'refusals.ts'],
  commands: [
    ...[
      'acts',
      'auth',
      'compose.ts',
      'config.ts',
      'demonstration',
      'type deps.ts',
      'donations',
      'ledger',
      'openapi.ts',
    ],
    ...[
      'money',
      'organisations',
      'platform',
      'pools',
      'reconciliation',
      'refusals.ts',
      'reseal.ts',
      'verify',
    ],
  ],
}

/** Whoever reaches `to`, through however many files, could read what it knows. Type-only imports of database.ts do not count. */
export const neverReaches = [{ from: ['ledger', 'transparency'], to: 'recipients' }] as const

/** Slices meet at index.ts. Other doors, and for whom each is open. */
export const doors: Readonly<Record<string, readonly string[]>> = {
  // A box of tools has no index: taking one out must not load them all.
  'platform/*.ts': ['*'],
  'platform/http/*.ts': ['*'],
  'platform/*/index.ts': ['*'],
  '**': ['database.ts'], // row types
  'donations/provider.ts': ['deps.ts'], // the contract, which the composition fills in
  'donations/stripe/index.ts': ['compose.ts'],
  'mail/transport.ts': ['deps.ts'], // the contract, which the composition fills in
  'mail/smtp-transport.ts': ['compose.ts'],
  'disbursements/rails/sepa/index.ts': ['simulation'], // the simulated bank reads what the rail writes
  'organisations/create-first.ts': ['commands'],
  'demonstration/*.ts': ['server.ts', 'compose.ts', 'commands', 'api', 'web'],
  'simulation/*/index.ts': ['compose.ts', 'demonstration', 'web'],
  'api/openapi.ts': ['app.ts'],
  'refusals/*.ts': ['refusals.ts'],
  'auth/role-words.ts': ['web'], // pure, as the words of pages are
  'web/sign-in/lead-on.ts': ['app.ts'],
  'api/change-contents.ts': ['web'],
  'api/enrolment-access.ts': ['web'],
  'api/people.ts': ['web'],
  'api/reason.ts': ['web'],
  'api/own-gifts.ts': ['web'], // the same file, to download
  'api/enrolments.ts': ['web'], // a form is held to the API's own rules
  'api/acts.ts': ['web'],
  'api/keys.ts': ['web'],
  'api/suspense.ts': ['web'],
  'web/*.ts': ['app.ts'],
}

/** Where each package is imported, and thereby that each is needed. */
export const packages: Readonly<Record<string, readonly string[]>> = {
  fastify: [
    'app.ts',
    'server.ts',
    'api',
    'web',
    'auth/guard.ts',
    'auth/origin.ts',
    'platform/http',
    'platform/rate-limits/register.ts',
    'simulation/stripe',
  ],
  'rate-limiter-flexible': ['platform/rate-limits/counter.ts'],
  'fastify-type-provider-zod': ['app.ts', 'api', 'web', 'platform/http'],
  '@fastify/cookie': ['app.ts', 'auth/guard.ts', 'auth/origin.ts'],
  '@fastify/formbody': ['app.ts'],
  pdfkit: ['web/donor/pdf.ts'],
  '@expo-google-fonts/source-sans-3': ['web/donor/pdf.ts'],
  '@fastify/static': ['app.ts', 'web'],
  '@fastify/swagger': ['api/openapi.ts'],
  ghtml: ['web/html.ts', 'mail/render-letter.ts'],
  nodemailer: ['mail/smtp-transport.ts'],
  zod: ['config.ts', 'api', 'web', 'platform/http', 'simulation/stripe', 'auth/proof/issuer.ts'],
  kysely: [
    ...[
      'compose.ts',
      'deps.ts',
      'platform',
      'ledger',
      'acts',
      'archive',
      'organisations',
      'pools',
      'recipients',
    ],
    ...[
      'donations',
      'donors',
      'giving',
      'retention',
      'enrolments',
      'disbursements',
      'reconciliation',
      'auth',
      'mail',
      'campaigns',
      'changes',
      'simulation',
      'demonstration',
      'thanks',
      'verify',
      'wishes',
    ],
  ],
  'better-auth': ['auth/proof', 'auth/second-factor/show-code.ts', 'auth/reseal.ts'],
  '@better-auth/core': ['auth/proof/adapter.ts'],
  '@better-auth/passkey': ['auth/proof/engine.ts'],
  '@better-auth/utils': ['auth/second-factor/show-code.ts'],
  'better-call': ['auth/proof/engines.ts'],
  sharp: ['campaigns/picture.ts', 'campaigns/share-picture.ts'],
  'markdown-it': ['web/components/markdown.ts'],
  '@fastify/multipart': ['web/campaigner'],
  qrcode: ['web/components/qr.ts'],
  pg: ['platform'],
  'pg-boss': ['platform/jobs.ts', 'platform/jobs-schema.ts'],
  pino: ['platform/log.ts'],
  uuid: ['platform/id.ts'],
  ibantools: ['platform/iban.ts'],
  'temporal-polyfill': ['platform/calendar', 'platform/iso20022'],
  'fast-xml-parser': ['platform/iso20022'],
  xmlbuilder2: ['disbursements/rails/sepa', 'simulation/bank'],
  stripe: ['donations/stripe', 'simulation/stripe'],
}

/** Same input, same answer: no clock, chance, settings or I/O, and no import of anything that has them. */
export const pure = [
  ...['money', 'sustainability', 'refusals.ts', 'refusals', 'auth/permissions.ts', 'disbursements/payday.ts'],
  'auth/role-words.ts',
  'campaigns/terms.ts',
  'platform/plain-words.ts',
  ...['letter', 'letters', 'monthly-letters', 'outbox', 'render-letter', 'words'].map(
    name => `mail/${name}${name === 'words' ? '' : '.ts'}`,
  ),
  ...['disbursements/rails/sepa', 'ledger/chart.ts', 'ledger/movements', 'platform/calendar'],
  'ledger/canonical.ts',
  ...['donations/bank-transfer/reference.ts', 'donations/bank-transfer/epc.ts'],
  ...['entry', 'format', 'moment', 'hledger', 'beancount', 'csv', 'jsonl'].map(
    name => `ledger/export/${name}.ts`,
  ),
  ...[
    'platform/csv.ts',
    'platform/database-url.ts',
    'platform/iban.ts',
    'platform/iso20022',
    'reconciliation/camt053',
    'web/text',
  ],
]
export const purePackages = [
  'fast-xml-parser',
  'ghtml',
  'ibantools',
  'temporal-polyfill',
  'xmlbuilder2',
  'node:crypto',
]
export const impure: readonly RegExp[] = [
  /\bDate\.now\b/g,
  /\bnew Date\(\s*\)/g,
  /\bTemporal\.Now\b/g,
  /\bperformance\.now\b/g,
  /\bMath\.random\b/g,
  /\brandom(?:UUID|Bytes|Int)\b/g,
  /\bgetRandomValues\b/g,
  /\bprocess\./g,
  /\bfetch\(/g,
  /\bset(?:Timeout|Interval|Immediate)\b/g,
]

/** What every slice's checks hold against its own rows. */
const journal = ['ledger.accounts', 'ledger.entries', 'ledger.postings']

/** Which tables of others a slice names, in SQL or Kysely; its own are in the schema of its name. */
export const alsoReads: Readonly<Record<string, readonly string[]>> = {
  // What the trail tells of, held against it; and who a key may be for.
  acts: [
    ...['auth.persons', 'auth.grants', 'auth.keys', 'disbursements.cycles', 'disbursements.batches'],
    ...['disbursements.freezes', 'enrolments.enrolments', 'reconciliation.statements', 'changes.changes'],
    ...['disbursements.retries', 'disbursements.attempts', 'donations.refunds'],
    'reconciliation.suspense_resolutions',
  ],
  // `recipients`, `archive` and `donors` hold personal data and stand on no other line.
  // Every account of a pool belongs to one; a transfer is paid into an account of ours.
  donations: ['organisations.bank_accounts', 'pools.pools', ...journal],
  pools: ['changes.changes', 'donations.donations'], // who agreed to new terms; whether somebody gave on the old
  changes: [
    ...['auth.grants', 'disbursements.freezes', 'donations.donations', 'organisations.bank_accounts'],
    ...['organisations.provider_keys', 'pools.pools', 'pools.term_changes'],
  ],
  // A month that was proposed takes nobody in any more; what was paid of a term is no longer set aside.
  enrolments: ['disbursements.cycles', 'disbursements.payouts', ...journal],
  disbursements: [
    'organisations.bank_accounts', // locked: two files never count the same cash
    ...['enrolments.enrolments', ...journal],
  ],
  reconciliation: [
    ...['disbursements.attempts', 'disbursements.batches', 'disbursements.cycles', 'disbursements.payouts'],
    ...['donations.donations', 'donations.provider_transactions', 'donations.transfers'],
    ...['organisations.bank_accounts', ...journal],
  ],
  // Whose enrolment is helped, and in which pool; when somebody last signed in.
  organisations: ['changes.changes'], // which account was agreed on last
  auth: ['acts.acts', 'enrolments.enrolments', 'pools.pools'],
  // Each decision has its act; money that moves on is booked; refunds that a crash left between two people.
  campaigns: [
    ...['acts.acts', 'pools.pools', 'donations.refunds', 'donations.donations', 'platform.idempotency_keys'],
    ...['donations.provider_transactions', ...journal],
  ],
  wishes: ['acts.acts'], // each decision has its act
  thanks: ['acts.acts'], // and so does what was written
  verify: ['ledger.account_kinds', 'ledger.entries'],
  'compose.ts': ['ledger.entries', 'ledger.postings', 'ledger.accounts'], // may this login write them?
  demonstration: [
    ...['auth.persons', 'auth.grants', 'donations.donations', 'platform.installation', 'pools.pools'],
  ],
}

export const topLevel = [
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'src', 'migrations', 'openapi', 'test'],
  ...['Dockerfile', 'README.md', 'LICENSE'],
  ...[
    '.biome.json',
    '.spectral.yaml',
    '.ci',
    '.dockerignore',
    '.env.example',
    '.github',
    '.gitignore',
    '.npmrc',
  ],
]

export const LONGEST_FILE_LINES = 300
export const LONG_FILE_LINES = 150
