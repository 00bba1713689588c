/**
 * Reads XML that strangers wrote. A file with a DTD or an entity of its own is refused before anything is parsed:
 * no bank sends them, and all that they can do is read files, call hosts or blow up memory.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** Names stand without their namespace prefix: banks differ in it, and a message is known by its elements. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** The element's own text as it stands; `textOf` trims it. */
  readonly text: string
  readonly children: readonly XmlElement[]
}

export type XmlRefusal = 'too-large' | 'doctype-or-entity' | 'not-xml'

export type ReadXml =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly reason: XmlRefusal; readonly detail: string }

/** ISO 20022 messages are some fifteen deep. */
const DEEPEST = 50

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  // Values stay text: an amount that went through a float is no longer the amount.
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: DEEPEST,
})

export function readXml(file: string, maxCharacters: number): ReadXml {
  if (file.length > maxCharacters) {
    return refuse('too-large', `${file.length} characters, at most ${maxCharacters} are read`)
  }
  const xml = file.replace(/^\ufeff/, '')
  if (/<!(?!--|\[CDATA\[)/.test(xml))
    return refuse('doctype-or-entity', 'the file has a document type declaration')
  // Postgres cannot keep the first of these, and XML allows none of them.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(xml) || !xml.isWellFormed()) {
    return refuse('not-xml', 'the file holds characters that XML does not allow')
  }
  try {
    const validity = XMLValidator.validate(xml)
    if (validity !== true) return refuse('not-xml', `${validity.err.msg} Line ${validity.err.line}.`)
    const roots = elementsOf(parser.parse(xml))
    const [root] = roots
    if (root === undefined || roots.length > 1)
      return refuse('not-xml', 'the file must hold exactly one root element')
    return { ok: true, root }
  } catch (error) {
    if (error instanceof ForeignEntity) return refuse('doctype-or-entity', error.message)
    return refuse('not-xml', error instanceof Error ? error.message : 'the file cannot be parsed')
  }
}

/** The first element at the end of a path of names. */
export function child(element: XmlElement | undefined, ...path: string[]): XmlElement | undefined {
  let found = element
  for (const name of path) found = found?.children.find(each => each.name === name)
  return found
}

export function childrenNamed(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter(each => each.name === name) ?? []
}

/** The trimmed text at the end of a path; undefined when it is absent or empty, which banks use for the same. */
export function textOf(element: XmlElement | undefined, ...path: string[]): string | undefined {
  return child(element, ...path)?.text.trim() || undefined
}

// The parser answers untyped objects: { name: [children], ':@': attributes } and { '#text': text }.
function elementsOf(nodes: unknown): XmlElement[] {
  if (!Array.isArray(nodes)) return []
  const elements: XmlElement[] = []
  for (const node of nodes as Record<string, unknown>[]) {
    const name = Object.keys(node).find(key => key !== ':@')
    if (name === undefined || name.startsWith('#')) continue
    const content = node[name]
    elements.push({
      name: name.slice(name.indexOf(':') + 1),
      attributes: attributesOf(node[':@']),
      text: textIn(content),
      children: elementsOf(content),
    })
  }
  return elements
}

function attributesOf(raw: unknown): Record<string, string> {
  const pairs = Object.entries((raw ?? {}) as Record<string, unknown>)
  return Object.fromEntries(pairs.map(([name, value]) => [name, decoded(String(value))]))
}

function textIn(nodes: unknown): string {
  if (!Array.isArray(nodes)) return ''
  let text = ''
  for (const node of nodes as Record<string, unknown>[]) {
    if ('#text' in node) text += decoded(String(node['#text']))
    else if (Array.isArray(node['#cdata'])) {
      // Within CDATA an ampersand is an ampersand.
      for (const part of node['#cdata'] as Record<string, unknown>[]) text += String(part['#text'] ?? '')
    }
  }
  return text
}

class ForeignEntity extends Error {}

const PREDEFINED: ReadonlyMap<string, string> = new Map(
  Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }),
)

// The five entities of XML itself and numbered characters; any other name would need a DTD.
function decoded(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;&\s]{0,12};?)/g, (_, name: string) => {
    const known = name.endsWith(';') ? PREDEFINED.get(name.slice(0, -1)) : undefined
    return known ?? numberedCharacter(name)
  })
}

function numberedCharacter(name: string): string {
  const [, hex, decimal] = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}));$/i.exec(name) ?? []
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
  const isAllowed =
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 32 && code < 0xd800) ||
    (code > 0xdfff && code < 0xfffe)
  if (isAllowed || (code > 0xffff && code <= 0x10ffff)) return String.fromCodePoint(code)
  throw new ForeignEntity(`&${name.slice(0, 12)} is no entity of XML itself`)
}

const refuse = (reason: XmlRefusal, detail: string): ReadXml => ({ ok: false, reason, detail })
