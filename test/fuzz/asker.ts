// Asks what was planned, all at once, and has each answer judged; and sends what succeeded once more, under the same key.

import { FRESH_MINUTES } from '../../src/auth/index.ts'
import type { Answer } from './answers.ts'
import { curlOf } from './curl.ts'
import { harvest } from './harvest.ts'
import { complaints, pathValues } from './judge.ts'
import { commandFor } from './options.ts'
import { restoreRoles } from './people.ts'
import { changes, type Question, questionOf, type Stage, signed } from './question.ts'
import { type Request, requestOf } from './request.ts'
import { onlyPoolOf, poolAsked, type Rights, type Verdict, verdicts } from './rights.ts'
import { type Roll, readRoll } from './roll.ts'
import { tend } from './scene.ts'
import { thrownBehind } from './thrown.ts'
import { type Turn, turnNumber, turnOf } from './turn.ts'

const TEND_EVERY = 15
const LOOK_EVERY = 3
/** Half of what counts as fresh. */
const FRESH_FOR_MS = FRESH_MINUTES * 30_000

export class Asker {
  failures = 0
  readonly #stage: Stage
  readonly #told = new Set<string>()
  #times = 0
  #sent = 0
  #freshUntil = performance.now() + FRESH_FOR_MS

  constructor(stage: Stage) {
    this.#stage = stage
  }

  /** `first`: the number of the first of them. */
  async askAll(turns: readonly Turn[], first: number): Promise<void> {
    const { known, ledger, api, kept } = this.#stage
    if (this.#times % TEND_EVERY === 0) {
      await this.#look(first)
      await tend(api, known, kept)
      await this.#freshen()
      await ledger.mayHaveChanged()
    }
    this.#times += 1
    const before = await readRoll(api)
    const questions = turns.map((turn, place) => questionOf(this.#stage, turn, first + place, before))
    const answers = await Promise.all(
      questions.map(async question => ({ question, answer: await this.#inject(signed(question)) })),
    )
    const asked: typeof answers = []
    for (const { question, answer } of answers)
      asked.push({ question, answer: await this.#onceMore(question, answer) })
    const rolls = [before, await readRoll(api)] as const
    const changing = asked.filter(each => changes(each.question, each.answer))
    if (changing.length > 0) await ledger.mayHaveChanged()
    else if (this.#times % LOOK_EVERY === 0) await this.#look(first + turns.length - 1)
    for (const { question, answer } of asked) await this.#judge(question, answer, rolls)
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

  /** One of the operations ends sessions and keys. Nothing else is under way now, so nothing ends the new one meanwhile. */
  async #onceMore(question: Question, answer: Answer): Promise<Answer> {
    if (!question.who.renew || !answer.text.includes('/problems/not-signed-in')) return answer
    await question.who.renew()
    return this.#inject(signed(question))
  }

  /** What was shown a while ago is not fresh for long. */
  async #freshen(): Promise<void> {
    if (performance.now() < this.#freshUntil) return
    this.#freshUntil = performance.now() + FRESH_FOR_MS
    await restoreRoles(this.#stage.api, this.#stage.kept)
    for (const { renew } of this.#stage.everybody) await renew?.()
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

  async #judge(question: Question, answer: Answer, rolls: readonly [Roll, Roll]): Promise<Rights> {
    const { known, foreign, tally } = this.#stage
    const { operation, kind, who, index } = question
    const request = signed(question)
    const may = await this.#verdicts(question, rolls)
    const rights: Rights = may.includes('allowed') ? 'right' : 'wrong'
    tally.add(operation, kind, who.name, rights, answer)
    const foreignOf = (name: string) => known.onlyForeign(name)
    const onlyPool = operation.secured ? onlyPoolOf(who, rolls) : null
    const asked = { operation, request, verdicts: may, onlyPool, foreign, foreignOf }
    const found = complaints(asked, answer)
    for (const each of found) this.fail(each, index, question, answer)
    if (
      answer.status < 300 &&
      found.length === 0 &&
      /[/+]json(;|$)/.test(String(answer.headers['content-type']))
    )
      harvest(known, operation, JSON.parse(answer.text))
    return rights
  }

  async #verdicts(
    { operation, who, request }: Question,
    rolls: readonly [Roll, Roll],
  ): Promise<readonly Verdict[]> {
    const { api, permissionOf } = this.#stage
    const permission = permissionOf(operation)
    if (permission === undefined) throw new Error(`${operation.id} names no permission`)
    const poolId = await poolAsked(api, permission, who, rolls, pathValues(operation, request))
    return verdicts(permission, who, rolls, poolId)
  }

  /** The same key and content have their effect once; the same key with other content is refused. */
  async #repeat({ repeat, ...question }: Question): Promise<void> {
    const { operation, request, index } = question
    if (repeat > 2 || !operation.parameters.some(each => each.name === 'idempotency-key')) return
    const isOther = repeat === 0 && operation.body !== undefined
    const payload = isOther ? this.#otherPayload(question) : request.payload
    if (isOther && !areOther(operation.body?.schema.required ?? [], payload, request.payload)) return
    const again: Question = { ...question, repeat, kind: 'repeated', request: { ...request, payload } }
    const before = await readRoll(this.#stage.api)
    const answer = await this.#onceMore(again, await this.#inject(signed(again)))
    const rights = await this.#judge(again, answer, [before, await readRoll(this.#stage.api)])
    if (isOther && answer.status < 400)
      this.fail('a key was taken again for other content', index, again, answer)
    // Meanwhile somebody may have ended the role that it was asked with.
    if (!isOther && answer.status >= 400 && rights === 'right')
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
