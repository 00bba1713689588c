// A code is typed in where it was asked for: in any other browser it is a wrong one, also for whoever asked for a mail to the
// same address before.

import t from 'tap'
import { testApp } from '../support/app.ts'
import { visitor } from '../support/visitor.ts'
import { signInMail } from './mailbox.ts'

const api = await testApp(t)
const email = 'recipient@meent.example'

t.test('the code is good in the browser that asked for it, and in no other', async t => {
  const attacker = visitor(api)
  await attacker.post('/sign-in', { email })
  const older = await signInMail(api, email)
  const victim = visitor(api)
  await victim.post('/sign-in', { email })
  const { code } = await signInMail(api, email)
  if (older.code === code) return
  t.equal((await attacker.post('/sign-in/code', { code })).status, 422, 'not of who asked before')
  t.match(await attacker.get('/account'), { status: 303, to: /^\/sign-in/ })
  t.match(
    await visitor(api).post('/sign-in/code', { code }),
    { status: 303, to: '/sign-in' },
    'nor of who asked nothing',
  )
  const [planted] = [...attacker.cookies].map(([name]) => name)
  const forged = visitor(api)
  forged.cookies.set(planted ?? '', Buffer.from(JSON.stringify({ email, next: '' })).toString('base64url'))
  t.match(
    await forged.post('/sign-in/code', { code }),
    { status: 303, to: '/sign-in' },
    'nor with a made-up cookie',
  )
  t.match(await victim.post('/sign-in/code', { code }), { status: 303, to: /my-income/ }, 'but of who asked')
})

t.test('a letter written large or small is the same address', async t => {
  const who = visitor(api)
  await who.post('/sign-in', { email: ' Donor@Meent.Example ' })
  const { code } = await signInMail(api, 'donor@meent.example')
  t.equal((await who.post('/sign-in/code', { code })).status, 303)
})
