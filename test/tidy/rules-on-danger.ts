/** Laws on what code can do harm with: each such thing stands in the few files named here, with the reason. */
import { findingsIn, inSrc, type Project, type Rule, within } from './source.ts'

interface Danger {
  readonly law: string
  readonly pattern: RegExp
  /** Where the pattern is looked for: names of modules stand in literals. */
  readonly in: 'code' | 'bare'
  /** Files or folders, each with its reason. */
  readonly only: Readonly<Record<string, string>>
  readonly breaks: string
}

const dangers: readonly Danger[] = [
  {
    law: 'no program is started but the embedded database’s',
    pattern: /node:child_process|\bspawn\(|\bexecFile/g,
    in: 'code',
    only: { 'platform/embedded-postgres': 'initdb and postgres, with arguments of ours' },
    breaks: "import { exec } from 'node:child_process'",
  },
  {
    law: 'no text becomes code',
    pattern: /\beval\(|\bnew Function\b|node:vm\b|\bset(?:Timeout|Interval|Immediate)\(\s*['"`]/g,
    in: 'code',
    only: {},
    breaks: 'const answer = eval(text)',
  },
  {
    law: 'no pattern is made of what somebody typed',
    pattern: /\bnew RegExp\(|\bRegExp\(/g,
    in: 'bare',
    only: {
      'money/parse.ts': 'of the names of currencies',
      'platform/log.ts': 'of the names that are cut out',
      'mail/address.ts': 'of the parts of an address',
    },
    breaks: 'const found = new RegExp(typed).test(text)',
  },
  {
    law: 'nothing is fetched from an address that a request names',
    pattern: /\bfetch\(|node:(?:http|https|http2|tls|dgram|dns)\b|\bundici\b/g,
    in: 'code',
    only: {
      'server.ts': 'the simulated provider’s events, to ourselves',
      'app.ts': 'types of the server',
      'auth/proof/issuer.ts':
        'the issuer that the settings name, and its own answer; no redirect is followed',
    },
    breaks: 'const page = await fetch(request.body.url)',
  },
  {
    law: 'cryptography is node’s own, in files that say what for',
    pattern: /node:crypto\b|\bcrypto\.(?:subtle|getRandomValues)\b/g,
    in: 'code',
    only: {
      'platform/vault.ts': 'sealing and keyed hashes: AES-256-GCM, HKDF and HMAC with SHA-256',
      'platform/id.ts': 'tokens, and SHA-256 of them',
      'retention/follow-link.ts': 'comparing seals, however alike they are in the same time',
      'donors/stop-link.ts': 'comparing seals, however alike they are in the same time',
      'platform/migrate.ts': 'SHA-256 of a migration',
      'platform/embedded-postgres': 'passwords of a local database, and names of folders',
      'auth/proof/engine.ts': 'HMAC of a code',
      'reconciliation/camt053/references.ts': 'SHA-256 of a bank entry',
      simulation: 'another company’s signatures and ids',
      'app.ts': 'ids of requests',
      'web/scope.ts': 'keys of forms',
    },
    breaks: "import { createCipheriv } from 'node:crypto'",
  },
  {
    law: 'no broken hash or cipher is named',
    pattern: /\b(?:md5|sha-?1|des|rc4|aes-\d+-(?:ecb|cbc))\b/gi,
    in: 'code',
    only: {},
    breaks: "const hash = createHash('md5')",
  },
  {
    law: 'chance that can be foretold decides nothing but how long to wait',
    pattern: /\bMath\.random\b/g,
    in: 'bare',
    only: {
      'platform/transaction.ts': 'how long to wait before trying again',
      'platform/embedded-postgres/turn.ts': 'the same',
      'donations/stripe/outcome.ts': 'the same',
    },
    breaks: 'const token = Math.random().toString(36)',
  },
  {
    law: 'settings and secrets are read in one file',
    pattern: /\bprocess\.(?:env|loadEnvFile)\b/g,
    in: 'bare',
    only: {
      'config.ts': 'the one file',
      'platform/embedded-postgres/run-program.ts': 'PATH, to find nothing but system programs',
    },
    breaks: 'const secret = process.env.SECRETS',
  },
  {
    law: 'the service writes its log and nothing beside it',
    pattern: /\bconsole\.|\bprocess\.std(?:out|err)\b/g,
    in: 'bare',
    only: {
      'cli.ts': 'the terminal',
      commands: 'the terminal',
      'server.ts': 'why it does not start, and a demonstration’s welcome',
    },
    breaks: 'console.log(person)',
  },
  {
    law: 'no certificate goes unchecked, and no lenient parser reads requests',
    pattern: /rejectUnauthorized:\s*false|NODE_TLS_REJECT_UNAUTHORIZED|insecureHTTPParser|allowHTTP1/g,
    in: 'code',
    only: { 'config.ts': 'production does not start with it' },
    breaks: 'const options = { rejectUnauthorized: false }',
  },
]

const found = ({ pattern, in: where, only, law }: Danger, project: Project) =>
  inSrc(project)
    .filter(({ path }) => !Object.keys(only).some(place => within(path, place)))
    .flatMap(file => findingsIn(file, file[where], pattern, law))

/** And no file is named without need: who is not dangerous any more leaves the list. */
const idle = ({ pattern, in: where, only }: Danger, project: Project) =>
  Object.keys(only)
    .filter(
      place =>
        project.has('src/app.ts') &&
        !inSrc(project).some(file => within(file.path, place) && file[where].match(pattern)),
    )
    .map(place => ({
      file: `src/${place}`,
      line: 1,
      says: `is named in rules-on-danger.ts, and has no ${pattern.source}`,
    }))

export const rulesOnDanger: readonly Rule[] = dangers.map(danger => ({
  law: danger.law,
  check: project => [...found(danger, project), ...idle(danger, project)],
  breaks: [{ 'src/pools/pool.ts': danger.breaks }],
  holds: {
    'src/pools/pool.ts': '// eval(x), fetch(x), console.log(x), Math.random()\nexport const one = 1n',
    ...Object.fromEntries(
      Object.keys(danger.only)
        .filter(each => each.endsWith('.ts') && each !== 'app.ts')
        .map(each => [`src/${each}`, danger.breaks]),
    ),
  },
}))
