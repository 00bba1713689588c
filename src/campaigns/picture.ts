/**
 * What somebody sends as a picture becomes one: it is decoded, turned upright, made smaller and written anew, so that nothing
 * of what it was beside its pixels is left, and what is no picture is none.
 */
import sharp from 'sharp'
import { DomainError } from '../refusals.ts'

export const LARGEST_PICTURE_BYTES = 6 * 1024 * 1024
/** A telephone's largest, and no more: each pixel is four bytes of memory while it is read. */
const MOST_PIXELS = 50_000_000
const SMALLEST_SIDE = 200
const WIDTH = 1_600
const HEIGHT = 1_200
const SECONDS = 10

// The library reads drawings, documents and formats of cameras as well: each of them is a door that nobody here needs.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
})
sharp.cache(false)
sharp.concurrency(1)

/** By how the bytes begin: a name or a type that somebody says is not believed. */
const kinds: readonly ((bytes: Buffer) => boolean)[] = [
  bytes => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])),
  bytes => bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])),
  bytes => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
]

/** One at a time: some kinds of pictures are in memory whole while they are read. */
let last: Promise<unknown> = Promise.resolve()

/** Answers a JPEG. Throws `picture-refused`. */
export async function madeAnew(bytes: Buffer): Promise<Buffer> {
  if (bytes.length > LARGEST_PICTURE_BYTES) throw refused(tooLarge)
  if (!kinds.some(isKind => isKind(bytes))) throw refused(noPicture)
  const mine = last.then(() => decoded(bytes))
  last = mine.catch(() => {})
  return mine
}

async function decoded(bytes: Buffer): Promise<Buffer> {
  const picture = sharp(bytes, { limitInputPixels: false, failOn: 'error', sequentialRead: true })
  const {
    width,
    height,
    pages = 1,
  } = await picture.metadata().catch(() => {
    throw refused(noPicture)
  })
  if (width * height * pages > MOST_PIXELS) throw refused(tooManyPixels)
  if (Math.min(width, height) < SMALLEST_SIDE) throw refused(tooSmall)
  return picture
    .rotate()
    .resize({ width: WIDTH, height: HEIGHT, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 80, mozjpeg: false })
    .timeout({ seconds: SECONDS })
    .toBuffer()
    .catch(() => {
      throw refused(noPicture)
    })
}

const refused = (reason: { nl: string; en: string }) =>
  new DomainError('picture-refused', { field: 'picture', reason })

export const tooLarge = {
  nl: 'Hij is groter dan 6 MB',
  en: 'It is larger than 6 MB',
}
const noPicture = {
  nl: 'Dit is geen JPEG-, PNG- of WebP-afbeelding, of hij is beschadigd',
  en: 'This is no JPEG, PNG or WebP picture, or it is damaged',
}
const tooManyPixels = {
  nl: 'Hij heeft te veel beeldpunten: maak hem kleiner dan 50 miljoen',
  en: 'It has too many pixels: make it smaller than 50 million',
}
const tooSmall = {
  nl: `Hij is te klein: elke kant is minstens ${SMALLEST_SIDE} beeldpunten`,
  en: `It is too small: each side has at least ${SMALLEST_SIDE} pixels`,
}
