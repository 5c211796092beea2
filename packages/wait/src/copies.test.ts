/** What a callback of the caller gets is its own: changing it changes nothing else. */
import type { BatchOutcome, ResourceId, SubmissionError } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { statusOf } from '../test/SimulatedApi.js'
import { accepted, deliveryUnknown, outcomeOf, rejected } from '../test/SimulatedBatchApi.js'
import { SimulatedClock } from '../test/SimulatedClock.js'
import { taskId } from '../test/waiting.js'
import { runJob } from './job/runJob.js'
import { submitAll } from './submission/submitAll.js'

type Result = E.Either<SubmissionError, BatchOutcome>

const succeeds = () => async () => E.right(statusOf('Succeeded'))

/** An API that starts what it is sent, and what it has started. */
const startingApi = (resultOf: (ids: ReadonlyArray<ResourceId>) => Result) => {
  const started: ResourceId[] = []
  return {
    started,
    start: async (ids: ReadonlyArray<ResourceId>): Promise<Result> => {
      started.push(...ids)
      return resultOf(ids)
    },
  }
}

const lost = (): Result => E.left(deliveryUnknown)
const acceptsAll = (ids: ReadonlyArray<ResourceId>): Result =>
  E.right(outcomeOf(ids.map((id, index) => accepted(id, `${id}${index}`))))

describe('a submit function that consumes the array of ids submits nothing twice', () => {
  test.each([
    ['when the response is lost', lost, 'ResourceInDoubt'],
    ['when all are accepted', acceptsAll, 'ResourceAccepted'],
  ])('%s', async (_, resultOf, _tag) => {
    const clock = new SimulatedClock()
    const { started, start } = startingApi(resultOf)
    const submit = (ids: ReadonlyArray<ResourceId>) => () => start((ids as ResourceId[]).splice(0))
    const result = await clock.run(submitAll(['a', 'b'], submit, { clock })())
    expect(started).toEqual(['a', 'b'])
    expect(result.resources).toMatchObject([{ _tag }, { _tag }])
    const job = await clock.run(runJob(['c', 'd'], submit, succeeds, { clock })())
    expect(started).toEqual(['a', 'b', 'c', 'd'])
    expect(job.resources).toHaveLength(2)
  })
})

describe('a callback that changes an error or a rejection changes no decision', () => {
  test('isFatal', async () => {
    const clock = new SimulatedClock()
    const recovered = [{ taskId: taskId('17'), resourceId: 'a' as ResourceId, code: 0 }]
    const { started, start } = startingApi(() => E.left({ ...deliveryUnknown, recovered }))
    const isFatal = (error: SubmissionError): boolean => {
      Object.assign(error, { _tag: 'NotSent' })
      ;(error.recovered as unknown[]).length = 0
      return false
    }
    const result = await clock.run(submitAll(['a'], ids => () => start(ids), { clock, isFatal })())
    expect(started).toEqual(['a'])
    expect(result.resources).toMatchObject([{ _tag: 'ResourceInDoubt', recovered }])
  })

  test.each<[string, Result, object]>([
    ['isRetryable, of an entry', E.right(outcomeOf([rejected('a')])), rejected('a')],
    [
      'isRetryable, of a request',
      E.left({ ...rejected('a'), _tag: 'Rejected', recovered: [] } as unknown as SubmissionError),
      { _tag: 'Rejected', code: 5100 },
    ],
  ])('%s', async (_, rejection, expected) => {
    const clock = new SimulatedClock()
    const isRetryable = (one: object): boolean => {
      Object.assign(one, { code: 0, recovered: [{ taskId: '17', code: 0 }] })
      return false
    }
    const result = await clock.run(submitAll(['a'], () => async () => rejection, { clock, isRetryable })())
    expect(result.resources).toMatchObject([{ _tag: 'ResourceRejected', rejections: [expected] }])
  })
})
