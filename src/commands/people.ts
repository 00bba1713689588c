/** The first people who may approve, and who there is. */
import { parseArgs } from 'node:util'
import { sayColumns } from './columns.ts'
import { type Command, say, withDeps } from './command.ts'

export const createAdministrator: Command = {
  about:
    '--email E --name N [--role administrator|approver]: the first people who may approve, until there are two; with DATABASE_OWNER_URL',
  run: args =>
    withDeps(async deps => {
      const { createAdministrator } = await import('../auth/index.ts')
      const option = { type: 'string', default: '' } as const
      const role = { type: 'string', default: 'administrator' } as const
      const { values } = parseArgs({ args, options: { email: option, name: option, role } })
      const personId = await createAdministrator(deps, values)
      say(`person ${personId}`)
      say(`sign in at ${deps.publicUrl()}/sign-in with ${values.email}`)
    }, 'owner'),
}

export const listPeople: Command = {
  about: 'colleagues, their roles of today, when each last signed in',
  run: () =>
    withDeps(async deps => {
      const { colleagues } = await import('../auth/index.ts')
      const { localDate } = await import('../platform/calendar/index.ts')
      const { pools } = await import('../pools/index.ts')
      const { db, organisationId, clock } = deps
      const slugs = new Map((await pools(db, organisationId)).map(({ id, slug }) => [id, slug]))
      const people = await colleagues(db, organisationId, localDate(clock.now()))
      const roleText = ({ role, poolId, lastDay }: (typeof people)[number]['roles'][number]) =>
        `${role}${poolId ? ` of ${slugs.get(poolId)}` : ''}${lastDay ? ` until ${lastDay}` : ''}`
      sayColumns(
        ['person', 'name', 'roles', 'signed in', 'second factor'],
        people.map(({ id, name, roles, lastSignedInOn, secondFactor }) => [
          id,
          name,
          roles.map(roleText).join(', ') || 'none',
          lastSignedInOn ?? 'never',
          secondFactor ? 'yes' : 'no',
        ]),
      )
    }),
}

export const resetSecondFactor: Command = {
  about:
    '--email E --reason R: of somebody who lost phone, passkeys and recovery codes; they set up a new one when signing in',
  run: args =>
    withDeps(async deps => {
      const { resetSecondFactor } = await import('../auth/index.ts')
      const option = { type: 'string', default: '' } as const
      await resetSecondFactor(deps, parseArgs({ args, options: { email: option, reason: option } }).values)
      say('reset: their sessions ended, and a letter tells them')
    }),
}
