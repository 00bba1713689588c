// A request as a command that can be pasted: the ids in it are those of a database that is gone, all else is as it was sent.

import type { Request } from './request.ts'

export function curlOf({ method, url, headers, payload }: Request): string[] {
  const parts = [`curl -i -X ${method} "$MEENT"${quoted(url)}`]
  for (const [name, value] of Object.entries(headers)) parts.push(`-H ${quoted(`${name}: ${value}`)}`)
  if (typeof payload === 'string') parts.push(`--data-binary ${quoted(payload)}`)
  else if (payload) parts.push(`--data-binary @<(base64 -d <<< ${payload.toString('base64')})`)
  return parts
}

/** For bash, so that nothing gets lost that does not show; the same many times over is written as how many. */
function quoted(text: string): string {
  return text.split(/((?:(.|\n)\2{99,})+)/u).reduce((written, piece, index) => {
    if (index % 3 === 2 || piece === undefined || piece === '') return written
    return (
      written +
      (index % 3 === 1
        ? `"$(printf '%${piece.length}s' | tr ' ' ${quotedPiece(piece[0] ?? '')})"`
        : quotedPiece(piece))
    )
  }, '')
}

function quotedPiece(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`
  const escaped = text.replaceAll(/[\\']/g, found => `\\${found}`).replaceAll(/[^\x20-\x7e]/gu, byNumber)
  return `$'${escaped}'`
}

function byNumber(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16)
  return hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`
}
