// The API answers in English, as its description is written, unless Dutch is asked first.

import t from 'tap'
import { testApp } from '../support/app.ts'

t.test('a refusal of the API is English unless Dutch is asked', async t => {
  const { app } = await testApp(t)
  for (const [asked, language] of [
    [undefined, 'en'],
    ['*', 'en'],
    ['de', 'en'],
    ['en-GB,nl;q=0.5', 'en'],
    ['nl-NL,en;q=0.5', 'nl'],
  ] as const) {
    const headers = asked === undefined ? {} : { 'accept-language': asked }
    const answer = await app.inject({ method: 'GET', url: '/v1/pools/nowhere', headers })
    t.equal(answer.headers['content-language'], language, asked ?? 'nothing asked')
  }
})
