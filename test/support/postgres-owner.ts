// A process that uses the embedded Postgres, for tests that need one to kill: says where the server is, and stops it at the end of its
// input or at a SIGTERM.

import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres/index.ts'

const write = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`)

try {
  const server = await startEmbeddedPostgres({
    dataDir: process.argv[2] ?? '',
    log: message => write({ message }),
  })
  write({ url: server.superuserUrl, started: server.started })
  const stop = async () => {
    await server.stop()
    process.exit()
  }
  process.stdin.resume().once('end', stop)
  process.once('SIGTERM', stop)
  // As a service does: Ctrl-C is first answered by work that still needs the database.
  process.once('SIGINT', () => write({ interrupted: true }))
} catch (error) {
  write({ failure: error instanceof Error ? error.message : String(error) })
  process.exitCode = 1
}
