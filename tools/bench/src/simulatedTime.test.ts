import type { TaskId } from '@task-outcome/core'
import { expect, test } from 'vitest'
import { mostInASecond, simulateApi } from './SimulatedApi.js'
import { inSimulatedTime, sleep } from './simulatedTime.js'

test('time is simulated, random numbers have a fixed seed, and both are restored afterwards', async () => {
  const before = [setTimeout, Date, Math.random]
  const run = () =>
    inSimulatedTime(7, async () => {
      await sleep(3_600_000)
      return [Date.now(), performance.now(), Math.random()]
    })
  const first = await run()
  expect(first.slice(0, 2)).toEqual([3_600_000, 3_600_000])
  expect(await run()).toEqual(first)
  expect([setTimeout, Date, Math.random]).toEqual(before)
})

test('reports a run that fails or never ends', async () => {
  await expect(inSimulatedTime(1, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await expect(inSimulatedTime(1, () => new Promise(() => undefined))).rejects.toThrow('Nothing is left')
})

test('the API rejects the queries above its quota, and no others', async () => {
  const answers = await inSimulatedTime(1, async () => {
    const api = simulateApi({ endsAtMs: () => 1000, queryMs: 100, quotaPerSecond: 2 })
    const first = Promise.all([api.ask('1' as TaskId), api.ask('1' as TaskId), api.ask('1' as TaskId)])
    await sleep(1000)
    const then = Promise.all([api.ask('1' as TaskId), api.ask('1' as TaskId), api.ask('1' as TaskId)])
    return { answers: [...(await first), ...(await then)], refused: api.refused(), starts: api.starts }
  })
  expect(answers).toEqual({
    answers: ['InProgress', 'InProgress', 'TooMany', 'Succeeded', 'Succeeded', 'TooMany'],
    refused: 2,
    starts: [0, 0, 0, 1000, 1000, 1000],
  })
  expect(mostInASecond(answers.starts)).toBe(3)
  expect(mostInASecond([0, 500, 999, 1000, 1499])).toBe(4)
})
