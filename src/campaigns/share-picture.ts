/**
 * The picture that other sites show when somebody shares a campaign: its own picture, with how far it is as the months of its
 * term. Drawn as plain areas, so that no font is needed; what it says in words stands beside it.
 */
import sharp, { type OverlayOptions } from 'sharp'

const WIDTH = 1_200
const HEIGHT = 630
const BAND = 110
const MARGIN = 40
const GAP = 8
const colours = { ground: '#fbf9f2', empty: '#d9e3d6', filled: '#1d5a41', none: '#2f6f53' }

export interface Progress {
  readonly perMille: number
  readonly months: number
}

/** A JPEG of 1200 × 630. `picture`: as `picture.ts` made it; null: a plain field. */
export async function sharePicture(picture: Buffer | null, progress: Progress): Promise<Buffer> {
  const ground = picture
    ? sharp(picture).resize({ width: WIDTH, height: HEIGHT, fit: 'cover' })
    : sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: colours.none } })
  return ground
    .composite([area(0, HEIGHT - BAND, WIDTH, BAND, colours.ground), ...strips(progress)])
    .jpeg({ quality: 82 })
    .toBuffer()
}

function strips({ perMille, months }: Progress): OverlayOptions[] {
  const step = (WIDTH - 2 * MARGIN) / months
  return Array.from({ length: months }, (_, index) => {
    const [left, width] = [Math.round(MARGIN + index * step), Math.max(2, Math.round(step - GAP))]
    const share = Math.min(1, Math.max(0, (perMille / 1000) * months - index))
    const filled = Math.round(width * share)
    const [top, height] = [HEIGHT - BAND + 30, BAND - 60]
    const empty = area(left, top, width, height, colours.empty)
    return filled > 0 ? [empty, area(left, top, filled, height, colours.filled)] : [empty]
  }).flat()
}

const area = (
  left: number,
  top: number,
  width: number,
  height: number,
  background: string,
): OverlayOptions => ({
  input: { create: { width, height, channels: 3, background } },
  left,
  top,
})
