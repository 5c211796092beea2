import { randomUUID } from 'node:crypto'
import { type QueryError, decodeBatchTask, decodeTaskStatus } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { constantDelay } from 'retry-ts'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import {
  type AroundQuery,
  type FeedItem,
  StoredRecord,
  type Submission,
  type Tracker,
  type WorkerQuery,
  openTracker,
} from '../src/index.js'
import { describeEngines, left, right } from './engines.js'

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

const succeeded = decodeTaskStatus('{"code":0,"data":{"status":0}}')
const failed = decodeTaskStatus('{"code":4400,"message":"slow down"}')

describeEngines(database => {
  let tracker: Tracker
  beforeAll(async () => {
    tracker = right(await openTracker(database(), { firstQueryAfterMs: 0, queriesPerSecond: 1000 })())
  })

  const accept = async (account: string, given: unknown, key = 'k'): Promise<Submission> => {
    const submit = async () => decodeBatchTask('{"code":0,"detail":{"a":{"code":0,"requestId":"t-a"}}}')
    const submission = { account, key, action: 'A', resourceIds: ['a'], submit }
    return right(await tracker.track({ ...submission, traceparent: given as string })())
  }

  /** The first end of an account. */
  const firstEnd = (account: string): Promise<FeedItem> =>
    new Promise(resolve => {
      const subscription = right(
        tracker.subscribe(randomUUID(), item => {
          if (item.task.account === account) resolve(item)
        }),
      )
      onTestFinished(() => subscription.stop())
    })

  const follow = (account: string, aroundQuery: AroundQuery, answers = [succeeded]) => {
    let asked = 0
    const query = () => async () => answers[Math.min(asked++, answers.length - 1)] ?? succeeded
    const options = { aroundQuery, failurePolicy: constantDelay(1) }
    const worker = right(tracker.follow(account, { A: query }, options))
    onTestFinished(() => worker.stop())
    return () => asked
  }

  describe('the traceparent of a submission', () => {
    test('is in its record, in its tasks, in the query of a worker, in the feed and in an export', async () => {
      const account = randomUUID()
      const submission = await accept(account, traceparent)
      expect(submission.traceparent).toBe(traceparent)
      const [task] = right(await tracker.tasks({ account })())
      expect(task?.traceparent).toBe(traceparent)

      const queries: WorkerQuery[] = []
      follow(account, (query, run) => {
        queries.push(query)
        return run()
      })
      expect((await firstEnd(account)).task).toMatchObject({ _tag: 'Ended', traceparent })
      expect(queries).toStrictEqual([
        { account, action: 'A', tasks: [{ id: task?.id, taskId: 't-a', traceparent }] },
      ])
      for await (const line of tracker.exportLines(account))
        expect(right(StoredRecord.decode(JSON.parse(right(line))))).toHaveProperty('traceparent', traceparent)
    })

    test('is that of the first call with its key', async () => {
      const account = randomUUID()
      await accept(account, traceparent)
      const again = await accept(account, traceparent.replace('b7ad', 'b7ae'))
      expect(again.traceparent).toBe(traceparent)
    })

    test('is given to tasks that a settlement finds', async () => {
      const account = randomUUID()
      const submit = () => Promise.reject(new Error('the connection broke'))
      const { id } = right(await tracker.track({ account, key: 'k', action: 'A', submit, traceparent })())
      const tasks = [{ taskId: 't-1', resourceIds: [] }]
      right(await tracker.settle(id, { _tag: 'Started', tasks, note: 'found' } as never)())
      expect(right(await tracker.tasks({ account })())).toMatchObject([{ taskId: 't-1', traceparent }])
    })

    test.for([
      undefined,
      '',
      'a secret',
      17,
      traceparent.toUpperCase(),
      `${traceparent}-more`,
      traceparent.replace('00-', 'ff-'),
      `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
      `00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`,
    ])('is not stored if it is invalid, and the submission is sent: %j', async given => {
      const submission = await accept(randomUUID(), given)
      expect(submission._tag).toBe('Accepted')
      expect(submission).not.toHaveProperty('traceparent')
    })

    test('is not stored if reading it throws', async () => {
      const submission = {
        account: randomUUID(),
        key: 'k',
        action: 'A',
        submit: async () => decodeBatchTask('{"code":0,"detail":{"a":{"code":0,"requestId":"t-a"}}}'),
        get traceparent(): string {
          throw new Error('no')
        },
      }
      expect(right(await tracker.track(submission)())).not.toHaveProperty('traceparent')
    })
  })

  describe('aroundQuery', () => {
    test('learns why a query failed, and that the next one has not', async () => {
      const account = randomUUID()
      await accept(account, traceparent)
      const errors: Array<QueryError | undefined> = []
      follow(account, async (_query, run) => void errors.push(await run()), [failed, succeeded])
      await firstEnd(account)
      expect(errors).toStrictEqual([left(failed), undefined])
    })

    test.for<[string, AroundQuery]>([
      [
        'throws',
        () => {
          throw new Error('no')
        },
      ],
      ['rejects', () => Promise.reject(new Error('no'))],
      ['never runs the query', () => undefined],
      [
        'runs it twice',
        async (_query, run) => {
          await Promise.all([run(), run()])
        },
      ],
      [
        'never ends',
        async (_query, run) => {
          await run()
          await new Promise(() => undefined)
        },
      ],
    ])('changes nothing of the query if it %s', async ([, aroundQuery]) => {
      const account = randomUUID()
      await accept(account, undefined)
      const asked = follow(account, aroundQuery)
      expect((await firstEnd(account)).task).toMatchObject({ _tag: 'Ended', ending: { queries: 1 } })
      expect(asked()).toBe(1)
    })

    test('must be a function', () => {
      const options = { aroundQuery: 17 as never }
      const started = tracker.follow('x', { A: () => async () => succeeded }, options)
      expect(E.isLeft(started) && started.left.issue).toBe('aroundQuery must be a function')
    })
  })
})
