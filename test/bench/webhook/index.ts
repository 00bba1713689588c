// A busy evening: signed events into one hot pool, with the sender, the service and the database on the same machine.

import type { Bench } from '../figure.ts'
import { accept } from './accept.ts'

export const webhook: Bench = async ({ newDatabase, entries }) => [
  ...(await accept(await newDatabase(), entries)),
]
