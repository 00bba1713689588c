// Signing in by every way, showing and changing second factors: as a browser does it, with a cookie.

import { codeOf, keyOf, sparePasskey } from '../auth/authenticator.ts'
import { signInMail } from '../auth/mailbox.ts'
import type { TestApp } from '../support/app.ts'
import { visitor } from '../support/visitor.ts'
import { cookieOf, type LeavesAnAct } from './leaves-an-act.ts'

const EMAIL = 'auditor@meent.example'

export async function changesOfSignIn(api: TestApp, leavesAnAct: LeavesAnAct): Promise<void> {
  await leavesAnAct('POST /v1/sessions', { json: { personId: api.persons.donor } })
  await leavesAnAct('POST /demonstration/sign-in', { form: { personId: api.persons.donor } })
  await leavesAnAct('DELETE /v1/sessions/current', { as: 'campaigner' })
  await leavesAnAct('POST /sign-out', { as: 'donor' })

  const asker = visitor(api)
  await asker.post('/sign-in', { email: EMAIL })
  const { code } = await signInMail(api, EMAIL)
  await leavesAnAct('POST /sign-in/code', { form: { code }, cookie: cookieOf(asker) })
  await asker.post('/sign-in', { email: EMAIL })
  const signInToken = (await signInMail(api, EMAIL)).link.split('/').at(-1) ?? ''
  await leavesAnAct('POST /sign-in/links/:signInToken', { params: { signInToken } })

  await asker.post('/sign-in', { email: EMAIL })
  await asker.post('/sign-in/code', { code: (await signInMail(api, EMAIL)).code })
  await asker.post('/account/authenticator')
  const key = keyOf((await asker.get('/account/authenticator')).text)
  // Each of these two answers another cookie.
  await leavesAnAct('POST /account/authenticator/codes', { by: asker, form: { code: await codeOf(key, -1) } })
  await leavesAnAct('POST /sign-in/second-factor', { by: asker, form: { code: await codeOf(key, 0) } })
  const cookie = cookieOf(asker)
  await leavesAnAct('POST /account/recovery-codes', { cookie })
  await asker.post('/sign-in', { email: EMAIL })
  const other = visitor(api)
  await other.post((await signInMail(api, EMAIL)).link)
  const [ending = ''] =
    /\/account\/sessions\/[0-9a-f-]+\/endings/.exec((await asker.get('/account')).text) ?? []
  const sessionId = ending.split('/')[3] ?? ''
  await leavesAnAct('POST /account/sessions/:sessionId/endings', { cookie, params: { sessionId } })
  await leavesAnAct('POST /account/session-endings', { cookie })
  await sparePasskey(api, api.persons.auditor)
  await leavesAnAct('POST /account/authenticator/removals', { cookie })
}
