// The ledger during a run: what is refused or merely read writes nothing, and every law that `npm run verify` asks still holds.

import type { Deps } from '../../src/deps.ts'
import { verify } from '../../src/verify/index.ts'
import type { TestApp } from '../support/app.ts'

export class Ledger {
  readonly #api: TestApp
  readonly #elsewhere: Deps
  #elsewhereBefore: string[] = []
  #newest = ''

  constructor(api: TestApp, elsewhere: Deps) {
    this.#api = api
    this.#elsewhere = elsewhere
  }

  /** The other organisation was founded in a hurry: what is found of it may stay, but not change. */
  async begin(): Promise<string[]> {
    this.#elsewhereBefore = await this.#findings(this.#elsewhere)
    await this.mayHaveChanged()
    return this.#findings(this.#api.deps)
  }

  async findings(): Promise<string[]> {
    const elsewhere = await this.#findings(this.#elsewhere)
    const news = elsewhere.filter(each => !this.#elsewhereBefore.includes(each))
    return [...(await this.#findings(this.#api.deps)), ...news.map(each => `elsewhere: ${each}`)]
  }

  async mayHaveChanged(): Promise<void> {
    this.#newest = await this.#newestEntry()
  }

  /** Since `mayHaveChanged`: what was answered since then was refused or only read. */
  async complaints(): Promise<string[]> {
    const before = this.#newest
    this.#newest = await this.#newestEntry()
    return before === this.#newest
      ? []
      : [`what was refused or only read has written: from ${before} to ${this.#newest}`]
  }

  async #newestEntry(): Promise<string> {
    const { rows } = await this.#api.owner.query(
      `select (select max(id) from ledger.entries) as entry, (select max(id) from ledger.accounts) as account`,
    )
    return `entry ${rows[0]?.entry}, account ${rows[0]?.account}`
  }

  async #findings({ db, organisationId }: Deps): Promise<string[]> {
    const { laws } = await verify(db, { organisationId, connections: 1 })
    return laws.filter(each => each.count > 0).map(each => `${each.check}: ${each.details[0]}`)
  }
}
