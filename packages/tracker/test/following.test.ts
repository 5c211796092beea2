import { randomUUID } from 'node:crypto'
import {
  type QueryError,
  type TaskId,
  type TaskStatus,
  decodeBatchTask,
  decodeOrdinaryTask,
  decodeTaskStatus,
} from '@task-outcome/core'
import type { QueriedTask, QueryTaskStatus, QueryTaskStatuses } from '@task-outcome/wait'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { constantDelay, limitRetries } from 'retry-ts'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import {
  type Database,
  type FeedItem,
  type StoreFailed,
  type Tracker,
  type TrackedTask,
  type WorkerOptions,
  openTracker,
} from '../src/index.js'
import { claim } from '../src/sql/followed.js'
import { describeEngines, left, right } from './engines.js'

type Answer = E.Either<QueryError, TaskStatus>

const succeeded: Answer = decodeTaskStatus('{"code":0,"data":{"status":0}}')
const inProgress: Answer = decodeTaskStatus('{"code":0,"data":{"status":2}}')
const unknown: Answer = decodeTaskStatus('{"code":5000,"message":"no such task"}')
const refused: Answer = decodeTaskStatus('{"code":4000,"message":"wrong id"}')
const overloaded: Answer = decodeTaskStatus('{"code":4400,"message":"slow down"}')

/** PGlite answers within a turn, so a loop must let timers have theirs. */
const nextTurn = () => new Promise<void>(resolve => setImmediate(resolve))

const quick = { pollPolicy: constantDelay(1), failurePolicy: constantDelay(1) }

describeEngines(database => {
  let tracker: Tracker
  beforeAll(async () => {
    tracker = right(await openTracker(database(), { firstQueryAfterMs: 0, queriesPerSecond: 1000 })())
  })

  /** Accepts tasks, one for each resource, in an account of their own. */
  const accept = async (...resourceIds: ReadonlyArray<string>): Promise<string> => {
    const account = randomUUID()
    const entries = resourceIds.map(id => `"${id}":{"code":0,"requestId":"t-${id}"}`)
    const submit = async () => decodeBatchTask(`{"code":0,"detail":{${entries.join(',')}}}`)
    right(await tracker.track({ account, key: 'k', action: 'A', resourceIds, submit })())
    return account
  }

  const work = (
    account: string,
    query: QueryTaskStatus | QueryTaskStatuses,
    options: WorkerOptions = {},
    on: Tracker = tracker,
  ) => {
    const worker = right(on.follow(account, { A: query }, { ...quick, ...options }))
    onTestFinished(() => worker.stop())
    return worker
  }

  const one =
    (answer: (taskId: TaskId) => Answer): QueryTaskStatus =>
    taskId =>
    async () =>
      answer(taskId)

  /** Resolves when no task of the account is open, with all of them. */
  const over = async (account: string): Promise<ReadonlyArray<TrackedTask>> => {
    const subscribed = new Promise<void>(resolve => {
      const subscription = right(
        tracker.subscribe(randomUUID(), async ({ task }) => {
          if (task.account === account && right(await tracker.counts(account)()).tasks.Open === 0) resolve()
        }),
      )
      onTestFinished(() => subscription.stop())
    })
    await subscribed
    return right(await tracker.tasks({ account })())
  }

  describe('a worker', () => {
    test('queries a task until it has ended, and counts the queries', async () => {
      const account = await accept('a')
      let looks = 0
      work(
        account,
        one(() => (looks++ < 3 ? inProgress : succeeded)),
      )
      expect(await over(account)).toMatchObject([
        {
          _tag: 'Ended',
          ending: {
            _tag: 'FinishedTask',
            taskId: 't-a',
            resourceIds: ['a'],
            queries: 4,
            status: { _tag: 'Succeeded' },
          },
        },
      ])
    })

    test('queries tasks of several resources under their id', async () => {
      const account = randomUUID()
      const submit = async () => decodeOrdinaryTask('{"code":0,"requestId":"17"}')
      await tracker.track({ account, key: 'k', action: 'A', resourceIds: ['a', 'b'], submit })()
      const asked: QueriedTask[] = []
      work(account, {
        maxTasksPerQuery: 2,
        query: tasks => async () => {
          asked.push(...tasks)
          return E.right(tasks.map(({ taskId }) => ({ taskId, status: succeeded })))
        },
      })
      expect((await over(account))[0]?.resourceIds).toEqual(['a', 'b'])
      expect(asked).toEqual([{ taskId: '17', resourceIds: ['a', 'b'] }])
    })

    test('asks for many tasks with one query', async () => {
      const account = await accept('a', 'b', 'c')
      const sizes: number[] = []
      work(account, {
        maxTasksPerQuery: 2,
        query: tasks => async () => {
          sizes.push(tasks.length)
          return E.right(tasks.map(({ taskId }) => ({ taskId, status: succeeded })))
        },
      })
      await over(account)
      expect(sizes.sort()).toEqual([1, 2])
    })

    test('queries a task again that a response leaves out', async () => {
      const account = await accept('a')
      let looks = 0
      work(account, {
        maxTasksPerQuery: 2,
        query: tasks => async () =>
          E.right(looks++ === 0 ? [] : tasks.map(({ taskId }) => ({ taskId, status: succeeded }))),
      })
      expect(await over(account)).toMatchObject([{ _tag: 'Ended', ending: { queries: 2 } }])
    })

    test('finds the task for which a query of many is rejected, and ends the others', async () => {
      const account = await accept('a', 'b', 'bad', 'd', 'e')
      work(
        account,
        {
          maxTasksPerQuery: 5,
          query: tasks => async () =>
            tasks.some(({ resourceId }) => resourceId === 'bad')
              ? E.left(left(refused))
              : E.right(tasks.map(({ taskId }) => ({ taskId, status: succeeded }))),
        },
        { concurrency: 2 },
      )
      const tasks = await over(account)
      expect(tasks.map(({ _tag, resourceIds }) => [_tag, ...resourceIds])).toEqual([
        ['Ended', 'a'],
        ['Ended', 'b'],
        ['GivenUp', 'bad'],
        ['Ended', 'd'],
        ['Ended', 'e'],
      ])
    })

    test.each<[string, WorkerOptions, typeof inProgress, object]>([
      ['the poll policy gives up', { pollPolicy: limitRetries(1) }, inProgress, { _tag: 'PolicyGaveUp' }],
      [
        'the failure policy gives up',
        { failurePolicy: limitRetries(1) },
        decodeTaskStatus('<html>'),
        { _tag: 'QueryFailed', error: { _tag: 'MalformedJson' } },
      ],
      [
        'the query is refused for good',
        {},
        refused,
        { _tag: 'QueryFailed', error: { _tag: 'QueryRejected' } },
      ],
      ['a task stays unknown', { unknownTaskGraceMs: 0 }, unknown, { _tag: 'QueryFailed' }],
      [
        'a policy throws',
        {
          pollPolicy: () => {
            throw new Error('no')
          },
        },
        inProgress,
        { _tag: 'Aborted', message: 'no' },
      ],
      [
        'a policy waits for ever',
        { pollPolicy: () => O.some(Infinity) },
        inProgress,
        { _tag: 'PolicyGaveUp' },
      ],
    ])('gives a task up if %s, and follows it again when told', async (_, options, answer, reason) => {
      const account = await accept('a')
      const worker = work(
        account,
        one(() => answer),
        options,
      )
      const [task] = await over(account)
      await worker.stop()
      expect(task).toMatchObject({ _tag: 'GivenUp', ending: { _tag: 'PendingTask', reason } })
      const id = String(task?.id)
      expect(await tracker.followAgain([id, 'x'])()).toEqual(E.right([id]))
      expect(await tracker.followAgain([id])()).toEqual(E.right([]))
      work(
        account,
        one(() => succeeded),
      )
      const ends = await over(account)
      expect(ends).toMatchObject([{ _tag: 'Ended' }])
    })

    test('asks again for a task that is new', async () => {
      const account = await accept('a')
      let looks = 0
      work(
        account,
        one(() => (looks++ < 2 ? unknown : succeeded)),
      )
      expect(await over(account)).toMatchObject([{ _tag: 'Ended' }])
    })

    test('a query that takes too long has failed, and its signal is aborted', async () => {
      const account = await accept('a')
      let isAborted = false
      const hanging: QueryTaskStatus = (_, signal) => () =>
        new Promise(() => signal.addEventListener('abort', () => (isAborted = true)))
      work(account, hanging, { queryTimeoutMs: 1, failurePolicy: limitRetries(0) })
      expect(await over(account)).toMatchObject([
        { ending: { reason: { error: { reason: { _tag: 'TimedOut', timeoutMs: 1 } } } } },
      ])
      expect(isAborted).toBe(true)
    })

    test('pauses its account when the API is overloaded', async () => {
      const account = await accept('a')
      let looks = 0
      const worker = work(
        account,
        one(() => {
          looks++
          return overloaded
        }),
      )
      while (looks === 0) await nextTurn()
      await worker.stop()
      const [row] = await database().query(
        'SELECT next_query_at > now() AS paused FROM task_outcome.accounts WHERE account = $1',
        [account],
      )
      expect(row).toEqual({ paused: true })
    })

    test('takes a long delay of a policy for a year', async () => {
      const account = await accept('a')
      let looks = 0
      const worker = work(
        account,
        one(() => {
          looks++
          return inProgress
        }),
        { pollPolicy: constantDelay(1e300), random: () => 1 },
      )
      while (looks === 0) await nextTurn()
      await worker.stop()
      const [row] = await database().query(
        `SELECT due_at > now() + interval '364 days' AS late FROM task_outcome.followed WHERE account = $1`,
        [account],
      )
      expect(row).toEqual({ late: true })
    })

    test('gives back what it has not queried when it stops', async () => {
      const account = await accept('a', 'b', 'c')
      await tracker.setRate(account, 5)()
      let looks = 0
      const worker = work(
        account,
        one(() => {
          looks++
          return inProgress
        }),
        { pollPolicy: constantDelay(3_600_000), random: () => 1 },
      )
      while (looks === 0) await nextTurn()
      await worker.stop()
      const [row] = await database().query(
        'SELECT sum(queries)::integer AS queries FROM task_outcome.followed WHERE account = $1',
        [account],
      )
      expect(row).toEqual({ queries: looks })
    })

    test('takes over the tasks of a worker that died, and the dead one changes nothing any more', async () => {
      const account = await accept('a')
      const kinds = JSON.stringify([{ action: 'A', most: 1 }])
      // A worker that claims and dies, with a lease that is over at once.
      const [row] = await database().query(claim, [account, kinds, 1, 0, 1, 1, 10])
      work(
        account,
        one(() => succeeded),
      )
      expect(await over(account)).toMatchObject([{ _tag: 'Ended', ending: { queries: 2 } }])
      expect(row).toMatchObject({ fence: 1, queries: 1 })
    })

    test('a report with an old fence changes nothing', async () => {
      const account = await accept('a')
      let isFirst = true
      let answerFirst = (): void => undefined
      const slow: QueryTaskStatus = () => () =>
        new Promise(resolve => {
          answerFirst = () =>
            resolve(isFirst ? decodeTaskStatus('{"code":0,"data":{"status":1}}') : succeeded)
        })
      const worker = work(account, slow)
      for (;;) {
        const rows = await database().query(
          'SELECT FROM task_outcome.followed WHERE account = $1 AND fence = 1',
          [account],
        )
        if (rows.length > 0) break
        await nextTurn()
      }
      // Its lease is over, and another worker has the task.
      await database().query(
        'UPDATE task_outcome.followed SET fence = 2, due_at = now() WHERE account = $1',
        [account],
      )
      answerFirst()
      await worker.stop()
      isFirst = false
      expect(right(await tracker.tasks({ account })())).toMatchObject([{ _tag: 'Open' }])
      work(
        account,
        one(() => succeeded),
      )
      expect(await over(account)).toMatchObject([
        { _tag: 'Ended', ending: { status: { _tag: 'Succeeded' } } },
      ])
    })

    test('goes on when the database fails for a while, and tells of it', async () => {
      const account = await accept('a')
      const errors: StoreFailed[] = []
      const left = { claim: 1, report: 1, next: 1, listen: 1 }
      const flaky: Database = {
        ...database(),
        query: (sql, values) => {
          const fails =
            (sql.includes('AS spacing') && left.claim-- > 0) ||
            (sql.includes('min(f.due_at)') && left.next-- > 0)
          return fails ? Promise.reject(new Error('cut')) : database().query(sql, values)
        },
        listen: () => Promise.reject(new Error('cut')),
      }
      const on = right(await openTracker(flaky)())
      work(
        account,
        one(() => succeeded),
        {
          onError: error => {
            errors.push(error)
            throw new Error('ignored')
          },
        },
        on,
      )
      expect(await over(account)).toMatchObject([{ _tag: 'Ended' }])
      expect(errors.length).toBeGreaterThanOrEqual(2)
    })

    test('loses nothing if its report fails: the task is queried again', async () => {
      const account = await accept('a')
      let fails = 1
      const flaky: Database = {
        ...database(),
        query: async (sql, values) => {
          if (!sql.includes('reports AS') || fails-- <= 0) return database().query(sql, values)
          // The lease is over at once, rather than in 15 seconds.
          await database().query('UPDATE task_outcome.followed SET due_at = now() WHERE account = $1', [
            account,
          ])
          throw new Error('cut')
        },
      }
      work(
        account,
        one(() => succeeded),
        {},
        right(await openTracker(flaky)()),
      )
      expect(await over(account)).toMatchObject([{ _tag: 'Ended', ending: { queries: 2 } }])
    })

    test('does not start a query whose slot is over', async () => {
      const account = await accept('a')
      let now = 0
      let looks = 0
      let after = 0
      // The first slot comes a second late.
      const clock = {
        now: () => now,
        after: (_: number, run: () => void) => {
          const immediate = setImmediate(() => {
            if (after++ === 0) now += 1000
            run()
          })
          return () => clearImmediate(immediate)
        },
      }
      const worker = work(
        account,
        one(() => {
          looks++
          return succeeded
        }),
        { clock },
      )
      const [task] = await over(account)
      await worker.stop()
      expect(looks).toBe(1)
      expect(task).toMatchObject({ ending: { queries: 1 } })
    })

    test('has no more queries in flight than its concurrency', async () => {
      const ids = Array.from({ length: 12 }, (_, index) => `r-${String(index)}`)
      const account = await accept(...ids)
      let inFlight = 0
      let most = 0
      work(
        account,
        () => async () => {
          most = Math.max(most, ++inFlight)
          await nextTurn()
          inFlight--
          return succeeded
        },
        { concurrency: 3 },
      )
      expect(await over(account)).toHaveLength(12)
      expect(most).toBeLessThanOrEqual(3)
    })

    test('leaves tasks of other actions and accounts alone', async () => {
      const account = await accept('a')
      const worker = right(tracker.follow(account, { B: one(() => succeeded) }))
      const other = right(tracker.follow(randomUUID(), { A: one(() => succeeded) }))
      await worker.stop()
      await other.stop()
      expect(right(await tracker.counts(account)()).tasks).toEqual({ Open: 1, Ended: 0, GivenUp: 0 })
    })

    test.each<[object, WorkerOptions]>([
      [{}, { concurrency: 0 }],
      [{}, { concurrency: 1.5 }],
      [{}, { queryTimeoutMs: NaN }],
      [{}, { unknownTaskGraceMs: -1 }],
      [{ A: { maxTasksPerQuery: 0, query: () => () => undefined } }, {}],
    ])('does not start with invalid options', (queries, options) => {
      expect(left(tracker.follow('x', queries as never, options))._tag).toBe('InvalidOption')
    })
  })

  test('several workers together keep within the rate of the account', async () => {
    const ids = Array.from({ length: 120 }, (_, index) => `r-${String(index)}`)
    const account = await accept(...ids)
    expect(await tracker.setRate(account, 60)()).toEqual(E.right(undefined))
    const starts: number[] = []
    for (let index = 0; index < 4; index++)
      work(
        account,
        one(() => {
          starts.push(performance.now())
          return succeeded
        }),
      )
    await over(account)
    expect(starts).toHaveLength(120)
    const most = Math.max(
      ...starts.map(start => starts.filter(at => at >= start && at < start + 1000).length),
    )
    expect(most).toBeLessThanOrEqual(60)
  })

  test('refuses a rate that is none', async () => {
    for (const rate of [0, -1, NaN, Infinity])
      expect(left(await tracker.setRate('x', rate)())._tag).toBe('InvalidOption')
  })

  describe('a subscription', () => {
    test('delivers an end again until its callback succeeds, and tells of each failure', async () => {
      const account = await accept('a')
      work(
        account,
        one(() => succeeded),
      )
      const seen: FeedItem[] = []
      const errors: string[] = []
      await new Promise<void>(resolve => {
        const subscription = right(
          tracker.subscribe(
            randomUUID(),
            item => {
              if (item.task.account !== account) return
              seen.push(item)
              if (seen.length === 1) throw new Error('not now')
              resolve()
            },
            {
              onError: error => {
                errors.push(error._tag)
                throw new Error('ignored')
              },
            },
          ),
        )
        onTestFinished(() => subscription.stop())
      })
      expect(new Set(seen.map(({ key }) => key)).size).toBe(1)
      expect(errors).toEqual(['OnEndFailed'])
    })

    test('continues where it was stopped, and delivers nothing twice if nothing failed', async () => {
      const account = await accept('a', 'b', 'c')
      work(
        account,
        one(() => succeeded),
      )
      await over(account)
      const name = randomUUID()
      const seen: string[] = []
      const part = (most: number) =>
        new Promise<void>(resolve => {
          const subscription = right(
            tracker.subscribe(name, ({ task, key }) => {
              if (task.account !== account) return
              seen.push(key)
              if (seen.length === most) {
                void subscription.stop().then(resolve)
              }
            }),
          )
        })
      await part(2)
      await part(3)
      expect(new Set(seen).size).toBe(3)
    })

    test('one process delivers at a time under a name', async () => {
      const account = await accept('a')
      const name = randomUUID()
      await database().query(
        `INSERT INTO task_outcome.subscribers (name, leased_until) VALUES ($1, now() + interval '1 hour')`,
        [name],
      )
      let delivered = 0
      const subscription = right(
        tracker.subscribe(name, () => {
          delivered++
        }),
      )
      work(
        account,
        one(() => succeeded),
      )
      await over(account)
      await subscription.stop()
      expect(delivered).toBe(0)
      expect(
        right(await tracker.subscribers()).find(subscriber => subscriber.name === name)?.waiting,
      ).toBeGreaterThan(0)
      expect(await tracker.unsubscribe(name)()).toEqual(E.right(undefined))
      expect(right(await tracker.subscribers()).map(subscriber => subscriber.name)).not.toContain(name)
    })

    test('stops when another process has taken over', async () => {
      const account = await accept('a')
      work(
        account,
        one(() => succeeded),
      )
      await over(account)
      const name = randomUUID()
      let delivered = 0
      const first = new Promise<void>(resolve => {
        const subscription = right(
          tracker.subscribe(name, async () => {
            if (delivered++ > 0) return
            await database().query(
              `UPDATE task_outcome.subscribers SET fence = fence + 1, leased_until = now() + interval '1 hour' WHERE name = $1`,
              [name],
            )
            resolve()
          }),
        )
        onTestFinished(() => subscription.stop())
      })
      await first
      const [row] = await database().query(
        'SELECT position::integer AS position FROM task_outcome.subscribers WHERE name = $1',
        [name],
      )
      expect(row).toEqual({ position: 0 })
    })

    test('goes on when the database fails', async () => {
      const account = await accept('a')
      work(
        account,
        one(() => succeeded),
      )
      await over(account)
      let fails = 1
      const errors: string[] = []
      const flaky: Database = {
        ...database(),
        query: (sql, values) =>
          sql.includes('AS leased_ms') && fails-- > 0
            ? Promise.reject(new Error('cut'))
            : database().query(sql, values),
        listen: () => Promise.reject(new Error('cut')),
      }
      const on = right(await openTracker(flaky)())
      await new Promise<void>(resolve => {
        const subscription = right(
          on.subscribe(randomUUID(), ({ task }) => (task.account === account ? resolve() : undefined), {
            onError: error => errors.push(error._tag),
          }),
        )
        onTestFinished(() => subscription.stop())
      })
      expect(errors).toEqual(['StoreFailed'])
    })

    test('does not start with invalid options', () => {
      expect(left(tracker.subscribe('', () => undefined))._tag).toBe('InvalidOption')
      expect(left(tracker.subscribe('a\0', () => undefined))._tag).toBe('InvalidOption')
      expect(left(tracker.subscribe(7 as never, () => undefined))._tag).toBe('InvalidOption')
      expect(left(tracker.subscribe('a', 7 as never))._tag).toBe('InvalidOption')
      expect(left(tracker.subscribe('a', () => undefined, { leaseMs: 0 }))._tag).toBe('InvalidOption')
    })
  })

  describe('records', () => {
    test('the feed has every end once, in an order that stays', async () => {
      const account = await accept('a', 'b', 'c')
      work(
        account,
        one(() => succeeded),
      )
      await over(account)
      const all = right(await tracker.feed('0', 10_000)())
      const pages: FeedItem[] = []
      for (let cursor = '0'; ;) {
        const page = right(await tracker.feed(cursor, 1)())
        if (page[0] === undefined) break
        pages.push(page[0])
        cursor = page[0].cursor
      }
      expect(pages).toEqual(all)
      expect(
        all
          .filter(({ task }) => task.account === account)
          .map(({ task }) => task.taskId)
          .sort(),
      ).toEqual(['t-a', 't-b', 't-c'])
      expect(right(await tracker.feed(all.at(-1)?.cursor ?? '')())).toEqual([])
    })

    test('finds records by each condition', async () => {
      const account = await accept('a', 'b')
      const [task] = right(await tracker.tasks({ account, resourceId: 'b' })())
      const [submission] = right(await tracker.submissions({ account })())
      const at = submission?.intendedAtMs ?? 0
      const counted = async (filter: object) => [
        right(await tracker.submissions({ account, ...filter })()).length,
        right(await tracker.tasks({ account, ...filter })()).length,
      ]
      expect(await counted({ key: 'k' })).toEqual([1, 2])
      expect(await counted({ key: 'other' })).toEqual([0, 0])
      expect(await counted({ action: 'A', limit: 1 })).toEqual([1, 1])
      expect(await counted({ action: 'B' })).toEqual([0, 0])
      expect(await counted({ resourceId: 'a' })).toEqual([1, 1])
      expect(await counted({ taskId: 't-a' })).toEqual([1, 1])
      expect(await counted({ sinceMs: at - 1, untilMs: at + 3_600_000 })).toEqual([1, 2])
      expect(await counted({ sinceMs: at + 3_600_000 })).toEqual([0, 0])
      expect(await counted({ untilMs: at - 1 })).toEqual([0, 0])
      expect(right(await tracker.tasks({ account, state: 'Open', after: task?.id ?? '' })())).toEqual([])
      expect(right(await tracker.submissions({ account, state: 'Accepted' })())).toEqual([submission])
      expect(right(await tracker.submissions()()).length).toBeGreaterThan(0)
      expect(right(await tracker.tasks()()).length).toBeGreaterThan(0)
      expect(right(await tracker.counts()()).submissions.Accepted).toBeGreaterThan(0)
    })

    test.each([
      { account: 7 },
      { sinceMs: '1' },
      { sinceMs: NaN },
      { after: 'x' },
      { limit: 0 },
      { limit: 1.5 },
      { limit: 10_001 },
    ])('refuses the filter %o', async filter => {
      expect(left(await tracker.submissions(filter as never)())._tag).toBe('InvalidFilter')
    })

    test('deletes what is over and was delivered, and nothing else', async () => {
      const account = await accept('a')
      const open = await accept('b')
      const name = randomUUID()
      await database().query('DELETE FROM task_outcome.subscribers')
      await database().query('INSERT INTO task_outcome.subscribers (name) VALUES ($1)', [name])
      const worker = work(
        account,
        one(() => succeeded),
      )
      while (right(await tracker.counts(account)()).tasks.Open > 0) await nextTurn()
      await worker.stop()
      const later = Date.now() + 86_400_000
      const states = async () => [
        right(await tracker.submissions({ account })()).length,
        right(await tracker.submissions({ account: open })()).length,
      ]
      expect(await tracker.deleteBefore(0)()).toEqual(E.right(0))
      right(await tracker.deleteBefore(later)())
      expect(await states()).toEqual([1, 1])
      await new Promise<void>(resolve => {
        const subscription = right(
          tracker.subscribe(name, ({ task }) => {
            if (task.account === account) void subscription.stop().then(resolve)
          }),
        )
      })
      // The subscriber that was stopped within its callback has not passed this end yet.
      await tracker.unsubscribe(name)()
      expect(right(await tracker.deleteBefore(later)())).toBeGreaterThan(0)
      expect(await states()).toEqual([0, 1])
      expect(left(await tracker.deleteBefore(NaN)())._tag).toBe('InvalidFilter')
    })

    test('an export stops at an error of the database', async () => {
      const broken: Database = {
        ...database(),
        query: (sql, values) =>
          sql.includes('FROM task_outcome.tasks t')
            ? Promise.reject(new Error('cut'))
            : database().query(sql, values),
      }
      const on = right(await openTracker(broken)())
      const tags: string[] = []
      for await (const line of on.exportLines()) tags.push(line._tag)
      expect(tags.at(-1)).toBe('Left')
      expect(tags.slice(0, -1).every(tag => tag === 'Right')).toBe(true)
    })
  })
})
