// A busy evening: signed events into one hot pool, with the sender, the service, the provider's stand-in and the database on
// the same machine.

import type { Bench } from '../figure.ts'
import { accept } from './accept.ts'
import { burst } from './burst.ts'
import { drain } from './drain.ts'

export const webhook: Bench = async ({ newDatabase, entries }) => {
  const accepted = await accept(await newDatabase(), entries)
  const drained = await drain(newDatabase, entries)
  const after = await burst((await newDatabase()).ownerUrl, entries)
  const { kills, accepted: taken, inbox, documents, gifts, ledger, provider } = after
  if (kills !== 3 || [taken, inbox, documents, gifts].some(count => count !== entries) || ledger !== provider)
    throw new Error(`something was lost or doubled: ${JSON.stringify(after)}`)
  return [
    ...accepted,
    ...drained,
    { figure: 'of a burst with three kills: gifts posted', value: gifts, unit: 'gifts', limit: entries },
    { figure: 'and cents in the ledger', value: Number(ledger), unit: 'cents', limit: Number(provider) },
  ]
}
