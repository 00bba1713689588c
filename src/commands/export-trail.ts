/** The trail as text on standard output. That it was taken out is itself an act. */
import { parseArgs } from 'node:util'
import { exportActs, startExport, trailFormats } from '../acts/index.ts'
import { actorNames } from '../auth/index.ts'
import { isUuid } from '../platform/id.ts'
import { type Command, withDeps } from './command.ts'
import { readMoment, readOneOf, refused } from './read-options.ts'
import { unlessNobodyReads, writeOut } from './write-out.ts'

export const exportTrail: Command = {
  about: `--format ${trailFormats.join('|')} [--from T] [--until T] [--action A] [--actor ID] [--subject-kind K] [--subject ID]: who did what, to standard output, oldest first; T is a day or a time`,
  async run(args) {
    const option = { type: 'string' } as const
    const options = {
      ...{ format: option, from: option, until: option, action: option, actor: option },
      ...{ 'subject-kind': option, subject: option },
    }
    const { values } = parseArgs({ args, options })
    const format = readOneOf('format', values.format, trailFormats)
    if (!format) throw refused('format', `one of ${trailFormats.join(', ')}`)
    if (values.actor !== undefined && !isUuid(values.actor))
      throw refused('actor', 'the id of a person or key')
    const until = readMoment('until', values.until, 'end')
    const filter = {
      from: readMoment('from', values.from),
      until: until && new Date(until.getTime() + 1), // a day until it is over, a time including it
      action: values.action,
      actorId: values.actor,
      subjectKind: values['subject-kind'],
      subjectId: values.subject,
    }
    process.stdout.on('error', () => {})
    await withDeps(async ({ db, organisationId, clock }) => {
      const started = await startExport(db, organisationId, { kind: 'system' }, clock.now(), {
        format,
        filter,
      })
      const namesOf = (ids: readonly string[]) => actorNames(db, organisationId, ids)
      for await (const piece of exportActs(db, organisationId, started, namesOf)) await writeOut(piece)
    }).catch(unlessNobodyReads)
  },
}
