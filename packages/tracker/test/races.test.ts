import { randomUUID } from 'node:crypto'
import { type TaskId, decodeBatchTask, decodeOrdinaryTask, decodeTaskStatus } from '@task-outcome/core'
import type { Clock } from '@task-outcome/wait'
import * as E from 'fp-ts/lib/Either.js'
import { constantDelay } from 'retry-ts'
import { beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { type Database, type FeedItem, type Tracker, fromPool, openTracker } from '../src/index.js'
import { claim } from '../src/sql/followed.js'
import { createDatabase, describeEngines, left, newPool, right } from './engines.js'

const accepted = (taskId: string) => decodeOrdinaryTask(`{"code":0,"requestId":"${taskId}"}`)
const both = decodeBatchTask(
  '{"code":0,"detail":{"ins-1":{"code":0,"requestId":"17"},"ins-2":{"code":0,"requestId":"18"}}}',
)
const succeeded = decodeTaskStatus('{"code":0,"data":{"status":0}}')
const inProgress = decodeTaskStatus('{"code":0,"data":{"status":2}}')

const nextTurn = () => new Promise<void>(resolve => setImmediate(resolve))

/** A database whose statements pass through a function. */
const through = (
  database: Database,
  run: (sql: string, next: () => ReturnType<Database['query']>) => ReturnType<Database['query']>,
): Database => ({ ...database, query: (sql, values) => run(sql, () => database.query(sql, values)) })

/** Delays are over at once. */
const instantly = (now: () => number = () => 0): Clock => ({
  now,
  after: (_, run) => {
    const immediate = setImmediate(run)
    return () => clearImmediate(immediate)
  },
})

describeEngines(database => {
  let tracker: Tracker
  let overdue: Tracker
  beforeAll(async () => {
    const options = { firstQueryAfterMs: 0, queriesPerSecond: 1000 }
    tracker = right(await openTracker(database(), options)())
    // Its submissions are in doubt while they are sent. Its clock stands still, so they are sent.
    const clock = { ...instantly(), after: () => () => undefined }
    overdue = right(await openTracker(database(), { ...options, responseWithinMs: 1, clock })())
  })

  const submissionTo = (account: string, key: string, submit: () => Promise<never>, more: object = {}) => ({
    account,
    key,
    action: 'A',
    submit,
    ...more,
  })

  /** The submission of an account, once it is in doubt. */
  const doubtful = async (account: string) => {
    for (;;) {
      const [record] = right(await tracker.inDoubt({ account })())
      if (record !== undefined) return record
      await nextTurn()
    }
  }

  describe('a submission', () => {
    test('is not sent if storing that it is sent took so long that it may be in doubt', async () => {
      const account = randomUUID()
      let now = 0
      let sends = 0
      const slow = through(database(), async (sql, next) => {
        const rows = await next()
        if (sql.includes("SET state = 'Sent'")) {
          now += 60_001
          // Somebody has looked for it meanwhile.
          await database().query(
            `UPDATE task_outcome.submissions SET response_due_at = now() WHERE account = $1`,
            [account],
          )
          const { id } = await doubtful(account)
          right(await tracker.settle(id, { _tag: 'NotStarted', note: 'not found' })())
        }
        return rows
      })
      const clock = { ...instantly(() => now), after: () => () => undefined }
      const other = right(await openTracker(slow, { clock })())
      const submit = async () => (sends++, accepted('17') as never)
      expect(right(await other.track(submissionTo(account, 'k', submit))())).toMatchObject({
        _tag: 'Settled',
        settlement: { _tag: 'NotStarted' },
        result: { left: { _tag: 'NotSent', reason: { _tag: 'TimedOut', timeoutMs: 60_000 } } },
      })
      expect(sends).toBe(0)
    })

    test('returns its own record although its key was deleted and used again, and else its result', async () => {
      const account = randomUUID()
      const submit = async () => {
        const { id } = await doubtful(account)
        right(await tracker.settle(id, { _tag: 'NotStarted', note: '' })())
        expect(right(await tracker.deleteBefore(Date.now() + 86_400_000)())).toBeGreaterThan(0)
        right(await tracker.track(submissionTo(account, 'k', async () => accepted('second') as never))())
        return accepted('first') as never
      }
      expect(left(await overdue.track(submissionTo(account, 'k', submit))())).toMatchObject({
        _tag: 'ResultNotStored',
        result: accepted('first'),
        reason: { message: 'the submission was deleted before its result was stored' },
      })
    })

    test('is stored although its record cannot be read back for a while', async () => {
      const account = randomUUID()
      let fails = -1
      const flaky = through(database(), async (sql, next) => {
        const rows = await (fails > 0 && sql.includes('s.id = $1') && fails-- > 0
          ? Promise.reject(new Error('cut'))
          : next())
        if (fails < 0 && sql.includes('answered_at = now()')) fails = 2
        return rows
      })
      let hasRetried = false
      const clock: Clock = {
        now: () => 0,
        after: (delayMs, run) => {
          hasRetried ||= delayMs === 200
          if (delayMs !== 5000) setImmediate(run)
          return () => undefined
        },
      }
      const other = right(await openTracker(flaky, { clock })())
      const tracked = await other.track(submissionTo(account, 'k', async () => accepted('17') as never))()
      expect([right(tracked)._tag, hasRetried]).toEqual(['Accepted', true])
    })

    test('whose database stops responding returns its result', async () => {
      const account = randomUUID()
      const frozen = through(database(), (sql, next) =>
        sql.includes('answered_at = now()') ? new Promise(() => undefined) : next(),
      )
      const other = right(await openTracker(frozen, { clock: instantly() })())
      const submit = async () => accepted('17') as never
      expect(left(await other.track(submissionTo(account, 'k', submit))())).toMatchObject({
        _tag: 'ResultNotStored',
        result: accepted('17'),
        reason: { code: 'ETIMEDOUT' },
      })
    })
  })

  describe('a task is followed once', () => {
    const follows = async (account: string) =>
      right(await tracker.tasks({ account })()).map(({ taskId, resourceIds }) => [taskId, ...resourceIds])
    const found = (taskId: string, ...resourceIds: ReadonlyArray<string>) => ({
      taskId: taskId as TaskId,
      resourceIds: resourceIds as never,
    })

    test('if a settlement has it before the result', async () => {
      const account = randomUUID()
      const submit = async () => {
        const { id } = await doubtful(account)
        const tasks = [found('17', 'ins-1'), found('17', 'ins-1')]
        right(await tracker.settle(id, { _tag: 'Started', tasks, note: '' })())
        return both as never
      }
      right(await overdue.track(submissionTo(account, 'k', submit, { resourceIds: ['ins-1', 'ins-2'] }))())
      expect(await follows(account)).toEqual([
        ['17', 'ins-1'],
        ['18', 'ins-2'],
      ])
    })

    test('if the result has a part of it before the settlement', async () => {
      const account = randomUUID()
      const resourceIds = ['ins-1', 'ins-2', 'ins-3']
      const submit = async () => both as never
      const { id } = right(await tracker.track(submissionTo(account, 'k', submit, { resourceIds }))())
      const tasks = [found('17'), found('18', 'ins-2', 'ins-3'), found('19'), found('20', 'a', 'b')]
      right(await tracker.settle(id, { _tag: 'Started', tasks, note: '' })())
      expect(await follows(account)).toEqual([
        ['17', 'ins-1'],
        ['18', 'ins-2'],
        ['18', 'ins-3'],
        ['19'],
        ['20', 'a', 'b'],
      ])
    })

    test('and two ids that begin with the same 1,000 bytes are two tasks', async () => {
      const account = randomUUID()
      const { id } = right(
        await tracker.track(submissionTo(account, 'k', async () => decodeBatchTask('<html>') as never))(),
      )
      const long = 'x'.repeat(1000)
      const tasks = [found(`${long}1`), found(`${long}2`), found('a\0"\ud800')]
      right(await tracker.settle(id, { _tag: 'Started', tasks, note: '' })())
      expect(await follows(account)).toEqual(tasks.map(({ taskId }) => [taskId]))
    })
  })

  describe('the slots of an account', () => {
    const delays = async (rate: number | undefined, defaultRate: number) => {
      const account = randomUUID()
      if (rate !== undefined) right(await tracker.setRate(account, rate)())
      const ids = Array.from({ length: 12 }, (_, index) => `"r-${index}":{"code":0,"requestId":"${index}"}`)
      const result = decodeBatchTask(`{"code":0,"detail":{${ids.join(',')}}}`)
      right(await tracker.track(submissionTo(account, 'k', async () => result as never))())
      const kinds = JSON.stringify([{ action: 'A', most: 1 }])
      const claimed = await database().query(claim, [account, kinds, 50, 1000, 1, 50, defaultRate])
      const [row] = await database().query(
        `SELECT extract(epoch FROM next_query_at - now())::float8 AS next FROM task_outcome.accounts WHERE account = $1`,
        [account],
      )
      return { slots: claimed.length, nextS: Number(row?.next) }
    }

    test('are as far apart as the rate without its fraction needs', async () => {
      expect((await delays(1.9, 10)).nextS).toBeGreaterThan(1)
      expect((await delays(0.5, 10)).nextS).toBeGreaterThan(2)
      expect((await delays(100, 10)).slots).toBe(12)
    })

    test('follow the rate of the worker until setRate was called', async () => {
      expect((await delays(undefined, 1)).nextS).toBeGreaterThan(1)
      expect((await delays(undefined, 100)).slots).toBe(12)
      expect((await delays(100, 1)).slots).toBe(12)
    })
  })

  describe('a worker', () => {
    test('gives back the slots that it has when the API is overloaded', async () => {
      const account = randomUUID()
      right(await tracker.setRate(account, 40)())
      const ids = Array.from({ length: 12 }, (_, index) => `"r-${index}":{"code":0,"requestId":"${index}"}`)
      const result = decodeBatchTask(`{"code":0,"detail":{${ids.join(',')}}}`)
      right(await tracker.track(submissionTo(account, 'k', async () => result as never))())
      let queries = 0
      const overloaded = decodeTaskStatus('{"code":4400,"message":"slow down"}')
      const worker = right(tracker.follow(account, { A: () => async () => (queries++, overloaded) }))
      const claimed = 'SELECT FROM task_outcome.followed WHERE account = $1 AND fence > 0 AND queries = 0'
      while ((await database().query(claimed, [account])).length === 0) await nextTurn()
      await worker.stop()
      expect(queries).toBeLessThan(9)
    })

    test('looks at a task again as soon as its policy says, although nothing else happens', async () => {
      const account = randomUUID()
      right(await tracker.track(submissionTo(account, 'k', async () => accepted('17') as never))())
      let looks = 0
      // Its long sleeps never end by themselves.
      const clock: Clock = {
        now: () => performance.now(),
        after: (delayMs, run) => {
          if (delayMs >= 500) return () => undefined
          const immediate = setImmediate(run)
          return () => clearImmediate(immediate)
        },
      }
      const worker = right(
        tracker.follow(
          account,
          { A: () => async () => (looks++ < 3 ? inProgress : succeeded) },
          { pollPolicy: constantDelay(100), random: () => 1, clock },
        ),
      )
      while (right(await tracker.counts(account)()).tasks.Open > 0) await nextTurn()
      await worker.stop()
      expect(looks).toBe(4)
    })

    test('sleeps on when tasks of another account are due', async () => {
      let wakes = 0
      const notified: Array<(payload?: string) => void> = []
      const counting: Database = {
        ...through(database(), (sql, next) => {
          if (sql.includes('AS spacing')) wakes++
          return next()
        }),
        listen: async (_, onNotification) => {
          notified.push(onNotification)
          return async () => undefined
        },
      }
      const other = right(await openTracker(counting)())
      // Its sleeps never end by themselves, except the short one after each claim.
      const clock: Clock = {
        now: () => 0,
        after: (delayMs, run) => {
          if (delayMs <= 50) setImmediate(run)
          return () => undefined
        },
      }
      const worker = right(other.follow('quiet', { A: () => async () => succeeded }, { clock }))
      while (wakes === 0 || notified.length === 0) await nextTurn()
      for (let turn = 0; turn < 20; turn++) await nextTurn()
      notified[0]?.('another account')
      for (let turn = 0; turn < 20; turn++) await nextTurn()
      expect(wakes).toBe(1)
      notified[0]?.('quiet')
      while (wakes < 2) await nextTurn()
      for (let turn = 0; turn < 20; turn++) await nextTurn()
      notified[0]?.()
      while (wakes < 3) await nextTurn()
      await worker.stop()
    })

    test('listens again if that fails at first', async () => {
      let listens = 0
      const deaf: Database = {
        ...database(),
        listen: (channel, onNotification) =>
          listens++ < 2 ? Promise.reject(new Error('cut')) : database().listen(channel, onNotification),
      }
      const other = right(await openTracker(deaf)())
      const worker = right(other.follow('deaf', {}, { clock: instantly() }))
      while (listens < 3) await nextTurn()
      await worker.stop()
      const stopped = right(other.follow('deaf', {}, { clock: instantly() }))
      await stopped.stop()
    })
  })

  describe('a subscription', () => {
    const end = async (): Promise<string> => {
      const account = randomUUID()
      right(await tracker.track(submissionTo(account, 'k', async () => accepted('17') as never))())
      const worker = right(tracker.follow(account, { A: () => async () => succeeded }))
      while (right(await tracker.counts(account)()).tasks.Open > 0) await nextTurn()
      await worker.stop()
      return account
    }

    test('that begins now gets no end of the past, even if nobody has read it', async () => {
      await end()
      const seen: FeedItem[] = []
      const arrived = new Promise<void>(resolve => {
        const subscription = right(
          tracker.subscribe(
            randomUUID(),
            item => {
              seen.push(item)
              resolve()
            },
            { fromStart: false },
          ),
        )
        onTestFinished(() => subscription.stop())
      })
      while (right(await tracker.subscribers()).every(({ waiting }) => waiting > 0)) await nextTurn()
      const account = await end()
      await arrived
      expect(seen.map(({ task }) => task.account)).toEqual([account])
    })

    test('ends when its name is unsubscribed, and delivers nothing again', async () => {
      const account = await end()
      const name = randomUUID()
      let wakeUp = (): void => undefined
      let stops = 0
      const observed: Database = {
        ...database(),
        listen: async (_, onNotification) => {
          wakeUp = onNotification
          return async () => {
            stops++
          }
        },
      }
      const other = right(await openTracker(observed)())
      const seen: string[] = []
      const subscription = right(
        other.subscribe(name, ({ task }) => {
          if (task.account === account) seen.push(task.account)
        }),
      )
      const isIdle = async () =>
        right(await tracker.subscribers()).some(found => found.name === name && found.waiting === 0)
      while (!(await isIdle())) await nextTurn()
      right(await tracker.unsubscribe(name)())
      while (stops === 0) {
        wakeUp()
        await nextTurn()
      }
      await subscription.stop()
      expect(seen).toEqual([account])
      expect(right(await tracker.subscribers()).map(found => found.name)).not.toContain(name)
    })

    test('that is idle asks the database once each time it looks', async () => {
      await end()
      const name = randomUUID()
      const statements: string[] = []
      let wakeUp = (): void => undefined
      const counting: Database = {
        ...through(database(), (sql, next) => {
          statements.push(sql)
          return next()
        }),
        listen: async (_, onNotification) => {
          wakeUp = onNotification
          return async () => undefined
        },
      }
      const other = right(await openTracker(counting)())
      const subscription = right(other.subscribe(name, () => undefined))
      const isIdle = async () =>
        right(await tracker.subscribers()).some(found => found.name === name && found.waiting === 0)
      while (!(await isIdle())) await nextTurn()
      const leases = () => statements.filter(sql => sql.includes('AS leased_ms')).length
      const looks = leases()
      for (let look = 1; look <= 3; look++)
        while (leases() < looks + look) {
          wakeUp()
          await nextTurn()
        }
      await subscription.stop()
      const last = statements.slice(statements.map(sql => sql.includes('SET position')).lastIndexOf(true) + 1)
      expect(last.length).toBeGreaterThanOrEqual(3)
      expect(last.every(sql => sql.includes('AS leased_ms'))).toBe(true)
    })
  })
})

const host = inject('postgresHost')
describe.skipIf(host === '')('PostgreSQL, with several connections', () => {
  test('deletes no submission whose result is stored at the same time', async () => {
    const pool = newPool(host, await createDatabase(host))
    const database = fromPool(pool)
    const tracker = right(await openTracker(database)())
    const clock: Clock = { now: () => 0, after: () => () => undefined }
    let deletion: Promise<unknown> = Promise.resolve()
    // The deletion waits for the row, which the statement has changed and not committed yet.
    const slow: Database = {
      ...database,
      query: async (sql, values) => {
        if (!sql.includes('answered_at = now()')) return database.query(sql, values)
        return database.transaction(async query => {
          const rows = await query(sql, values)
          if (rows.length > 0) {
            deletion = tracker.deleteBefore(Date.now() + 86_400_000)()
            const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
            while ((await database.query(waiting)).length === 0) await nextTurn()
          }
          return rows
        })
      },
    }
    const other = right(await openTracker(slow, { responseWithinMs: 1, clock })())
    const submit = async () => {
      for (;;) {
        const [record] = right(await tracker.inDoubt()())
        if (record === undefined) continue
        right(await tracker.settle(record.id, { _tag: 'NotStarted', note: '' })())
        return accepted('17')
      }
    }
    const tracked = right(await other.track({ account: 'a', key: 'k', action: 'A', submit })())
    expect(tracked._tag).toBe('Settled')
    expect(await deletion).toEqual(E.right(0))
    expect(right(await tracker.tasks()())).toHaveLength(1)
    await pool.end()
  })

  test('sends once for a key, although transactions are serializable by default', async () => {
    const name = await createDatabase(host)
    const admin = newPool(host)
    await admin.query(`ALTER DATABASE ${name} SET default_transaction_isolation = 'serializable'`)
    await admin.end()
    const pool = newPool(host, name)
    const tracker = right(await openTracker(fromPool(pool))())
    let sends = 0
    const submit = async () => (sends++, accepted('17'))
    const one = { account: 'a', key: 'k', action: 'A', submit }
    const results = await Promise.all(Array.from({ length: 8 }, () => tracker.track(one)()))
    expect(results.map(({ _tag }) => _tag)).toEqual(results.map(() => 'Right'))
    expect(sends).toBe(1)
    await pool.end()
  })

  test('is refused with another encoding than UTF8', async () => {
    const admin = newPool(host)
    const name = `latin_${randomUUID().replaceAll('-', '')}`
    await admin.query(
      `CREATE DATABASE ${name} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`,
    )
    await admin.end()
    const pool = newPool(host, name)
    expect(left(await openTracker(fromPool(pool))())).toEqual({
      _tag: 'EncodingNotUtf8',
      encoding: 'LATIN1',
    })
    await pool.end()
  })

  test('opens a tracker for a role that may use the schema, and create none', async () => {
    const name = await createDatabase(host)
    const pool = newPool(host, name)
    right(await openTracker(fromPool(pool))())
    const role = `role_${randomUUID().replaceAll('-', '')}`
    for (const statement of [
      `CREATE ROLE ${role} LOGIN`,
      `GRANT USAGE ON SCHEMA task_outcome TO ${role}`,
      `GRANT ALL ON ALL TABLES IN SCHEMA task_outcome TO ${role}`,
      `GRANT ALL ON ALL SEQUENCES IN SCHEMA task_outcome TO ${role}`,
    ])
      await pool.query(statement)
    const limited = newPool(host, name, { user: role })
    const tracker = right(await openTracker(fromPool(limited))())
    const submit = async () => accepted('17')
    expect(right(await tracker.track({ account: 'a', key: 'k', action: 'A', submit })())._tag).toBe(
      'Accepted',
    )
    await Promise.all([limited.end(), pool.end()])
  })
})
