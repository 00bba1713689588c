// What is no picture, is refused with its field and reason; what is one, is written anew with nothing beside its pixels.

import sharp from 'sharp'
import t from 'tap'
import { setPicture, sharePicture } from '../../src/campaigns/index.ts'
import { madeAnew } from '../../src/campaigns/picture.ts'
import { DomainError } from '../../src/refusals.ts'
import { testApp } from '../support/app.ts'
import { drafted, person, refusalOf, submitted } from './run.ts'

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#2f6f53' } })
const jpeg = await plain(640, 480).jpeg().toBuffer()
const png = await plain(640, 480).png().toBuffer()

const refused = async (bytes: Buffer) => {
  const error = await madeAnew(bytes).catch((reason: unknown) => reason)
  return error instanceof DomainError ? `${error.code} ${error.details.field}` : 'taken'
}
const NO = 'picture-refused picture'

t.test('JPEG, PNG and WebP become a JPEG, upright and no larger than it needs to be', async t => {
  const made = [jpeg, png, await plain(640, 480).webp().toBuffer(), await plain(5000, 3000).jpeg().toBuffer()]
  for (const bytes of made) {
    const { format, width = 0, height = 0 } = await sharp(await madeAnew(bytes)).metadata()
    t.equal(format, 'jpeg')
    t.ok(width <= 1600 && height <= 1200)
  }
  const turned = await plain(640, 480).withMetadata({ orientation: 6 }).jpeg().toBuffer()
  t.match(await sharp(await madeAnew(turned)).metadata(), { width: 480, height: 640 })
})

t.test('nothing is left of where and by what it was taken, or of what hides behind it', async t => {
  const taken = await plain(640, 480)
    .withExif({ IFD0: { Make: 'Camera', Copyright: 'Iemand' }, IFD3: { GPSLatitude: '53/1 13/1 0/1' } })
    .jpeg()
    .toBuffer()
  t.ok((await sharp(taken).metadata()).exif, 'it was there')
  const polyglot = Buffer.concat([taken, Buffer.from('<script>alert(1)</script><?php x ?>PK\x03\x04')])
  const made = await madeAnew(polyglot)
  const { exif, xmp, icc } = await sharp(made).metadata()
  t.strictSame({ exif, xmp, icc }, { exif: undefined, xmp: undefined, icc: undefined })
  for (const trace of ['Camera', 'Iemand', 'script', 'php', 'PK'])
    if (trace.length > 2) t.notOk(made.includes(trace), trace)
})

t.test('what is no picture is refused, whatever it is called', async t => {
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><script>x</script></svg>',
  )
  const cases: Record<string, Buffer> = {
    ...{ 'a text': Buffer.from('dit is geen foto'), 'a drawing': svg, nothing: Buffer.alloc(0) },
    'a page that begins as a PNG': Buffer.concat([png.subarray(0, 8), Buffer.from('<html>')]),
    'a page that begins as a JPEG': Buffer.concat([
      jpeg.subarray(0, 3),
      Buffer.from('<script>alert(1)</script>'),
    ]),
    'half a JPEG': jpeg.subarray(0, 400),
    'a GIF': await plain(640, 480)
      .gif()
      .toBuffer()
      .catch(() => Buffer.from('GIF89a')),
    'a document': Buffer.from('%PDF-1.7 1 0 obj'),
    'a picture of a camera’s own': Buffer.from('II*\0'),
    'too small': await plain(100, 900).jpeg().toBuffer(),
    'too many bytes': Buffer.concat([jpeg, Buffer.alloc(6 * 1024 * 1024)]),
    'a bomb': await plain(12_000, 12_000).png({ compressionLevel: 9 }).toBuffer(),
  }
  for (const [what, bytes] of Object.entries(cases)) t.equal(await refused(bytes), NO, what)
  t.ok((cases['a bomb']?.length ?? 0) < 1_000_000, 'which is small until it is opened')
})

t.test('only its starter, with words, until it is submitted', async t => {
  const api = await testApp(t)
  const campaignId = await drafted(api)
  const set = (more: object = {}, as: 'donor' | 'recipient' = 'donor') =>
    refusalOf(
      setPicture(api.deps, person(api, as), { campaignId, bytes: jpeg, alt: 'Een tuin in de zon', ...more }),
    )
  t.equal(await set({ alt: '' }), 'invalid-request')
  t.equal(await set({ alt: '<img src=x onerror=alert(1)>' }), 'invalid-request')
  t.equal(await set({}, 'recipient'), 'not-found')
  t.equal(await set(), 'done')
  t.equal(await set({ campaignId: await submitted(api) }), 'campaign-submitted')
})

t.test('the picture that others show is 1200 × 630, with and without one', async t => {
  for (const picture of [await madeAnew(jpeg), null])
    for (const perMille of [0, 385, 1000]) {
      const made = await sharePicture(picture, { perMille, months: 12 })
      t.match(await sharp(made).metadata(), { width: 1200, height: 630, format: 'jpeg' })
    }
})
