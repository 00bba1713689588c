/** After rotating SECRETS: seals everything under the current one, so that the older ones can go. */
import { resealEverything } from '../reseal.ts'
import { type Command, say, withDeps } from './command.ts'

export const reseal: Command = {
  about:
    'after putting a new secret first in SECRETS: seal everything under it; may be interrupted and repeated',
  run: () =>
    withDeps(async deps => {
      for (const [name, count] of Object.entries(await resealEverything(deps)))
        say(`${name.padEnd(14)} ${count} sealed anew`)
      say(
        'What still hangs on an older secret passes by itself: wait a day, and until no letter waits, then take it out.',
      )
    }),
}
