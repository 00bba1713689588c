// What is sealed can be opened where it belongs, with the secret it was sealed under, and in no other way.

import fc from 'fast-check'
import t from 'tap'
import { createVault } from '../../src/platform/vault.ts'

const OLD = 'an older secret of the tests, of no value'
const NEW = 'a newer secret of the tests, of no value'
const vault = createVault([NEW])
const context = 'recipients.persons/1/some-id/iban'

t.test('whatever goes in comes out, and nothing of it shows', async t => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (bytes, where) => {
      const plain = Buffer.from(bytes)
      return vault.decrypt(vault.encrypt(plain, where), where).equals(plain)
    }),
  )
  const iban = 'NL35MEEN0000000004'
  const sealed = vault.encrypt(iban, context)
  t.equal(vault.decrypt(sealed, context).toString(), iban)
  t.notOk(sealed.includes(iban.slice(4)), 'the account is not to be seen')
  t.notOk(sealed.equals(vault.encrypt(iban, context)), 'the same account never looks the same')
})

t.test('a ciphertext belongs to its row and column', async t => {
  const sealed = vault.encrypt('NL35MEEN0000000004', context)
  for (const elsewhere of [
    'recipients.persons/1/some-id/name',
    'recipients.persons/1/other-id/iban',
    'recipients.persons/2/some-id/iban',
    '',
    `${context} `,
  ])
    t.throws(() => vault.decrypt(sealed, elsewhere), `moved to ${elsewhere}`)
})

t.test('no byte can be changed, added or left out', async t => {
  const sealed = vault.encrypt('1000', context)
  for (const position of sealed.keys()) {
    const altered = Buffer.from(sealed)
    altered.writeUInt8((sealed.readUInt8(position) + 1) % 256, position)
    t.throws(() => vault.decrypt(altered, context), `byte ${position}`)
    t.throws(() => vault.decrypt(sealed.subarray(0, position), context), `only ${position} bytes`)
  }
  t.throws(() => vault.decrypt(Buffer.concat([sealed, Buffer.of(0)]), context), 'a byte more')
})

t.test('secrets rotate: the first seals, all of them open', async t => {
  const before = createVault([OLD])
  const during = createVault([NEW, OLD])
  const [old, fresh] = [before.encrypt('oud', context), during.encrypt('nieuw', context)]
  t.equal(during.decrypt(old, context).toString(), 'oud', 'what was sealed before')
  t.equal(vault.decrypt(fresh, context).toString(), 'nieuw', 'is sealed under the new secret now')
  t.throws(() => vault.decrypt(old, context), /key that is not configured/, 'the old one is gone')
  t.throws(() => before.decrypt(fresh, context), 'and never opened the new')
  t.throws(() => createVault([]), 'no secret, no vault')
})

t.test('a fingerprint tells sameness and nothing else', async t => {
  t.ok(vault.fingerprint('a').equals(vault.fingerprint('a')))
  t.notOk(vault.fingerprint('a').equals(vault.fingerprint('b')))
  t.notOk(
    vault.fingerprint('a').equals(createVault([OLD]).fingerprint('a')),
    'without the secret it cannot be made',
  )
})

t.test('what was fingerprinted before a rotation is still recognised', async t => {
  const before = createVault([OLD]).fingerprint('a')
  const [current, earlier] = createVault(['a newer secret of forty characters or so', OLD]).fingerprints('a')
  t.notOk(current?.equals(before), 'new ones are under the new secret')
  t.ok(earlier?.equals(before))
})
