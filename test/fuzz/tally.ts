// What was asked and answered, counted: so that one can see that no operation was only ever refused.

import type { Answer } from './answers.ts'
import type { Operation } from './document.ts'
import { type Kind, kinds } from './plan.ts'
import type { Rights } from './rights.ts'

type Counts = Map<string, number>
const count = (counts: Counts, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1)
const written = (counts: Counts) =>
  [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, times]) => `${name}×${times}`)
    .join(', ')

export class Tally {
  readonly #statuses = new Map<string, Counts>()
  readonly #kinds = new Map<string, Counts>()
  readonly #who: Counts = new Map()
  readonly #succeeded = new Set<string>()
  #requests = 0

  add(
    { id }: Operation,
    kind: Kind | 'repeated',
    who: string,
    rights: Rights,
    { status, text }: Answer,
  ): void {
    this.#requests += 1
    // Of what the rules refuse, which rule it was: so one sees how far the requests get.
    const rule = status === 409 || status === 422 ? (/"\/problems\/([a-z-]+)"/.exec(text)?.[1] ?? '') : ''
    count(this.#who, who)
    for (const [counts, name] of [
      [this.#statuses, `${status}${rule && ` ${rule}`}`],
      [this.#kinds, rights === 'right' ? kind : 'without the right'],
    ] as const) {
      const its = counts.get(id) ?? new Map<string, number>()
      counts.set(id, its)
      count(its, name)
    }
    if (rights === 'right' && status < 300) this.#succeeded.add(id)
  }

  get requests(): number {
    return this.#requests
  }

  /** Those that nobody got an answer from, with all the rights that there are. */
  neverReached(operations: readonly Operation[]): Operation[] {
    return operations.filter(({ id }) => !this.#succeeded.has(id))
  }

  lines(operations: readonly Operation[]): string[] {
    const columns = [...kinds, 'repeated', 'without the right']
    const width = Math.max(...operations.map(({ id }) => id.length))
    const row = (name: string, cells: readonly string[], last: string) =>
      `${name.padEnd(width)} ${cells.map((cell, index) => cell.padStart((columns[index] ?? '').length)).join('  ')}  ${last}`
    return [
      row('operation', columns, 'statuses'),
      ...operations.map(({ id }) => {
        const its = this.#kinds.get(id) ?? new Map<string, number>()
        const cells = columns.map(each => String(its.get(each) ?? 0))
        return row(id, cells, written(this.#statuses.get(id) ?? new Map()))
      }),
      `by whom: ${written(this.#who)}`,
    ]
  }
}
