// A process that sends what waits in an outbox, as the service's job does: to be killed from outside.

import type { DB } from '../../src/database.ts'
import type { Deps } from '../../src/deps.ts'
import { sendLetters } from '../../src/mail/index.ts'
import { connect } from '../../src/platform/db.ts'
import { mailDeps, smtpTo } from './support.ts'

const [url = '', organisationId, port, now = ''] = process.argv.slice(2)
const db = connect<DB>({ url, onError: () => {} })
const parts = mailDeps(db, Number(organisationId), () => new Date(now))
await sendLetters({ ...parts, mail: smtpTo(Number(port)) } as Partial<Deps> as Deps)
await db.destroy()
