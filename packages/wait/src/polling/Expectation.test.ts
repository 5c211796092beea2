import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Expectation,
  ageAt,
  expectationFrom,
  looksAt,
  noteEnd,
  noteInProgress,
  plainExpectation,
} from './Expectation.js'

const hourMs = 3_600_000

/** From 1 ms to 10 hours, as often short as long. */
const anyAge = fc.double({ min: 0, max: Math.log(10 * hourMs), noNaN: true }).map(Math.exp)

/** Durations around a few ages. */
const durations = fc
  .tuple(
    fc.array(anyAge, { minLength: 1, maxLength: 3 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.nat(),
  )
  .map(([centers, spread, seed]) => {
    let state = seed + 1
    const random = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647
    return Array.from(
      { length: 100 },
      (_, index) => centers[index % centers.length]! * Math.exp(spread * (random() - 0.5)),
    )
  })

interface Observation {
  readonly fromMs: number
  readonly toMs: number
  readonly isEnd: boolean
}

const observations: fc.Arbitrary<ReadonlyArray<Observation>> = fc.array(
  fc
    .record({
      fromMs: fc.oneof(fc.constant(0), anyAge),
      lengthMs: fc.oneof(fc.constant(0), anyAge),
      isEnd: fc.boolean(),
    })
    .map(({ fromMs, lengthMs, isEnd }) => ({ fromMs, toMs: fromMs + lengthMs, isEnd })),
  { maxLength: 100 },
)

const note = (expectation: Expectation, { fromMs, toMs, isEnd }: Observation): void =>
  (isEnd ? noteEnd : noteInProgress)(expectation, fromMs, toMs)

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((all, one) => all + one, 0)

/** The delay until the next query of a task that was just queried at that age, without jitter. */
const delayAt = (expectation: Expectation, ageMs: number): number =>
  ageAt(expectation, looksAt(expectation, ageMs) + 1) - ageMs

describe('the schedule', () => {
  test('has a query for every age, whatever was observed, and an age for every query', () => {
    fc.assert(
      fc.property(
        observations,
        fc.array(anyAge, { maxLength: 5 }),
        anyAge,
        anyAge,
        (noted, earlier, one, other) => {
          const expectation = expectationFrom(earlier)
          for (const observation of noted) note(expectation, observation)
          const [young, old] = [Math.min(one, other), Math.max(one, other) + 1]
          expect(looksAt(expectation, old)).toBeGreaterThan(looksAt(expectation, young))
          for (const ageMs of [young, old, -young, 100 * hourMs])
            expect(ageAt(expectation, looksAt(expectation, ageMs)) / ageMs).toBeCloseTo(1, 6)
        },
      ),
    )
  })

  test('without observations has delays that grow with the age, from 0.2 s to 6 s', () => {
    for (const expectation of [plainExpectation, expectationFrom([])]) {
      const delays = [0, 100, 1000, 5000, 20_000, hourMs].map(ageMs =>
        Math.round(delayAt(expectation, ageMs)),
      )
      expect(delays).toEqual([196, 259, 843, 3438, 6000, 6000])
    }
  })

  test('is the plain one at ages of which nothing is known', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 50_000, noNaN: true }), { minLength: 1 }), earlier => {
        const expectation = expectationFrom(earlier)
        for (const ageMs of [200_000, hourMs]) expect(delayAt(expectation, ageMs)).toBeCloseTo(6000, 3)
      }),
    )
  })

  test('does not stretch delays by more than half of what they are, plus a tenth for each earlier duration', () => {
    fc.assert(
      fc.property(observations, fc.array(anyAge, { maxLength: 30 }), anyAge, (noted, earlier, ageMs) => {
        const expectation = expectationFrom(earlier)
        for (const observation of noted) note(expectation, observation)
        const plain = looksAt(plainExpectation, ageMs + 5000) - looksAt(plainExpectation, ageMs)
        const looks = looksAt(expectation, ageMs + 5000) - looksAt(expectation, ageMs)
        expect(looks).toBeGreaterThanOrEqual((plain / (2 + earlier.length / 10)) * 0.9999)
      }),
    )
  })
})

describe('what is known of durations', () => {
  test('costs no more queries for a delay than the plain schedule, whatever the durations are', () => {
    fc.assert(
      fc.property(durations, all => {
        const costOf = (expectation: Expectation): number =>
          sum(all.map(ms => looksAt(expectation, ms))) * sum(all.map(ms => delayAt(expectation, ms)))
        expect(costOf(expectationFrom(all))).toBeLessThan(1.15 * costOf(plainExpectation))
      }),
      { numRuns: 300 },
    )
  })

  test('brings queries to the ages at which tasks end, and takes them from others', () => {
    const expectation = expectationFrom(Array.from({ length: 50 }, () => 60_000))
    expect(delayAt(expectation, 60_000)).toBeLessThan(1000)
    expect(looksAt(expectation, 58_000)).toBeLessThan(looksAt(plainExpectation, 58_000) / 2)
  })

  test('does not depend on the order', () => {
    fc.assert(
      fc.property(durations, all => {
        const one = expectationFrom(all)
        const other = expectationFrom([...all].reverse())
        for (const ms of all) expect(looksAt(other, ms) / looksAt(one, ms)).toBeCloseTo(1, 6)
      }),
      { numRuns: 20 },
    )
  })

  test('counts tasks in progress for as long as they were seen to run', () => {
    const onlyEnds = expectationFrom([])
    const alsoOpen = expectationFrom([])
    for (let task = 0; task < 50; task++) noteInProgress(alsoOpen, 0, 59_000)
    for (const one of [onlyEnds, alsoOpen]) noteEnd(one, 0, 20_000)
    expect(looksAt(alsoOpen, 58_000)).toBeLessThan(looksAt(onlyEnds, 58_000))
  })

  test('is not noted by an expectation that has nothing to learn', () => {
    const before = Float64Array.from(plainExpectation.looks)
    noteInProgress(plainExpectation, 0, 1000)
    noteEnd(plainExpectation, 1000, 2000)
    expect(plainExpectation.looks).toEqual(before)
  })
})
