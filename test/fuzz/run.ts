// The run itself: makes a request from the seed and its number, sends it, and judges the answer; again and again until the time
// is over. At the end it tries on until every operation was reached at least once.

import fc from 'fast-check'
import type { TestApp } from '../support/app.ts'
import type { Answer } from './answers.ts'
import { curlOf } from './curl.ts'
import type { Operation } from './document.ts'
import { harvest } from './harvest.ts'
import { turns } from './hints.ts'
import { complaints } from './judge.ts'
import type { Known } from './known.ts'
import type { Ledger } from './ledger.ts'
import { commandFor, type Options } from './options.ts'
import { type Kind, type Plan, planOf, type Request, requestOf } from './request.ts'
import type { Rights, Who } from './rights.ts'
import { tend } from './scene.ts'
import type { Tally } from './tally.ts'
import { thrownSince } from './thrown.ts'

export interface Stage {
  readonly api: TestApp
  readonly operations: readonly Operation[]
  readonly everybody: readonly Who[]
  readonly mayUse: (operation: Operation, who: Who) => boolean
  readonly known: Known
  readonly foreign: readonly string[]
  readonly ledger: Ledger
  readonly tally: Tally
  readonly options: Options
  readonly onFailure: (what: string, how: object) => void
}

interface Turn {
  readonly plan: Plan
  /** Decides who asks. */
  readonly who: number
  /** Decides whether a request that succeeded is sent once more. */
  readonly repeat: number
}

const TEND_EVERY = 60
const LOOK_EVERY = 10
const MOST_FAILURES = 20
const RIGHT_OF_HUNDRED: Readonly<Record<Kind, number>> = { valid: 80, 'nearly valid': 75, hostile: 70 }
const WEIGHTS: Readonly<Record<Kind, number>> = { valid: 5, 'nearly valid': 4, hostile: 4 }
const TRIES_TO_REACH = 300

export async function run(stage: Stage): Promise<void> {
  const { options, operations, ledger } = stage
  const turn = fc.oneof(
    ...operations.map(each => ({ weight: turns[each.id] ?? 100, arbitrary: turnOf(each) })),
  )
  const until = performance.now() + options.seconds * 1000
  const runner = new Runner(stage)
  let nextVerify = performance.now() + (options.seconds * 1000) / 4
  for (let index = 0; ; index += 1) {
    if (runner.failures >= MOST_FAILURES || performance.now() > until) break
    if (options.count !== undefined && index >= options.count) break
    await runner.take(turnNumber(turn, options.seed, index), index)
    if (performance.now() < nextVerify) continue
    nextVerify = performance.now() + Math.max(5000, (options.seconds * 1000) / 4)
    for (const finding of await ledger.findings()) runner.fail(finding, index)
  }
  if (options.count === undefined && runner.failures === 0) await reachTheRest(runner, stage)
}

function turnOf(operation: Operation, only?: Kind): fc.Arbitrary<Turn> {
  const plans = (Object.keys(WEIGHTS) as Kind[])
    .filter(kind => only === undefined || kind === only)
    .map(kind => ({ weight: WEIGHTS[kind], arbitrary: planOf(operation, kind) }))
  return fc.record({ plan: fc.oneof(...plans), who: fc.nat(), repeat: fc.nat(5) })
}

function turnNumber(turn: fc.Arbitrary<Turn>, seed: number, index: number): Turn {
  const [made] = fc.sample(turn, {
    seed: (Math.imul(seed, 1_000_003) + Math.imul(index, 7919)) | 0,
    numRuns: 1,
  })
  if (!made) throw new Error('fast-check made nothing')
  return made
}

/** The same for everybody: valid requests with the right rights, to what was not reached yet. */
async function reachTheRest(runner: Runner, { tally, operations, options }: Stage): Promise<void> {
  for (const operation of tally.neverReached(operations)) {
    const turn = turnOf(operation, 'valid')
    for (let index = 0; index < TRIES_TO_REACH; index += 1) {
      await runner.take({ ...turnNumber(turn, options.seed, -1 - index), who: 0 }, index)
      if (!tally.neverReached([operation]).length) break
    }
  }
}

class Runner {
  failures = 0
  readonly #stage: Stage
  readonly #told = new Set<string>()
  #sinceTended = 0
  #sentAt = 0

  constructor(stage: Stage) {
    this.#stage = stage
  }

  async take({ plan, who: choice, repeat }: Turn, index: number): Promise<void> {
    const { known, ledger, api } = this.#stage
    if (this.#sinceTended++ % TEND_EVERY === 0) {
      await this.#look(index)
      await tend(api, known)
      await ledger.mayHaveChanged()
    }
    const { who, rights } = this.#whoAsks(plan, choice)
    const request = requestOf(plan, known)
    const { operation, kind } = plan
    const answer = await this.#ask(operation, request, who, rights, kind, index)
    const changed = answer.status < 400 && operation.method !== 'GET'
    if (changed) await ledger.mayHaveChanged()
    else if (index % LOOK_EVERY === 0) await this.#look(index)
    const isKeyed = operation.parameters.some(each => each.name === 'idempotency-key')
    if (!changed || !isKeyed || repeat > 2) return
    await this.#repeat(plan, request, who, repeat, index)
  }

  /** The same complaint about the same operation is told once. */
  fail(
    what: string,
    index: number,
    asked?: { operation: Operation; by: string; request: Request; answer: Answer },
  ): void {
    const law = `${asked?.operation.id ?? 'ledger'}: ${what}`
    if (this.#told.has(law)) return
    this.#told.add(law)
    this.failures += 1
    this.#stage.onFailure(law, {
      again: commandFor(this.#stage.options, index),
      ...(asked
        ? {
            asked: `request ${index}, ${asked.by}`,
            request: curlOf(asked.request),
            answer: `${asked.answer.status} ${asked.answer.text.slice(0, 600)}`,
            ...(asked.answer.status >= 500 ? { thrown: thrownSince(this.#sentAt) } : {}),
          }
        : {}),
    })
  }

  async #look(index: number): Promise<void> {
    for (const each of await this.#stage.ledger.complaints()) this.fail(each, index)
  }

  /** The same key and content have their effect once; the same key with other content is refused. */
  async #repeat(plan: Plan, request: Request, who: Who, repeat: number, index: number): Promise<void> {
    const { operation } = plan
    const { ledger, known } = this.#stage
    const other = repeat === 0 && operation.body !== undefined
    const [another] = other ? fc.sample(planOf(operation, 'valid'), { seed: index, numRuns: 1 }) : []
    const payload = another ? requestOf(another, known).payload : request.payload
    if (other && payload === request.payload) return
    const again = await this.#ask(operation, { ...request, payload }, who, 'right', 'repeated', index)
    const asked = { operation, by: `repeated, by ${who.name}`, request, answer: again }
    if (other && again.status < 400) this.fail('a key was taken twice, with other content', index, asked)
    if (!other && again.status >= 400) this.fail('the same key and content were refused', index, asked)
    for (const each of await ledger.complaints()) this.fail(`repeated: ${each}`, index, asked)
  }

  #whoAsks({ operation, kind }: Plan, choice: number): { who: Who; rights: Rights } {
    const { everybody, mayUse } = this.#stage
    const right = everybody.filter(each => mayUse(operation, each))
    const wrong = everybody.filter(each => !mayUse(operation, each))
    const rights = wrong.length === 0 || choice % 100 < RIGHT_OF_HUNDRED[kind] ? 'right' : 'wrong'
    const some = rights === 'right' ? right : wrong
    const who = some[Math.floor(choice / 100) % some.length]
    if (!who) throw new Error(`nobody may use ${operation.id}`)
    return { who, rights }
  }

  async #ask(
    operation: Operation,
    plain: Request,
    who: Who,
    rights: Rights,
    kind: Kind | 'repeated',
    index: number,
  ) {
    const { known, foreign, tally } = this.#stage
    const request = () => ({ ...plain, headers: { ...plain.headers, ...who.headers() } })
    let answer = await this.#send(request())
    // One of the operations ends the session.
    if (answer.status === 401 && who.roles.length > 0) {
      await who.renew()
      answer = await this.#send(request())
    }
    tally.add(operation, kind, who.name, rights, answer.status)
    const asked = { operation, by: `${kind}, by ${who.name}`, request: request(), answer }
    for (const each of complaints({ operation, request: request(), rights, foreign }, answer))
      this.fail(each, index, asked)
    if (answer.status < 300 && /json/.test(String(answer.headers['content-type'])))
      harvest(known, operation, JSON.parse(answer.text))
    return answer
  }

  async #send({ method, url, headers, payload }: Request): Promise<Answer> {
    this.#sentAt = performance.now()
    const answer = await this.#stage.api.app.inject({
      method: method as 'GET',
      url,
      headers: { ...headers },
      ...(payload === undefined ? {} : { payload }),
    })
    return { status: answer.statusCode, headers: answer.headers, text: answer.body }
  }
}
