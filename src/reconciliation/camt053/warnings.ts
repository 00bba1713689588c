/** What is odd about a statement that does add up: worth showing to a person, no reason to refuse it. */
import type { EntryReference } from './references.ts'
import type { Balance, BookedEntry, Statement, Warning } from './statement.ts'

export function warningsAbout(
  { id: statementId, opening, entries }: Statement,
  references: readonly EntryReference[],
  previousClosing: Balance | undefined,
): Warning[] {
  const warnings: Warning[] = []
  if (previousClosing !== undefined && previousClosing.amount !== opening.amount) {
    warnings.push({ code: 'previous-closing-is-not-the-opening', statementId })
  }
  for (const [position, entry] of entries.entries()) {
    const about = { statementId, reference: entry.reference }
    if (references[position]?.isUnique === false) warnings.push({ code: 'reference-not-unique', ...about })
    if (!addsUp(entry)) warnings.push({ code: 'details-do-not-add-up', ...about })
    if (entry.details.length > 0 && entry.details.length !== entry.numberOfTransactions) {
      warnings.push({ code: 'number-of-transactions-differs', ...about })
    }
  }
  return warnings
}

// Charges can lie between an entry and its payments; without every amount there is nothing to compare.
function addsUp({ amount, details }: BookedEntry): boolean {
  let sum = 0n
  for (const detail of details) {
    if (detail.amount === null) return true
    sum += detail.amount
  }
  return details.length === 0 || sum === amount
}
