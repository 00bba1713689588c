// Asks what was planned, all at once, and has each answer judged; and sends what succeeded once more, under the same key.

import type { Answer } from './answers.ts'
import { curlOf } from './curl.ts'
import { harvest } from './harvest.ts'
import { complaints } from './judge.ts'
import { commandFor } from './options.ts'
import { changes, type Question, questionOf, type Stage, signed } from './question.ts'
import { type Request, requestOf } from './request.ts'
import type { Rights } from './rights.ts'
import { tend } from './scene.ts'
import { thrownBehind } from './thrown.ts'
import { type Turn, turnNumber, turnOf } from './turn.ts'

const TEND_EVERY = 15
const LOOK_EVERY = 3

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
      for (const who of this.#stage.everybody) await who.refresh()
      await ledger.mayHaveChanged()
    }
    this.#times += 1
    const questions = turns.map((turn, place) => questionOf(this.#stage, turn, first + place))
    const asked = await Promise.all(
      questions.map(async question => ({ question, answer: await this.#send(question) })),
    )
    const changing = asked.filter(each => changes(each.question, each.answer))
    if (changing.length > 0) await ledger.mayHaveChanged()
    else if (this.#times % LOOK_EVERY === 0) await this.#look(first + turns.length - 1)
    for (const { question, answer } of asked) await this.#judge(question, answer)
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

  async #send(question: Question): Promise<Answer> {
    const answer = await this.#inject(signed(question))
    // One of the operations ends the session.
    if (answer.status !== 401 || (question.who.grants.length === 0 && !question.who.scopes)) return answer
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

  async #judge(question: Question, answer: Answer): Promise<void> {
    const { known, foreign, tally } = this.#stage
    const { operation, kind, who, index } = question
    const rights = await this.#rightsNow(question, answer)
    tally.add(operation, kind, who.name, rights, answer)
    const foreignOf = (name: string) => known.onlyForeign(name)
    const found = complaints({ operation, request: signed(question), rights, foreign, foreignOf }, answer)
    for (const each of found) this.fail(each, index, question, answer)
    if (
      answer.status < 300 &&
      found.length === 0 &&
      /[/+]json(;|$)/.test(String(answer.headers['content-type']))
    )
      harvest(known, operation, JSON.parse(answer.text))
  }

  /** Somebody may have been given the role since it was last read. */
  async #rightsNow({ operation, who, rights }: Question, { status }: Answer): Promise<Rights> {
    if (rights === 'right' || [401, 403].includes(status)) return rights
    await who.refresh()
    return this.#stage.mayUse(operation, who) ? 'right' : rights
  }

  /** The same key and content have their effect once; the same key with other content is refused. */
  async #repeat({ repeat, ...question }: Question): Promise<void> {
    const { operation, request, index } = question
    if (repeat > 2 || !operation.parameters.some(each => each.name === 'idempotency-key')) return
    const isOther = repeat === 0 && operation.body !== undefined
    const payload = isOther ? this.#otherPayload(question) : request.payload
    if (isOther && !areOther(operation.body?.schema.required ?? [], payload, request.payload)) return
    const again: Question = { ...question, repeat, kind: 'repeated', request: { ...request, payload } }
    const answer = await this.#send(again)
    await this.#judge(again, answer)
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

/** In what must be filled in; what may be left out can be left out in several ways that mean the same. */
function areOther(required: readonly string[], one: Request['payload'], two: Request['payload']): boolean {
  const [a, b] = [one, two].map(each => JSON.parse(String(each)) as Record<string, unknown>)
  return required.some(name => a?.[name] !== b?.[name])
}
