// What lies where in the data folder.

import { join } from 'node:path'

export interface Layout {
  readonly root: string
  /** Postgres's own data directory. */
  readonly cluster: string
  /** A cluster being made; renamed when complete, so there is never half a cluster. */
  readonly unfinished: string
  readonly password: string
  /** The pipe that everybody who uses the server keeps open: see supervisor.ts. */
  readonly holders: string
  readonly turns: string
  readonly log: string
}

export function layoutOf(dataDir: string): Layout {
  return {
    root: dataDir,
    cluster: join(dataDir, 'cluster'),
    unfinished: join(dataDir, 'cluster.unfinished'),
    password: join(dataDir, 'password'),
    holders: join(dataDir, 'holders'),
    turns: join(dataDir, 'turns'),
    log: join(dataDir, 'postgres.log'),
  }
}
