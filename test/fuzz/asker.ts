// Asks what was planned, all at once, and has each answer judged; and sends what succeeded once more, under the same key.

import type { TestApp } from '../support/app.ts'
import type { Answer } from './answers.ts'
import { curlOf } from './curl.ts'
import type { Operation } from './document.ts'
import { harvest } from './harvest.ts'
import { complaints } from './judge.ts'
import type { Known } from './known.ts'
import type { Ledger } from './ledger.ts'
import { commandFor, type Options } from './options.ts'
import type { Kind } from './plan.ts'
import { type Request, requestOf } from './request.ts'
import type { Rights, Who } from './rights.ts'
import { tend } from './scene.ts'
import type { Tally } from './tally.ts'
import { thrownBehind } from './thrown.ts'
import { type Turn, turnNumber, turnOf } from './turn.ts'

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

interface Question {
  readonly operation: Operation
  readonly kind: Kind | 'repeated'
  readonly request: Request
  readonly who: Who
  readonly rights: Rights
  /** Whether it is sent once more when it succeeds: 0 with other content, 1 and 2 as it is. */
  readonly repeat: number
  readonly index: number
}

const TEND_EVERY = 15
const LOOK_EVERY = 3
const RIGHT_OF_HUNDRED: Readonly<Record<Kind, number>> = { valid: 80, 'nearly valid': 75, hostile: 70 }

export class Asker {
  failures = 0
  readonly #stage: Stage
  readonly #told = new Set<string>()
  #times = 0
  #sent = 0

  constructor(stage: Stage) {
    this.#stage = stage
  }

  /** `first`: the number of the first of them. */
  async askAll(turns: readonly Turn[], first: number): Promise<void> {
    const { known, ledger, api } = this.#stage
    if (this.#times % TEND_EVERY === 0) {
      await this.#look(first)
      await tend(api, known)
      await ledger.mayHaveChanged()
    }
    this.#times += 1
    const questions = turns.map((turn, place) => this.#question(turn, first + place))
    const asked = await Promise.all(
      questions.map(async question => ({ question, answer: await this.#send(question) })),
    )
    const changing = asked.filter(each => changes(each.question, each.answer))
    if (changing.length > 0) await ledger.mayHaveChanged()
    else if (this.#times % LOOK_EVERY === 0) await this.#look(first + turns.length - 1)
    for (const { question, answer } of asked) this.#judge(question, answer)
    for (const { question } of changing) await this.#repeat(question)
  }

  /** The same complaint about the same operation is told once. */
  fail(what: string, index: number, question?: Question, answer?: Answer): void {
    const law = `${question?.operation.id ?? 'ledger'}: ${what}`
    const short = law.split(': ').slice(0, 2).join(': ')
    if (this.#told.has(short)) return
    this.#told.add(short)
    this.failures += 1
    this.#stage.onFailure(law, {
      again: commandFor(this.#stage.options, index),
      ...(question
        ? {
            asked: `request ${index}, ${question.kind}, by ${question.who.name}`,
            request: curlOf(signed(question)),
          }
        : {}),
      ...(answer ? { answer: `${answer.status} ${answer.text.slice(0, 600)}` } : {}),
      ...(answer && answer.status >= 500 ? { thrown: thrownBehind(answer.headers['x-request-id']) } : {}),
    })
  }

  async #look(index: number): Promise<void> {
    for (const each of await this.#stage.ledger.complaints()) this.fail(each, index)
  }

  #question({ plan, who: choice, repeat }: Turn, index: number): Question {
    const { everybody, mayUse, known } = this.#stage
    const { operation, kind } = plan
    const right = everybody.filter(each => mayUse(operation, each))
    const wrong = everybody.filter(each => !mayUse(operation, each))
    const rights = wrong.length === 0 || choice % 100 < RIGHT_OF_HUNDRED[kind] ? 'right' : 'wrong'
    const some = rights === 'right' ? right : wrong
    const who = some[Math.floor(choice / 100) % some.length]
    if (!who) throw new Error(`nobody may use ${operation.id}`)
    return { operation, kind, request: requestOf(plan, known), who, rights, repeat, index }
  }

  async #send(question: Question): Promise<Answer> {
    const answer = await this.#inject(signed(question))
    // One of the operations ends the session.
    if (answer.status !== 401 || question.who.roles.length === 0) return answer
    await question.who.renew()
    return this.#inject(signed(question))
  }

  async #inject({ method, url, headers, payload }: Request): Promise<Answer> {
    this.#sent += 1
    const answer = await this.#stage.api.app.inject({
      // From ever other addresses: how many requests one may send is not what is asked here.
      remoteAddress: `10.${(this.#sent >> 16) & 255}.${(this.#sent >> 8) & 255}.${this.#sent & 255}`,
      method: method as 'GET',
      url,
      headers: { ...headers },
      ...(payload === undefined ? {} : { payload }),
    })
    return { status: answer.statusCode, headers: answer.headers, text: answer.body }
  }

  #judge(question: Question, answer: Answer): void {
    const { known, foreign, tally } = this.#stage
    const { operation, kind, who, rights, index } = question
    tally.add(operation, kind, who.name, rights, answer)
    const foreignOf = (name: string) => known.onlyForeign(name)
    const found = complaints({ operation, request: signed(question), rights, foreign, foreignOf }, answer)
    for (const each of found) this.fail(each, index, question, answer)
    if (answer.status < 300 && found.length === 0 && /json/.test(String(answer.headers['content-type'])))
      harvest(known, operation, JSON.parse(answer.text))
  }

  /** The same key and content have their effect once; the same key with other content is refused. */
  async #repeat({ repeat, ...question }: Question): Promise<void> {
    const { operation, request, index } = question
    if (repeat > 2 || !operation.parameters.some(each => each.name === 'idempotency-key')) return
    const isOther = repeat === 0 && operation.body !== undefined
    const payload = isOther ? this.#otherPayload(question) : request.payload
    if (isOther && payload === request.payload) return
    const again: Question = { ...question, repeat, kind: 'repeated', request: { ...request, payload } }
    const answer = await this.#send(again)
    this.#judge(again, answer)
    if (isOther && answer.status < 400)
      this.fail('a key was taken again for other content', index, again, answer)
    if (!isOther && answer.status >= 400)
      this.fail('the same key and content were refused', index, again, answer)
    await this.#look(index)
  }

  #otherPayload({ operation, index }: Pick<Question, 'operation' | 'index'>): Request['payload'] {
    const { options, known } = this.#stage
    const { plan } = turnNumber(turnOf(operation, ['valid']), options.seed, index)
    return requestOf(plan, known).payload
  }
}

const signed = ({ request, who }: Pick<Question, 'request' | 'who'>): Request => ({
  ...request,
  headers: { ...request.headers, ...who.headers() },
})

const changes = ({ operation }: Question, { status }: Answer): boolean =>
  operation.method !== 'GET' && status < 400
