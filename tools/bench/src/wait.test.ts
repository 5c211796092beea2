import { describe, expect, test } from 'vitest'
import { comparePollings } from './comparePollings.js'
import { compareWaits, latenessOf, waiters } from './compareWaits.js'
import { comparisonPage } from './comparisonPage.js'
import { measureWait } from './measureWait.js'
import { type Scenario, crowd, distributions, few, one, quotaPerSecond } from './Scenario.js'
import { taskOutcome } from './waiters/taskOutcome.js'

const small: Scenario = { name: '200 tasks of 60 s', tasks: 200, durationMs: () => 60_000, runs: 2 }

describe('@task-outcome/wait', () => {
  test.each([crowd, few, { ...one, runs: 20 }])('keeps the quota: $name', async scenario => {
    const { refused, mostInASecond } = await measureWait(taskOutcome, scenario)
    expect(refused).toBe(0)
    expect(mostInASecond).toBeLessThanOrEqual(quotaPerSecond)
  })

  test('notices the last end of 10,000 tasks at most 5 % after the first moment that the quota allows', async () => {
    const lateness = latenessOf(await measureWait(taskOutcome, crowd), crowd)
    expect(lateness).toBeGreaterThanOrEqual(0)
    expect(lateness).toBeLessThanOrEqual(0.05)
  })

  test('a seed always produces the same run', async () => {
    expect(await measureWait(taskOutcome, small)).toEqual(await measureWait(taskOutcome, small))
  })
})

test('every library notices every end of a few tasks, and the page can be written', async () => {
  const comparison = await compareWaits([small])
  for (const { waiter, measurement } of comparison.measured) {
    expect(measurement.meanDelayMs, waiter.name).toBeGreaterThan(0)
    expect(measurement.queries, waiter.name).toBeGreaterThanOrEqual(small.tasks)
  }
  expect(comparison.cutOffs.map(({ cutOff: { ended, open } }) => ended + open)).toEqual([200, 200, 200])
  const page = comparisonPage(comparison, [])
  for (const { name } of waiters) expect(page).toContain(name)
  expect(page).not.toContain('NaN')
})

test.each(distributions)('learning costs neither queries nor delay: $name', async scenario => {
  const measured = await comparePollings([scenario])
  const [learning, informed, plain, jittered] = measured.map(({ measurement }) => measurement)
  if (!learning || !informed || !plain || !jittered) throw new Error('not measured')
  for (const one of [learning, informed]) {
    expect(one.queries).toBeLessThan(jittered.queries * 1.05)
    expect(one.meanDelayMs).toBeLessThan(jittered.meanDelayMs)
    expect(one.delay95Ms).toBeLessThan(jittered.delay95Ms)
    // In common currency: a query for a delay, as the plain policy pays.
    expect(one.queries * one.meanDelayMs).toBeLessThan(plain.queries * plain.meanDelayMs * 1.05)
  }
})
