// Under which user the server runs: Postgres refuses to run as root, so root lends it an account without rights.

import { accessSync, constants, lchownSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

export interface Account {
  readonly uid: number
  readonly gid: number
}

/** `nobody` on Linux, `daemon` on macOS. It must be in the user table (initdb looks it up), and these always are. */
const unprivileged: Account = process.platform === 'darwin' ? { uid: 1, gid: 1 } : { uid: 65534, gid: 65534 }

/** Data made while running as root belongs to the account lent then; an ordinary user cannot go on with it. */
export function refuseForeignFolder(root: string): void {
  try {
    accessSync(root, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    const { uid } = statSync(root)
    throw new Error(
      `${root} belongs to another user (uid ${uid}): start as root, or choose another DATA_DIR`,
      { cause },
    )
  }
}

/** The account for the server; null means: the one we run as ourselves. Whoever has the data goes on having it. */
export function accountFor(root: string, cluster: string): Account | null {
  if (process.getuid?.() !== 0) return null
  const { uid, gid } = statSync(cluster, { throwIfNoEntry: false }) ?? statSync(root)
  return uid === 0 ? unprivileged : { uid, gid }
}

export function giveTo(account: Account | null, path: string): void {
  if (account !== null) lchownSync(path, account.uid, account.gid)
}

/** A copy that root made of a cluster belongs to root; hand it over whole. */
export function giveTreeTo(account: Account | null, path: string): void {
  if (account === null || statSync(path).uid === account.uid) return
  for (const entry of readdirSync(path, { recursive: true, encoding: 'utf8' }))
    giveTo(account, join(path, entry))
  giveTo(account, path)
}
