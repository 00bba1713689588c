// Takes from an answer what later requests can ask for: the id of each thing, under the name that a parameter would have.

import type { Operation } from './document.ts'
import type { Known } from './known.ts'

/** Fields that are asked for again under their own name. */
const asked = /(Id|Token|Url)$|^(kind|key|month)$/

export function harvest(known: Known, operation: Operation, body: unknown, whose: 'own' | 'foreign' = 'own') {
  const [success] = Object.entries(operation.answers).filter(([status]) => status.startsWith('2'))
  const schema = Object.values(success?.[1] ?? {})[0]
  const visit = (value: unknown, name: string): void => {
    if (Array.isArray(value)) for (const each of value) visit(each, singular(name))
    else if (typeof value === 'object' && value !== null) {
      for (const [key, each] of Object.entries(value)) {
        if (key === 'id') known.add(`${name}Id`, each, whose)
        else if (typeof each === 'object') visit(each, key)
        else if (asked.test(key) && each !== null) known.add(key, each, whose)
      }
    }
  }
  visit(body, schema?.title ?? operation.id)
}

/** `pools` → `pool`, `batches` → `batch`, `entries` → `entry`. */
function singular(name: string): string {
  if (name.endsWith('ies')) return `${name.slice(0, -3)}y`
  return name.replace(/(?<=ch|sh|x)es$|s$/, '')
}
