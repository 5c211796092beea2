import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { simulateBatchApi } from '../../test/SimulatedBatchApi.js'
import { SimulatedClock } from '../../test/SimulatedClock.js'
import { JobResult } from './JobResult.js'
import { runJob } from './runJob.js'

test('a job submits in chunks and follows every task', async () => {
  const clock = new SimulatedClock()
  const { submit, query, log, started } = simulateBatchApi(clock, () => ({
    durationMs: 100,
    handlings: ['accepted'],
  }))
  const ids = Array.from({ length: 25 }, (_, index) => `ins-${index}`)
  const stored: JobResult[] = []
  const job = await clock.run(
    runJob(ids, submit, query, { chunkSize: 10, clock, store: soFar => stored.push(soFar) })(),
  )
  expect(log.map(({ resourceIds }) => resourceIds.length)).toEqual([10, 10, 5])
  expect(started).toHaveLength(25)
  expect(job.resources.map(({ _tag }) => _tag)).toEqual(ids.map(() => 'ResourceSucceeded'))
  expect(job.end).toEqual({ _tag: 'Settled' })
  expect(JobResult.decode(JSON.parse(JSON.stringify(job)))).toEqual(E.right(job))
  for (const some of stored) expect(JobResult.decode(JSON.parse(JSON.stringify(some)))).toEqual(E.right(some))
  expect(stored.at(-1)).toEqual(job)
  expect(clock.pending()).toBe(0)
})
