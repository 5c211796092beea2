import { expect, test } from 'vitest'
import { createReport, inParallel } from './Report.js'

test('reports a check that throws as a failure with its reason, and runs the next one', async () => {
  const lines: string[] = []
  const report = createReport(line => lines.push(line))
  expect(await report.check('one', () => Promise.reject(new Error('why')))).toBe('FAILS')
  expect(await report.check('two', () => Promise.resolve())).toBe('passes')
  expect(report.passed()).toBe(1)
  expect(report.failures()).toEqual([{ name: 'one', reason: 'why' }])
  expect(lines).toEqual(['FAILED  one', 'passed  two'])
})

test('returns the results in the order of the array, and runs no more than the width at a time', async () => {
  let underWay = 0
  let most = 0
  const results = await inParallel(2, [5, 1, 3, 1], async turns => {
    most = Math.max(most, ++underWay)
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
    underWay -= 1
    return `${turns} turns`
  })
  expect(results).toEqual(['5 turns', '1 turns', '3 turns', '1 turns'])
  expect(most).toBe(2)
})

test('throws what a piece of work throws', async () => {
  await expect(inParallel(2, [1, 2, 3], () => Promise.reject(new Error('why')))).rejects.toThrow('why')
})
