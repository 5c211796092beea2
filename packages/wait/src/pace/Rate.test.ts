import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Rate, makeRate } from './Rate.js'

/** Starts as soon as allowed, and at least `gapMs` after the previous start. */
const startAll = (rate: Rate, gapsMs: ReadonlyArray<number>): ReadonlyArray<number> => {
  let now = 0
  return gapsMs.map(gapMs => {
    now = Math.max(now + gapMs, rate.nextStartMs())
    rate.started(now)
    return now
  })
}

const none = (count: number): ReadonlyArray<number> => Array.from({ length: count }, () => 0)

describe('the limit for any second holds', () => {
  test('however the starts are bunched', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: 1, max: 100 }), fc.double({ min: 0.1, max: 100, noNaN: true })),
        fc.array(
          fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 5000 })),
          {
            maxLength: 300,
          },
        ),
        (maxQueriesPerSecond, gapsMs) => {
          const starts = startAll(makeRate(maxQueriesPerSecond), gapsMs)
          const most = Math.max(1, Math.floor(maxQueriesPerSecond))
          starts.slice(most).forEach((start, index) => {
            expect(start - (starts[index] ?? NaN)).toBeGreaterThan(999.999)
          })
        },
      ),
    )
  })

  test('below one per second', () => {
    expect(startAll(makeRate(0.5), none(3))).toEqual([0, 2001, 4002])
  })
})

describe('queries are evenly spaced', () => {
  test('after the first, which starts immediately', () => {
    expect(startAll(makeRate(50), none(4))).toEqual([0, 20, 40, 60])
  })

  test('and a start that is a little late does not lower the rate', () => {
    const rate = makeRate(10)
    expect(startAll(rate, [0, 104, 0, 0])).toEqual([0, 104, 200, 300])
  })

  test('without a burst after a pause', () => {
    const starts = startAll(makeRate(50), [0, 10_000, 0, 0, 0, 0, 0])
    expect(starts[6]).toBe(10_100)
  })
})

describe('a rejection for too many requests', () => {
  const spacing = (rate: Rate, nowMs: number): number => {
    rate.started(nowMs)
    return rate.nextStartMs() - nowMs
  }

  test('halves the rate each time, down to one query in five seconds', () => {
    const rate = makeRate(20)
    rate.started(0)
    const waits = [1000, 2000, 4000, 6000, 8000, 10_000, 15_000, 20_000, 30_000].map(nowMs => {
      rate.refused(nowMs, nowMs, 0)
      return rate.nextStartMs() - nowMs
    })
    expect(waits).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000])
  })

  test('of a query that started before the rate was lowered is ignored', () => {
    const rate = makeRate(20)
    rate.refused(1000, 1500, 0)
    for (const startedAtMs of [1000, 1100, 1499]) rate.refused(startedAtMs, 1600, 0)
    expect(rate.nextStartMs()).toBe(1600)
    rate.refused(1500, 1700, 0)
    expect(rate.nextStartMs()).toBe(1900)
  })

  test('is recovered from by answered queries: quickly to just below the rejected rate, then slowly', () => {
    const rate = makeRate(20)
    rate.refused(0, 0, 0)
    rate.refused(1000, 1000, 0) // at 10 per second
    expect(spacing(rate, 10_000)).toBe(200)
    const after = (answers: number, nowMs: number): number => {
      for (let count = 0; count < answers; count++) rate.answered()
      return spacing(rate, nowMs)
    }
    expect(after(9, 20_000)).toBeCloseTo(1000 / 9.05, 0)
    expect(after(9, 30_000)).toBeCloseTo(1000 / 9.455, 0)
    expect(after(500, 40_000)).toBe(50)
    expect(after(500, 50_000)).toBe(50)
  })

  test('starts nothing before its Retry-After, even if it is otherwise ignored', () => {
    const rate = makeRate(20)
    rate.started(0)
    rate.refused(0, 1000, 7000)
    expect(rate.nextStartMs()).toBe(8000)
    rate.refused(900, 1100, 8000)
    expect(rate.nextStartMs()).toBe(9100)
    rate.refused(900, 1200, 0)
    expect(rate.nextStartMs()).toBe(9100)
  })

  test('spaces queries evenly again after its Retry-After', () => {
    const rate = makeRate(20)
    rate.started(0)
    rate.refused(0, 0, 5000)
    expect([rate, rate].map(() => (rate.started(rate.nextStartMs()), rate.nextStartMs()))).toEqual([
      5100, 5200,
    ])
  })

  test('keeps a rate that is already lower', () => {
    const rate = makeRate(0.1)
    rate.started(0)
    rate.refused(0, 0, 0)
    expect(rate.nextStartMs()).toBe(10_001)
  })
})
