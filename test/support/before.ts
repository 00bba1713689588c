// tap runs this before the first test file: has the run's one Postgres started, unless TEST_DATABASE_URL names a server to use.
// It imports nothing of src/: tap measures this script in any case, and would report those files as hardly covered.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

if (process.env.TEST_DATABASE_URL === undefined) {
  const script = join(import.meta.dirname, 'postgres-of-run.ts')
  // Its parent is the process that runs the tests, which is ours too.
  const child = spawn(process.execPath, [script, String(process.ppid)], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, _TAPJS_PROCESSINFO_COVERAGE_: '0' },
  })
  const [answer] = await Promise.race([once(child, 'message'), once(child, 'exit')])
  if (answer !== 'ready') throw new Error(`no Postgres for the tests: ${answer}`)
  if (child.connected) child.disconnect()
  child.unref()
}
