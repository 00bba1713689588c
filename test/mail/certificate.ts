// A certificate of the test's own for 127.0.0.1, signed by itself: no key stands in the repository, and none expires.

import { generateKeyPairSync, sign } from 'node:crypto'

/** One element of DER. */
const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}
const hex = (text: string) => Buffer.from(text, 'hex')
const sequence = (...parts: Buffer[]) => der(0x30, ...parts)
const time = (at: Date) =>
  der(0x17, Buffer.from(`${at.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`))

const ECDSA_WITH_SHA256 = sequence(hex('06082a8648ce3d040302'))
const NAME = sequence(der(0x31, sequence(hex('0603550403'), der(0x0c, Buffer.from('mail of the test')))))
const DAY_MS = 86_400_000

export function certificate(now = new Date()): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const extension = (oid: string, ...value: Buffer[]) => sequence(hex(oid), der(0x04, sequence(...value)))
  const content = sequence(
    der(0xa0, hex('020102')), // version 3
    hex('020101'), // serial number
    ECDSA_WITH_SHA256,
    NAME,
    sequence(time(new Date(now.getTime() - DAY_MS)), time(new Date(now.getTime() + DAY_MS))),
    NAME,
    publicKey.export({ format: 'der', type: 'spki' }),
    der(
      0xa3,
      sequence(
        extension('0603551d13', hex('0101ff')), // may sign itself
        extension('0603551d11', hex('87047f000001')), // is 127.0.0.1
      ),
    ),
  )
  const signature = sign('sha256', content, privateKey)
  const whole = sequence(content, ECDSA_WITH_SHA256, der(0x03, hex('00'), signature))
  const lines = whole.toString('base64').replaceAll(/.{64}/g, '$&\n')
  return {
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  }
}
