// What is known to exist: ids and other values from earlier answers, by the name under which they are asked for. A request is
// made before its values are known, with a slot in their place; so the same seed makes the same requests.

/** The place of a value in a request. */
export class Slot {
  readonly name: string
  /** Decides which of the known values it becomes. */
  readonly choice: number
  /** Where nothing is known by that name. */
  readonly otherwise: unknown
  /** What is done to the value, where it is to be nearly right. */
  readonly change: ((value: string) => unknown) | undefined

  constructor(name: string, choice: number, otherwise: unknown, change?: (value: string) => unknown) {
    this.name = name
    this.choice = choice
    this.otherwise = otherwise
    this.change = change
  }
}

/** Of each name: the first ones, which the scene was set with, and as many of the newest. */
const FIRST = 10
const NEWEST = 40
/** How many of a hundred slots become a value of our own, and after those one of another organisation. */
const OWN_OF_HUNDRED = 84
const FOREIGN_OF_HUNDRED = 8

export class Known {
  readonly #own = new Map<string, unknown[]>()
  readonly #foreign = new Map<string, unknown[]>()
  readonly #promising = new Map<string, readonly unknown[]>()

  add(name: string, value: unknown, whose: 'own' | 'foreign' = 'own'): void {
    const values = whose === 'own' ? this.#own : this.#foreign
    const others = values.get(name) ?? []
    if (others.includes(value)) return
    values.set(name, [...others.slice(0, FIRST), ...others.slice(FIRST).slice(-NEWEST), value])
  }

  set(name: string, values: readonly unknown[]): void {
    this.#own.set(name, [...values])
  }

  /** Those with which most can be done now. */
  promise(name: string, values: readonly unknown[]): void {
    this.#promising.set(name, values)
  }

  /** A parameter `accountId` is also what an answer calls the id of a `LedgerAccount`. */
  of(name: string, whose: 'own' | 'foreign' = 'own'): readonly unknown[] {
    const values = whose === 'own' ? this.#own : this.#foreign
    const exact = values.get(name) ?? []
    const ending = name.toLowerCase()
    const longer = [...values].filter(([each]) => each !== name && each.toLowerCase().endsWith(ending))
    return [...longer.flatMap(([, some]) => some), ...exact]
  }

  /** Ids and tokens of another organisation, as they could stand in an answer; a mere number says nothing. */
  get foreign(): string[] {
    const named = [...this.#foreign].filter(([name]) => /(Id|Token)$/.test(name))
    return [...new Set(named.flatMap(([, values]) => values.map(String)))].filter(each => each.length >= 20)
  }

  onlyForeign(name: string): string[] {
    return this.of(name, 'foreign').map(String)
  }

  /** The value with every slot in it filled. */
  fill(value: unknown): unknown {
    if (value instanceof Slot) return this.#filled(value)
    if (Array.isArray(value)) return value.map(each => this.fill(each))
    if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value
    // Not fromEntries: a field named __proto__ is one that we want to send.
    const filled = Object.create(null) as Record<string, unknown>
    for (const [name, each] of Object.entries(value)) filled[name] = this.fill(each)
    return filled
  }

  #filled({ name, choice, otherwise, change }: Slot): unknown {
    const part = choice % 100
    const whose =
      part < OWN_OF_HUNDRED ? 'own' : part < OWN_OF_HUNDRED + FOREIGN_OF_HUNDRED ? 'foreign' : null
    const values = whose === null ? [] : this.of(name, whose)
    const turn = Math.floor(choice / 100)
    const promising = whose === 'own' ? (this.#promising.get(name) ?? []) : []
    const among = turn % 2 === 0 && promising.length > 0 ? promising : values
    const value = among.length === 0 ? this.fill(otherwise) : among[Math.floor(turn / 2) % among.length]
    return change ? change(String(value)) : value
  }
}
