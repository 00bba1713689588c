/** The API's description, from the routes. */
import { readFile, writeFile } from 'node:fs/promises'
import { type Command, Failed, say } from './command.ts'

export const openapi: Command = {
  about: 'write openapi/openapi.json; --check: only say whether it is up to date',
  async run(args) {
    const { openApiDocument } = await import('../openapi.ts')
    const path = new URL('../../openapi/openapi.json', import.meta.url)
    const fresh = await openApiDocument()
    if (!args.includes('--check')) return writeFile(path, fresh)
    if ((await readFile(path, 'utf8')) !== fresh) {
      say('openapi/openapi.json does not match the routes: npm run -s cli -- openapi')
      throw new Failed()
    }
  },
}
