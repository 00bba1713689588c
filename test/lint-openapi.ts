// Lints openapi/openapi.json: always against the general rules, and against the NL REST API Design Rules where
// ../shared/data is there. Part of `npm run check`.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const designRules = fileURLToPath(new URL('../../shared/data/nlgov-adr/spectral.yaml', import.meta.url))
const document = 'openapi/openapi.json'

function lint(ruleset: string, failOn: 'error' | 'warn'): boolean {
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] as 'inherit'[] }
  const { status } = spawnSync(
    'npx',
    ['--no-install', 'spectral', 'lint', '--quiet', '-F', failOn, '-r', ruleset, document],
    options,
  )
  return status === 0
}

const outcomes = [lint('.spectral.yaml', 'warn')]
if (existsSync(designRules)) outcomes.push(lint(designRules, 'error'))
else process.stdout.write('left out: the API Design Rules, for there is no ../shared/data/nlgov-adr\n')
process.exit(outcomes.every(Boolean) ? 0 : 1)
