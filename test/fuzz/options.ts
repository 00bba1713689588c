// How long, from which seed, and for which operations: from the command line, or from the environment of the tests.

import { parseArgs } from 'node:util'

export interface Options {
  readonly seconds: number
  readonly seed: number
  /** Requests after which it ends; as many as there is time for when left out. */
  readonly count: number | undefined
  /** Ids of operations; all of them when left out. */
  readonly operations: readonly string[] | undefined
}

const IN_CI = 60
const ELSEWHERE = 15

export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: 'string' },
      seed: { type: 'string' },
      count: { type: 'string' },
      operation: { type: 'string', multiple: true },
    },
  })
  const usual = environment.CI === 'true' ? IN_CI : ELSEWHERE
  const count = values.count === undefined ? undefined : whole(values.count, 'count')
  return {
    count,
    seconds: whole(
      values.seconds ?? environment.FUZZ_SECONDS ?? String(count === undefined ? usual : 3600),
      'seconds',
    ),
    seed: whole(values.seed ?? environment.FUZZ_SEED ?? String(Math.trunc(Math.random() * 1e9)), 'seed'),
    operations: values.operation?.flatMap(each => each.split(',')),
  }
}

function whole(text: string, name: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new Error(`--${name} is a whole number, not ${text}`)
  return Number(text)
}

/** What repeats a run up to and with its request `index`. */
export const commandFor = ({ seed, operations }: Options, index: number): string =>
  [
    'npm run -s fuzz --',
    `--seed ${seed}`,
    `--count ${index + 1}`,
    ...(operations ?? []).map(each => `--operation ${each}`),
  ].join(' ')
