import { randomUUID } from 'node:crypto'
import type {
  AcceptedTask,
  BatchOutcome,
  QueryError,
  SubmissionError,
  TaskId,
  TaskStatus,
} from '@task-outcome/core'
import { decodeBatchTask, decodeOrdinaryTask, decodeTaskStatus } from '@task-outcome/core'
import type { Clock, QueryTaskStatus } from '@task-outcome/wait'
import * as E from 'fp-ts/lib/Either.js'
import { constantDelay } from 'retry-ts'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  type Database,
  type FeedItem,
  type Row,
  StoredRecord,
  type Tracker,
  openTracker,
} from '../src/index.js'
import { describeEngines, left, right } from './engines.js'

type Result = E.Either<SubmissionError, AcceptedTask | BatchOutcome>

type Answer = E.Either<QueryError, TaskStatus>

const succeeded: Answer = decodeTaskStatus('{"code":0,"data":{"status":0}}')
const inProgress: Answer = decodeTaskStatus('{"code":0,"data":{"status":2}}')

describeEngines(database => {
  let tracker: Tracker
  beforeAll(async () => {
    tracker = right(await openTracker(database(), { firstQueryAfterMs: 0, queriesPerSecond: 1000 })())
  })

  /** A submission with an account of its own. */
  const submission = (result: Result, more: object = {}) => {
    const sends = { count: 0 }
    return {
      sends,
      account: randomUUID(),
      key: 'k-1',
      action: 'StartInstances',
      resourceIds: ['ins-1', 'ins-2'],
      submit: async () => {
        sends.count++
        return result
      },
      ...more,
    }
  }
  const bothAccepted = decodeBatchTask(
    '{"code":0,"detail":{"ins-1":{"code":0,"requestId":"17"},"ins-2":{"code":0,"requestId":"18"}}}',
  )

  describe('track', () => {
    test('stores what a batch accepted, and follows it', async () => {
      const one = submission(bothAccepted)
      const record = right(await tracker.track(one)())
      expect(record).toMatchObject({
        _tag: 'Accepted',
        account: one.account,
        key: 'k-1',
        result: bothAccepted,
      })
      const tasks = right(await tracker.tasks({ account: one.account })())
      expect(tasks.map(({ _tag, taskId, resourceIds }) => [_tag, taskId, ...resourceIds])).toEqual([
        ['Open', '17', 'ins-1'],
        ['Open', '18', 'ins-2'],
      ])
    })

    test('returns the same record for the same key, and sends once', async () => {
      const one = submission(bothAccepted)
      const results = await Promise.all(Array.from({ length: 8 }, () => tracker.track(one)()))
      expect(new Set(results.map(result => right(result).id)).size).toBe(1)
      expect(right(await tracker.track(one)())._tag).toBe('Accepted')
      expect(one.sends.count).toBe(1)
      expect(right(await tracker.tasks({ account: one.account })())).toHaveLength(2)
    })

    test('stores the intent and that it is sent before anything is sent', async () => {
      const one = submission(bothAccepted)
      let seen: unknown
      const submit = async () => {
        seen = right(await tracker.submissions({ account: one.account })())
        return bothAccepted
      }
      await tracker.track({ ...one, submit })()
      expect(seen).toMatchObject([{ _tag: 'Sent', key: 'k-1' }])
    })

    test('refuses a key of another action or other resources', async () => {
      const one = submission(bothAccepted)
      await tracker.track(one)()
      expect(left(await tracker.track({ ...one, action: 'StopInstances' })())._tag).toBe('KeyTaken')
      expect(left(await tracker.track({ ...one, resourceIds: ['ins-2', 'ins-1'] })())._tag).toBe('KeyTaken')
      expect(left(await tracker.track({ ...one, resourceIds: ['ins-1'] })())._tag).toBe('KeyTaken')
      expect(one.sends.count).toBe(1)
    })

    test.each<[string, object]>([
      ['account', { account: '' }],
      ['key', { key: 'a\0b' }],
      ['key', { key: 'x'.repeat(1001) }],
      ['action', { action: '\u4e00'.repeat(334) }],
      ['key', { key: '\ud800' }],
      ['action', { action: 7 }],
      ['resourceIds[1]', { resourceIds: ['a', null] }],
      ['resourceIds', { resourceIds: 'ins-1' }],
      ['submit', { submit: null }],
    ])('refuses an invalid %s, and stores nothing', async (name, more) => {
      const one = submission(bothAccepted, more)
      const error = left(await tracker.track(one as never)())
      expect(error).toMatchObject({ _tag: 'InvalidSubmission' })
      expect(JSON.stringify(error)).toContain(name)
      expect(right(await tracker.submissions({ account: one.account })())).toEqual([])
    })

    test('refuses what is no object', async () => {
      expect(left(await tracker.track(undefined as never)())._tag).toBe('InvalidSubmission')
    })

    test.each<[string, Result, string, number]>([
      ['an ordinary task', decodeOrdinaryTask('{"code":0,"requestId":"17"}'), 'Accepted', 1],
      ['a rejection', decodeOrdinaryTask('{"code":5100,"message":"busy"}'), 'Rejected', 0],
      [
        'a request that was not sent',
        E.left({ _tag: 'NotSent', reason: { _tag: 'NetworkFailed', code: 'ECONNREFUSED' }, recovered: [] }),
        'NotSent',
        0,
      ],
      ['a response that is no JSON', decodeOrdinaryTask('<html>'), 'InDoubt', 0],
      ['code 4500, which may answer a retry', decodeOrdinaryTask('{"code":4500}'), 'InDoubt', 0],
      [
        'a batch without one of the resources',
        decodeBatchTask('{"code":0,"detail":{"ins-1":{"code":0,"requestId":"17"}}}'),
        'InDoubt',
        1,
      ],
      [
        'a batch that rejects one',
        decodeBatchTask('{"code":5400,"detail":{"ins-1":{"code":0,"requestId":"17"},"ins-2":{"code":5100}}}'),
        'Accepted',
        1,
      ],
      [
        'a batch that rejects all',
        decodeBatchTask('{"code":5100,"detail":{"ins-1":{"code":5100},"ins-2":{"code":5100}}}'),
        'Rejected',
        0,
      ],
      [
        'a batch with a resource that was not requested',
        decodeBatchTask(
          '{"code":0,"detail":{"ins-1":{"code":0,"requestId":"17"},"ins-2":{"code":0,"requestId":"18"},"ins-9":{"code":0,"requestId":"19"}}}',
        ),
        'Accepted',
        3,
      ],
    ])('%s is stored as it is', async (_, result, state, open) => {
      const one = submission(result)
      const record = right(await tracker.track(one)())
      expect(record._tag).toBe(state)
      expect(record).toHaveProperty('result', result)
      expect(right(await tracker.counts(one.account)()).tasks.Open).toBe(open)
    })

    test.each([
      decodeBatchTask('{"code":5400,"detail":{"a":{"code":5100},"b":{"code":0,"requestId":"1"}}}'),
      decodeBatchTask('{"code":0,"detail":{"a":{"code":0,"requestId":"1"}}}'),
    ])('takes the resources of the response if none are named', async result => {
      const one = submission(result, { resourceIds: undefined })
      expect(right(await tracker.track(one)())._tag).toBe('Accepted')
      expect(right(await tracker.counts(one.account)()).tasks.Open).toBe(1)
    })

    test('an all-rejected response without named resources started nothing', async () => {
      const one = submission(decodeBatchTask('{"code":5100,"detail":{"a":{"code":5100}}}'), {
        resourceIds: [],
      })
      expect(right(await tracker.track(one)())._tag).toBe('Rejected')
    })

    test('keeps ids with any text exactly', async () => {
      const taskId = `a\0b\ud800c${'x'.repeat(3000)}`
      const result = E.right({
        _tag: 'AcceptedTask',
        taskId,
        message: '\0',
        codeDesc: '',
        extra: { deal: '\udc00' },
      }) as unknown as Result
      const one = submission(result)
      expect(right(await tracker.track(one)())).toHaveProperty('result', result)
      const [task] = right(await tracker.tasks({ account: one.account, taskId })())
      expect(task?.taskId).toBe(taskId)
    })

    test.each<[string, () => Promise<never>]>([
      ['throws', () => Promise.reject(new Error('broken'))],
      ['returns an id in what is no result', () => Promise.resolve({ requestId: '17' } as never)],
      ['returns nothing', () => Promise.resolve(undefined as never)],
      [
        'returns what has no text',
        () =>
          Promise.resolve({
            toJSON: () => {
              throw new Error('no')
            },
          } as never),
      ],
    ])('a submit that %s leaves the submission in doubt', async (_, submit) => {
      const record = right(await tracker.track(submission(bothAccepted, { submit }))())
      expect(record).toMatchObject({ _tag: 'InDoubt', result: { left: { _tag: 'DeliveryUnknown' } } })
    })

    test('sends what a process that died left intended, once', async () => {
      const one = submission(bothAccepted)
      const lost = failing(database(), sql => sql.includes("SET state = 'Sent'"))
      const other = right(await openTracker(lost)())
      expect(left(await other.track(one)())._tag).toBe('NotStored')
      expect(one.sends.count).toBe(0)
      expect(right(await tracker.submissions({ account: one.account, state: 'Intended' })())).toHaveLength(1)
      expect(right(await tracker.track(one)())._tag).toBe('Accepted')
      expect(one.sends.count).toBe(1)
    })

    test.each(['INSERT INTO task_outcome.submissions', 's.key = $2'])(
      'stores nothing and sends nothing if %s fails',
      async sql => {
        const one = submission(bothAccepted)
        const other = right(await openTracker(failing(database(), text => text.includes(sql)))())
        expect(left(await other.track(one)())).toMatchObject({
          _tag: 'NotStored',
          reason: { message: 'cut' },
        })
        expect(one.sends.count).toBe(0)
      },
    )

    test('stores a result although the database fails for a while', async () => {
      let fails = 3
      const one = submission(bothAccepted)
      const flaky = failing(database(), sql => sql.includes('answered_at = now()') && fails-- > 0)
      const other = right(await openTracker(flaky, { clock })())
      expect(right(await other.track(one)())._tag).toBe('Accepted')
    })

    test('returns the result if it cannot be stored, and the record is in doubt when the response is overdue', async () => {
      const one = submission(bothAccepted)
      const broken = failing(database(), sql => sql.includes('answered_at = now()'))
      const other = right(await openTracker(broken, { clock, responseWithinMs: 1 })())
      expect(left(await other.track(one)())).toMatchObject({ _tag: 'ResultNotStored', result: bothAccepted })
      expect(right(await tracker.track(one)())).not.toHaveProperty('result')
      expect(right(await tracker.submissions({ account: one.account, state: 'InDoubt' })())).toHaveLength(1)
      expect(one.sends.count).toBe(1)
    })
  })

  describe('settling', () => {
    const doubtful = async () => {
      const one = submission(decodeBatchTask('<html>'))
      return { one, record: right(await tracker.track(one)()) }
    }
    const found = { taskId: '99' as TaskId, resourceIds: [] }

    test('follows the tasks that were found', async () => {
      const { one, record } = await doubtful()
      const settlement = { _tag: 'Started', tasks: [found], note: 'seen in the console' } as const
      expect(right(await tracker.settle(record.id, settlement)())).toMatchObject({
        _tag: 'Settled',
        settlement,
      })
      expect(right(await tracker.tasks({ account: one.account })())).toMatchObject([
        { _tag: 'Open', taskId: '99' },
      ])
      expect(left(await tracker.settle(record.id, settlement)())).toMatchObject({ _tag: 'NotInDoubt' })
      expect(right(await tracker.tasks({ account: one.account })())).toHaveLength(1)
    })

    test('refuses a settlement that is none, and an id that is none', async () => {
      const { record } = await doubtful()
      expect(left(await tracker.settle(record.id, { _tag: 'Started' } as never)())._tag).toBe(
        'InvalidSettlement',
      )
      const nothing = { _tag: 'NotStarted', note: '' } as const
      expect(left(await tracker.settle('x', nothing)())).toEqual({ _tag: 'NotInDoubt' })
      expect(left(await tracker.settle('999999999', nothing)())).toEqual({ _tag: 'NotInDoubt' })
    })

    test('a response that comes after all is stored with the settlement', async () => {
      const one = submission(bothAccepted)
      const other = right(
        await openTracker(database(), { clock, responseWithinMs: 1, firstQueryAfterMs: 0 })(),
      )
      const submit = async () => {
        for (;;) {
          const [record] = right(await tracker.submissions({ account: one.account, state: 'InDoubt' })())
          if (record === undefined) continue
          expect(right(await tracker.inDoubt({ after: String(Number(record.id) - 1) })())[0]).toEqual(record)
          right(await tracker.settle(record.id, { _tag: 'NotStarted', note: 'not found' })())
          return bothAccepted
        }
      }
      expect(right(await other.track({ ...one, submit })())).toMatchObject({
        _tag: 'Settled',
        result: bothAccepted,
      })
      expect(right(await tracker.counts(one.account)()).tasks.Open).toBe(2)
    })

    test('settleAll asks for each submission in doubt, and leaves those that stay unknown', async () => {
      const { record: first } = await doubtful()
      const { record: second } = await doubtful()
      const { record: third } = await doubtful()
      const settled = await tracker.settleAll(async ({ id }) => {
        if (id === second.id) throw new Error('no connection')
        if (id === third.id) return { _tag: 'NotAny' } as never
        return id === first.id ? { _tag: 'NotStarted', note: 'asked' } : undefined
      })()
      expect(settled).toEqual(E.right(1))
      expect(
        right(await tracker.submissions({ key: 'k-1', state: 'InDoubt', after: first.id })()).map(
          ({ id }) => id,
        ),
      ).toEqual([second.id, third.id])
      await tracker.settleAll(async () => ({ _tag: 'NotStarted', note: 'cleanup' }))()
    })
  })

  test('a failure of the database is an error of settling, and of listing', async () => {
    const one = submission(decodeBatchTask('<html>'))
    right(await tracker.track(one)())
    for (const sql of ["SET state = 'Settled'", "WHERE s.state IN ('Intended', 'Sent', 'InDoubt')"]) {
      const on = right(await openTracker(failing(database(), text => text.includes(sql)))())
      expect(left(await on.settleAll(async () => ({ _tag: 'NotStarted', note: '' }))())._tag).toBe(
        'StoreFailed',
      )
    }
    await tracker.settleAll(async () => ({ _tag: 'NotStarted', note: 'cleanup' }))()
  })

  test('a row that something else wrote is an error, and so is one that was deleted meanwhile', async () => {
    const one = submission(bothAccepted)
    const answering = (sql: string, rows: ReadonlyArray<Row>): Database => ({
      ...database(),
      query: (text, values) => (text.includes(sql) ? Promise.resolve(rows) : database().query(text, values)),
    })
    const strange = right(await openTracker(answering('FROM task_outcome.tasks t', [{ state: 'Lost' }]))())
    expect(left(await strange.tasks()())).toMatchObject({
      message: 'a row in the schema task_outcome is not a valid TrackedTask',
    })
    const deleting = right(await openTracker(answering('s.key = $2', []))())
    expect(left(await deleting.track(one)())).toMatchObject({ _tag: 'NotStored' })
  })

  describe('following', () => {
    const query =
      (answer: (taskId: TaskId) => Answer): QueryTaskStatus =>
      taskId =>
      async () =>
        answer(taskId)

    test('delivers the end of each task, with a key, to each subscriber', async () => {
      const one = submission(bothAccepted)
      const seen: FeedItem[] = []
      const other: FeedItem[] = []
      const both = new Promise<void>(resolve => {
        const own = (to: FeedItem[]) => (item: FeedItem) => {
          if (item.task.account !== one.account) return
          to.push(item)
          if (seen.length + other.length === 4) resolve()
        }
        const names = [randomUUID(), randomUUID()] as const
        subscriptions.push(
          right(tracker.subscribe(names[0], own(seen))),
          right(tracker.subscribe(names[1], own(other), { fromStart: false })),
        )
      })
      let looks = 0
      const worker = right(
        tracker.follow(
          one.account,
          { StartInstances: query(() => (looks++ < 2 ? inProgress : succeeded)) },
          { pollPolicy: constantDelay(1) },
        ),
      )
      await new Promise(resolve => setImmediate(resolve))
      await tracker.track(one)()
      await both
      await worker.stop()
      for (const subscription of subscriptions.splice(0)) await subscription.stop()
      expect(seen.map(({ task }) => [task._tag, task.taskId]).sort()).toEqual([
        ['Ended', '17'],
        ['Ended', '18'],
      ])
      expect(seen.map(({ key }) => key).sort()).toEqual(other.map(({ key }) => key).sort())
    })
  })

  test('exports every record of an account as lines that its codec reads', async () => {
    const one = submission(bothAccepted)
    await tracker.track(one)()
    const tags: string[] = []
    for await (const line of tracker.exportLines(one.account))
      tags.push(right(StoredRecord.decode(JSON.parse(right(line))))._tag)
    expect(tags).toEqual(['Accepted', 'Open', 'Open'])
  })
})

/** Delays are over at once, and time limits never. */
const clock: Clock = {
  now: () => 0,
  after: (delayMs, run) => {
    if (delayMs !== 5000) setImmediate(run)
    return () => undefined
  },
}

const subscriptions: Array<{ readonly stop: () => Promise<void> }> = []

/** A database that fails at some statements. */
const failing = (database: Database, fails: (sql: string) => boolean): Database => ({
  ...database,
  query: (sql, values) => (fails(sql) ? Promise.reject(new Error('cut')) : database.query(sql, values)),
})
