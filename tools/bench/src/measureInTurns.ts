/**
 * Times that can be compared although the machine is noisy: everybody's turn comes in every round, so that what slows down
 * one slows down all. tinybench measures a turn; it has no rounds of its own.
 *
 * No garbage collection is asked for between turns: a full one also takes away the hidden classes of unreferenced objects
 * at that moment, and with them the compiled code that counts on them, and every turn would begin with slow code.
 */
import { Bench } from 'tinybench'
import { makeRandom } from './random.js'

export interface Turns {
  readonly rounds: number
  /** A turn lasts so long at least, and one call at least. */
  readonly turnMs: number
  /** So many calls are timed as one, as the clock has its price. */
  readonly callsAtOnce: number
}

/** The mean milliseconds of a call: for each function, an array with every round. */
export const measureInTurns = (
  functions: ReadonlyArray<() => unknown>,
  { rounds, turnMs, callsAtOnce }: Turns,
): ReadonlyArray<ReadonlyArray<number>> => {
  const bench = new Bench({
    time: turnMs,
    iterations: 1,
    warmupTime: 5 * turnMs,
    warmupIterations: 1,
    throws: true,
  })
  for (const [index, call] of functions.entries())
    bench.add(String(index), () => {
      for (let count = 0; count < callsAtOnce; count++) kept.result = call()
    })
  const { tasks } = bench
  for (const task of tasks) task.warmupSync()

  const random = makeRandom(1)
  const times = tasks.map((): number[] => [])
  for (let round = 0; round < rounds; round++)
    for (const index of shuffled(tasks.length, random)) {
      const task = tasks[index]
      task?.reset()
      const result = task?.runSync().result
      if (result?.state !== 'completed') throw new Error('A turn was not completed')
      times[index]?.push(result.latency.mean / callsAtOnce)
    }
  kept.result = undefined
  return times
}

/** A random order: the garbage of one is collected in the turn of another, which must not always be the same one. */
const shuffled = (length: number, random: () => number): ReadonlyArray<number> =>
  Array.from({ length }, (_, index) => ({ index, key: random() }))
    .sort((one, other) => one.key - other.key)
    .map(({ index }) => index)

/** Keeps results, so that the compiler can't eliminate the measured code. */
const kept: { result: unknown } = { result: undefined }

export const medianOf = (numbers: ReadonlyArray<number>): number => quantile(numbers, 0.5)

/** From the 25th to the 75th percentile. */
export const middleHalf = (numbers: ReadonlyArray<number>): readonly [number, number] => [
  quantile(numbers, 0.25),
  quantile(numbers, 0.75),
]

const quantile = (numbers: ReadonlyArray<number>, share: number): number => {
  const sorted = [...numbers].sort((one, other) => one - other)
  const place = share * (sorted.length - 1)
  const [below = NaN, above = below] = sorted.slice(Math.floor(place), Math.floor(place) + 2)
  return below + (above - below) * (place % 1)
}

/** Round by round. */
export const ratios = (
  times: ReadonlyArray<number> = [],
  base: ReadonlyArray<number> = [],
): ReadonlyArray<number> => times.map((time, round) => time / (base[round] ?? NaN))
