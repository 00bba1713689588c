/** Tells comments, literals and the rest of a TypeScript text apart, as far as reading it for tidiness needs. */

export interface Letters {
  readonly code: string
  readonly bare: string
  readonly literals: string
}

type Kind = 'comment' | 'literal' | 'rest'

const comment = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y
const quoted = /'(?:\\[\s\S]|[^'\\\n])*'?|"(?:\\[\s\S]|[^"\\\n])*"?/y
const pattern = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y
/** A template up to its end or its next hole. */
const template = /(?:\\[\s\S]|\$(?!\{)|[^`\\$])*(?:`|\$\{|$)/y
/** Nothing that begins or ends anything. */
const plain = /[^'"`/{}]+/y
/** What stands before a slash that begins a regular expression rather than divides. */
const beforePattern = /(?:^|[(,=:[!&|?{;+\-*%~^<>]|\b(?:return|typeof|case|of|in))\s*$/

/** Three texts as long as the given one, so that a place in one is the same place, and line, in all. */
export function lettersOf(text: string): Letters {
  const pieces = piecesOf(text)
  const keep = (...kinds: Kind[]) =>
    pieces.map(({ kind, text }) => (kinds.includes(kind) ? text : text.replace(/[^\n]/g, ' '))).join('')
  return { code: keep('rest', 'literal'), bare: keep('rest'), literals: keep('literal') }
}

function piecesOf(text: string): { kind: Kind; text: string }[] {
  const pieces: { kind: Kind; text: string }[] = []
  /** For each template that we are in a hole of: how many braces were opened in that hole. */
  const holes: number[] = []
  let at = 0
  const take = (kind: Kind, length: number) => {
    pieces.push({ kind, text: text.slice(at, at + length) })
    at += length
  }
  const lengthOf = (token: RegExp, from = at) => {
    token.lastIndex = from
    return token.exec(text)?.[0].length ?? 0
  }
  const takeTemplate = () => {
    const length = 1 + lengthOf(template, at + 1)
    if (text.slice(at, at + length).endsWith('${')) holes.push(0)
    take('literal', length)
  }
  while (at < text.length) {
    const letter = text[at]
    const open = holes.at(-1)
    if (letter === '/' && lengthOf(comment)) take('comment', lengthOf(comment))
    else if (letter === "'" || letter === '"') take('literal', Math.max(1, lengthOf(quoted)))
    else if (letter === '`') takeTemplate()
    else if (letter === '}' && open === 0) {
      holes.pop()
      takeTemplate()
    } else if (
      letter === '/' &&
      lengthOf(pattern) &&
      beforePattern.test(text.slice(Math.max(0, at - 40), at))
    )
      take('literal', lengthOf(pattern))
    else {
      if (open !== undefined && letter === '{') holes[holes.length - 1] = open + 1
      if (open !== undefined && letter === '}') holes[holes.length - 1] = open - 1
      take('rest', lengthOf(plain) || 1)
    }
  }
  return pieces
}
