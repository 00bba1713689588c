/**
 * The settings, read from the environment once. Without any, the service runs in demonstration mode; with
 * NODE_ENV=production it refuses to start on anything simulated and names each missing setting in one line.
 */
import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { tlsProblem } from './platform/database-url.ts'
import { type TrustProxy, trustProxyOf } from './platform/trust-proxy.ts'

const DEMONSTRATION_SECRET = 'demonstration-only-secret-of-no-value'
const DEMONSTRATION_WEBHOOK_SECRET = 'whsec_demonstration_only'

/** Settings of a `.env` file in this folder; the environment itself goes before them. */
export function environment(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile('.env')
  return process.env
}

const SMTP_URL_FORM =
  'must be smtps://name:password@host:port, or smtp:// for STARTTLS, with nothing behind it'

/** Nothing may stand behind the port: a query could switch TLS off. */
function isSmtpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password, pathname, search, hash } = new URL(text)
  try {
    decodeURIComponent(`${username}${password}`)
  } catch {
    return false
  }
  const bare = (pathname === '' || pathname === '/') && search === '' && hash === ''
  return ['smtp:', 'smtps:'].includes(protocol) && hostname !== '' && bare
}

const settings = z.object({
  NODE_ENV: z.string().default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres://')
    .optional(),
  DATABASE_OWNER_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres://')
    .optional(),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(200).default(10),
  SECRETS: z.string().optional(),
  SECRETS_FILE: z.string().optional(),
  PAYMENTS: z.enum(['simulated', 'stripe']).default('simulated'),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(test|live)_/)
    .optional(),
  STRIPE_SECRET_KEY_FILE: z.string().optional(),
  STRIPE_WEBHOOK_SECRET: z.string().startsWith('whsec_').optional(),
  STRIPE_WEBHOOK_SECRET_FILE: z.string().optional(),
  STRIPE_API: z.url().optional(),
  ORGANISATION: z.string().optional(),
  BANK: z.enum(['simulated', 'files']).default('simulated'),
  SIGN_IN: z.enum(['on', 'off']).default('on'),
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_NAME: z.string().min(2).max(60).optional(),
  LETTERS: z.enum(['demonstration', 'smtp']).default('demonstration'),
  SMTP_URL: z.string().refine(isSmtpUrl, SMTP_URL_FORM).optional(),
  MAIL_FROM: z
    .email({ pattern: z.regexes.html5Email, error: 'must be one e-mail address, such as post@meent.example' })
    .optional(),
  JOBS: z.enum(['on', 'off']).default('on'),
  TRUST_PROXY: z
    .string()
    .refine(
      text => trustProxyOf(text) !== undefined,
      'must be false, the number of proxies in front, or their addresses',
    )
    .default('false'),
  RATE_LIMITS: z.enum(['on', 'off']).default('on'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

export interface Config {
  readonly mode: 'demonstration' | 'real'
  readonly host: string
  readonly port: number
  readonly publicUrl: string | undefined
  readonly dataDir: string
  /** Undefined: the embedded Postgres under `dataDir`. */
  readonly databaseUrl: string | undefined
  readonly databaseOwnerUrl: string | undefined
  readonly databaseConnections: number
  readonly secrets: readonly string[]
  readonly payments: 'simulated' | 'stripe'
  readonly stripe: {
    readonly secretKey: string
    readonly webhookSecret: string
    readonly api: string | undefined
  }
  /** Slug of the organisation that this service is for; the first one when left out. */
  readonly organisation: string | undefined
  readonly bank: 'simulated' | 'files'
  readonly signIn: 'on' | 'off'
  /** The sign-in of a municipality; all four settings or none. */
  readonly oidc:
    | {
        readonly issuer: string
        readonly clientId: string
        readonly clientSecret: string
        readonly name: string
      }
    | undefined
  /** The mail server; undefined: letters stay in the outbox, and the demonstration shows them. */
  readonly smtp: { readonly url: string; readonly from: string; readonly requireTls: boolean } | undefined
  readonly jobs: boolean
  readonly trustProxy: TrustProxy
  readonly rateLimits: boolean
  readonly logLevel: string
}

/** Says in one line a setting what is wrong. */
export class ConfigError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

type Settings = z.infer<typeof settings>

export function readConfig(given: NodeJS.ProcessEnv): Config {
  const filled = withSecretFiles(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')),
  )
  const parsed = settings.safeParse(filled)
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`))
  }
  const values = parsed.data
  const problems = [
    ...stripeProblems(values),
    ...oidcProblems(values),
    ...mailProblems(values),
    ...(values.NODE_ENV === 'production' ? productionProblems(values) : []),
    ...(values.NODE_ENV === 'production' && filled.NODE_TLS_REJECT_UNAUTHORIZED === '0'
      ? ['NODE_TLS_REJECT_UNAUTHORIZED: must not be 0; anybody could play the provider or the database']
      : []),
  ]
  if (problems.length > 0) throw new ConfigError(problems)
  return {
    mode: values.NODE_ENV === 'production' ? 'real' : 'demonstration',
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL?.replace(/\/+$/, ''),
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    databaseOwnerUrl: values.DATABASE_OWNER_URL ?? values.DATABASE_URL,
    databaseConnections: values.DATABASE_CONNECTIONS,
    secrets: secretsOf(values),
    payments: values.PAYMENTS,
    stripe: {
      secretKey: values.STRIPE_SECRET_KEY ?? 'sk_test_demonstration',
      webhookSecret: values.STRIPE_WEBHOOK_SECRET ?? DEMONSTRATION_WEBHOOK_SECRET,
      api: values.STRIPE_API,
    },
    organisation: values.ORGANISATION,
    bank: values.BANK,
    signIn: values.SIGN_IN,
    oidc: oidcOf(values),
    smtp: smtpOf(values),
    jobs: values.JOBS === 'on',
    trustProxy: trustProxyOf(values.TRUST_PROXY) ?? false,
    rateLimits: values.RATE_LIMITS === 'on',
    logLevel: values.LOG_LEVEL,
  }
}

function secretsOf(values: Settings): string[] {
  return (values.SECRETS ?? DEMONSTRATION_SECRET).split(',').map(secret => secret.trim())
}

const oidcSettings = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_NAME'] as const

function oidcOf(values: Settings): Config['oidc'] {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = values
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET || !OIDC_NAME) return undefined
  return { issuer: OIDC_ISSUER, clientId: OIDC_CLIENT_ID, clientSecret: OIDC_CLIENT_SECRET, name: OIDC_NAME }
}

function oidcProblems(values: Settings): string[] {
  const missing = oidcSettings.filter(name => !values[name])
  if (missing.length === 0 || missing.length === oidcSettings.length) return []
  return missing.map(
    name => `${name}: missing; the municipality's sign-in needs all of ${oidcSettings.join(', ')}`,
  )
}

function stripeProblems(values: Settings): string[] {
  if (values.PAYMENTS !== 'stripe') return []
  return [
    ...(values.STRIPE_SECRET_KEY
      ? []
      : ['STRIPE_SECRET_KEY: missing; PAYMENTS=stripe needs the secret key of the Stripe account']),
    ...(values.STRIPE_WEBHOOK_SECRET
      ? []
      : ['STRIPE_WEBHOOK_SECRET: missing; PAYMENTS=stripe needs the signing secret of the webhook']),
  ]
}

function mailProblems(values: Settings): string[] {
  if (values.LETTERS !== 'smtp') return []
  return [
    ...(values.SMTP_URL
      ? []
      : [`SMTP_URL: missing; LETTERS=smtp needs the mail server: it ${SMTP_URL_FORM}`]),
    ...(values.MAIL_FROM
      ? []
      : ['MAIL_FROM: missing; LETTERS=smtp needs the address that letters come from']),
  ]
}

function smtpOf({ LETTERS, SMTP_URL: url, MAIL_FROM: from, NODE_ENV }: Settings): Config['smtp'] {
  if (LETTERS !== 'smtp' || !url || !from) return undefined
  return { url, from, requireTls: NODE_ENV === 'production' }
}

function productionProblems(values: Settings): string[] {
  const problems: string[] = []
  const require = (condition: unknown, line: string) => condition || problems.push(line)
  require(values.DATABASE_URL, 'DATABASE_URL: missing; production does not run on the embedded database')
  require(values.PUBLIC_URL, 'PUBLIC_URL: missing; the address donors use, such as https://meent.example')
  require(values.PUBLIC_URL === undefined ||
    values.PUBLIC_URL.startsWith('https://'), 'PUBLIC_URL: must be https in production')
  require(values.SECRETS, 'SECRETS: missing; one or more random secrets of 32 characters or more, the current one first')
  require(values.SECRETS === undefined ||
    secretsOf(values).every(
      strong,
    ), 'SECRETS: each must be random and have 32 characters or more; the demonstration secret is refused')
  require(values.PAYMENTS !==
    'simulated', 'PAYMENTS: must be stripe; production does not take simulated payments')
  require(values.BANK !==
    'simulated', 'BANK: must be files; production does not pay through the simulated bank')
  require(values.OIDC_ISSUER === undefined ||
    values.OIDC_ISSUER.startsWith('https://'), 'OIDC_ISSUER: must be https in production')
  require(values.LETTERS !== 'demonstration', 'LETTERS: must be smtp; production sends its letters')
  for (const setting of ['DATABASE_URL', 'DATABASE_OWNER_URL'] as const) {
    const problem = tlsProblem(values[setting] ?? '')
    require(!problem, `${setting}: ${problem}`)
  }
  require(values.TRUST_PROXY !==
    'true', 'TRUST_PROXY: must be the number of proxies in front, or their addresses; true believes whatever a request says')
  require(values.RATE_LIMITS === 'on', 'RATE_LIMITS: must be on in production')
  require(values.STRIPE_API === undefined, 'STRIPE_API: must not be set in production')
  require(values.PAYMENTS !== 'stripe' ||
    !values.STRIPE_SECRET_KEY ||
    values.STRIPE_SECRET_KEY.includes('_live_'), 'STRIPE_SECRET_KEY: must be a live key in production')
  require(values.PAYMENTS !== 'stripe' ||
    values.STRIPE_WEBHOOK_SECRET !==
      DEMONSTRATION_WEBHOOK_SECRET, 'STRIPE_WEBHOOK_SECRET: the demonstration secret is refused')
  return problems
}

/** Settings that may stand in a file of their own, as Docker and Kubernetes give secrets: its path is in `…_FILE`. */
const inFiles = ['SECRETS', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'] as const

function withSecretFiles(given: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const filled = { ...given }
  for (const name of inFiles) {
    const path = given[`${name}_FILE`]
    if (path === undefined) continue
    if (given[name] !== undefined) throw new ConfigError([`${name}_FILE: ${name} is set as well`])
    try {
      filled[name] = readFileSync(path, 'utf8').trim()
    } catch {
      throw new ConfigError([`${name}_FILE: this file cannot be read`])
    }
  }
  return filled
}

function strong(secret: string): boolean {
  return secret.length >= 32 && secret !== DEMONSTRATION_SECRET && new Set(secret).size >= 10
}
