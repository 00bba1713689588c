/**
 * Gives each entry a reference that is the same each time the statement is read and no other entry of the account
 * has, so that a statement imported twice moves no money twice.
 */
import { createHash } from 'node:crypto'
import { textOf, type XmlElement } from '../../platform/iso20022/index.ts'
import { provided } from './read-details.ts'

export interface EntryReference {
  readonly reference: string
  /** False when the bank gave one, but gave it to another entry of this statement too. */
  readonly isUnique: boolean
}

/**
 * The first of these that no other entry of the statement has:
 * - AcctSvcrRef, which a bank should make unique within the account, but some use for each payment of a batch;
 * - NtryRef, behind the statement's id because banks count those from 1 in each statement;
 * - a fingerprint of statement, position and content. Position is part of it because two equal entries on one day
 *   are two payments.
 */
export function referencesOf(statementId: string, entries: readonly XmlElement[]): EntryReference[] {
  const given = entries.map(entry => givenReferences(statementId, entry))
  const times = new Map<string, number>()
  for (const reference of given.flat()) times.set(reference, (times.get(reference) ?? 0) + 1)
  return entries.map((entry, position) => {
    const candidates = given[position] ?? []
    const unique = candidates.find(reference => times.get(reference) === 1)
    if (unique !== undefined) return { reference: unique, isUnique: true }
    return { reference: fingerprint(statementId, position, entry), isUnique: candidates.length === 0 }
  })
}

function givenReferences(statementId: string, entry: XmlElement): string[] {
  const servicer = provided(textOf(entry, 'AcctSvcrRef'))
  const own = provided(textOf(entry, 'NtryRef'))
  return [...(servicer === null ? [] : [servicer]), ...(own === null ? [] : [`${statementId}/${own}`])]
}

function fingerprint(statementId: string, position: number, entry: XmlElement): string {
  const canonical = JSON.stringify([statementId, position, contentOf(entry)])
  return `derived-${createHash('sha256').update(canonical).digest('hex').slice(0, 32)}`
}

// Layout and attribute order may differ between two downloads of the same statement; names and values may not.
function contentOf(element: XmlElement): unknown {
  const attributes = Object.entries(element.attributes).sort(([left], [right]) => (left < right ? -1 : 1))
  return [element.name, attributes, element.text.trim(), element.children.map(contentOf)]
}
