import { randomUUID } from 'node:crypto'
import { decodeBatchTask, decodeOrdinaryTask, decodeTaskStatus } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type StoreFailed, type Tracker, openTracker } from '../src/index.js'
import { describeEngines, left, right } from './engines.js'

const never = (): never => {
  throw new Error('no')
}
const circular: { self?: unknown } = {}
circular.self = circular

/** Values that have no JSON, or another one than their properties say. */
const strange: ReadonlyArray<readonly [string, object]> = [
  ['a circular value', { raw: circular }],
  ['a bigint', { raw: 1n }],
  ['a getter that throws', Object.defineProperty({}, 'raw', { enumerable: true, get: never })],
  ['a toJSON that throws', { toJSON: never }],
  ['a toJSON that returns nothing', { toJSON: () => undefined }],
  ['a toJSON that returns something else', { toJSON: () => ({}) }],
  ['a secret', { request: undefined, response: { authorization: 'Bearer secret' } }],
]

/** More than a page of the index has room for. */
const characters = (count: number) => '\u4e00'.repeat(count)

const right17 = right(decodeOrdinaryTask('{"code":0,"requestId":"17"}'))
const succeeded = right(decodeTaskStatus('{"code":0,"data":{"status":0,"output":{"code":0}}}'))

describeEngines(database => {
  let tracker: Tracker
  beforeAll(async () => {
    tracker = right(await openTracker(database(), { firstQueryAfterMs: 0, queriesPerSecond: 1000 })())
  })

  const track = (result: unknown, more: object = {}) =>
    tracker.track({
      account: randomUUID(),
      key: 'k',
      action: 'A',
      submit: async () => result as never,
      ...more,
    })()

  /** Two properties of the same object, without calling a getter. */
  const withMore = (value: object, more: object): object =>
    Object.defineProperties({ ...value }, Object.getOwnPropertyDescriptors(more))

  describe('the result of a submission', () => {
    test.each(strange)('with %s is stored without it', async (_, more) => {
      const record = right(await track(E.right(withMore(right17, more))))
      expect(record).toMatchObject({ _tag: 'Accepted', result: { right: right17 } })
      expect(record).toHaveProperty('result', E.right(right17))
      expect(right(await tracker.counts(record.account)()).tasks.Open).toBe(1)
    })

    test.each(strange)('with %s in its Either is stored without it', async (_, more) => {
      const record = right(await track(withMore(E.right(right17), more)))
      expect(record).toHaveProperty('result', E.right(right17))
    })

    test('is stored without the extra properties of the entries of a batch, and of an error', async () => {
      const batch = right(decodeBatchTask('{"code":0,"detail":{"ins-1":{"code":0,"requestId":"17"}}}'))
      if (batch._tag !== 'AllAccepted') throw new Error('another outcome')
      const accepted = batch.accepted.map(entry => ({ ...entry, raw: circular }))
      expect(right(await track(E.right({ ...batch, accepted })))).toHaveProperty('result', E.right(batch))
      const error = left(decodeBatchTask('<html>'))
      expect(right(await track(E.left({ ...error, raw: 1n })))).toHaveProperty('result', E.left(error))
    })

    test.each<[string, unknown]>([
      [
        'a tag that throws',
        Object.defineProperty({ taskId: '17' }, '_tag', { get: never, enumerable: true }),
      ],
      ['a circular extra', E.right({ ...right17, extra: { taskId: '17', circular } })],
      ['a bigint in its extra', E.right({ ...right17, extra: { size: 1n } })],
    ])('with %s is in doubt, with its ids', async (_, result) => {
      const record = right(await track(result))
      expect(record).toMatchObject({
        _tag: 'InDoubt',
        result: { left: { _tag: 'DeliveryUnknown', recovered: [{ taskId: '17' }] } },
      })
    })
  })

  describe('the status of a task', () => {
    const follow = async (status: unknown, more: object = {}) => {
      const { account } = right(await track(E.right(right17)))
      const errors: StoreFailed[] = []
      const worker = right(
        tracker.follow(
          account,
          { A: () => async () => status as never },
          { onError: error => errors.push(error), ...more },
        ),
      )
      onTestFinished(() => worker.stop())
      for (;;) {
        const [task] = right(await tracker.tasks({ account })())
        if (task?._tag !== 'Open') return task
        await new Promise(resolve => setImmediate(resolve))
      }
    }

    test.each(strange.filter(([name]) => !name.includes('getter')))(
      'with %s is stored without it',
      async (_, more) => {
        expect(await follow(E.right(withMore(succeeded, more)))).toMatchObject({
          _tag: 'Ended',
          ending: { status: succeeded },
        })
      },
    )

    test.each<[string, unknown]>([
      ['a bigint', 5n],
      ['a circular value', circular],
      ['a value that is no number', NaN],
      ['a function', never],
    ])('with %s as its output is an invalid answer: the task is given up', async (_, output) => {
      expect(await follow(E.right({ ...succeeded, output }))).toMatchObject({
        _tag: 'GivenUp',
        ending: { reason: { _tag: 'QueryFailed', error: { reason: { code: 'ERR_QUERY_RESULT' } } } },
      })
    })

    test('that is an error is stored without its extra properties', async () => {
      const error = left(decodeTaskStatus('{"code":4000,"message":"wrong id"}'))
      expect(await follow(E.left({ ...error, raw: circular }))).toMatchObject({
        _tag: 'GivenUp',
        ending: { reason: { _tag: 'QueryFailed', error } },
      })
    })

    test('is asked for until a policy that returns no Option gives the task up', async () => {
      const inProgress = decodeTaskStatus('{"code":0,"data":{"status":2}}')
      expect(await follow(inProgress, { pollPolicy: () => 5 })).toMatchObject({
        _tag: 'GivenUp',
        ending: { reason: { _tag: 'Aborted', message: 'pollPolicy must return an Option of milliseconds' } },
      })
    })
  })

  test('a row that is no task keeps no other task from being queried, and is told of', async () => {
    const account = randomUUID()
    right(await track(E.right(right17), { account, key: 'bad' }))
    await database().query(`UPDATE task_outcome.tasks SET task = '{}' WHERE account = $1`, [account])
    right(await track(E.right({ ...right17, taskId: '18' }), { account, key: 'good' }))
    const errors: StoreFailed[] = []
    const worker = right(
      tracker.follow(
        account,
        { A: () => async () => E.right(succeeded) },
        { onError: error => errors.push(error) },
      ),
    )
    while (right(await tracker.counts(account)()).tasks.Ended === 0)
      await new Promise(resolve => setImmediate(resolve))
    await worker.stop()
    expect(errors[0]?.message).toBe('a row in the schema task_outcome is not a valid TaskIdentity')
    await database().query('DELETE FROM task_outcome.submissions WHERE account = $1', [account])
  })

  test('a query of 2^31 tasks is one of 100,000', async () => {
    const { account } = right(await track(E.right(right17)))
    const errors: StoreFailed[] = []
    const asked = new Promise<void>(resolve => {
      const worker = right(
        tracker.follow(
          account,
          { A: { maxTasksPerQuery: 2 ** 31, query: () => async () => (resolve(), E.right([])) } },
          { concurrency: 1000, onError: error => errors.push(error) },
        ),
      )
      onTestFinished(() => worker.stop())
    })
    await asked
    expect(errors).toEqual([])
  })

  describe('names', () => {
    test('have as many bytes as an index of two of them can hold', async () => {
      const name = characters(333)
      expect(right(await track(E.right(right17), { account: name, key: name, action: name }))._tag).toBe(
        'Accepted',
      )
      expect(left(await track(E.right(right17), { account: characters(334) }))).toEqual({
        _tag: 'InvalidSubmission',
        issue: 'account must be a string of 1 to 1000 bytes in UTF-8, without NUL and unpaired surrogates',
      })
    })

    test.each(['a\0', '\ud800', '', characters(334), 7 as never])('cannot be %j', async name => {
      const queries = { A: () => async () => E.right(succeeded) }
      expect(left(await tracker.setRate(name, 5)())._tag).toBe('InvalidOption')
      expect(left(tracker.follow(name, queries))._tag).toBe('InvalidOption')
      expect(left(tracker.subscribe(name, () => undefined))._tag).toBe('InvalidOption')
      if (typeof name === 'string')
        expect(left(tracker.follow('a', { ...queries, [name]: queries.A }))._tag).toBe('InvalidOption')
    })

    test('that no record can have are found nowhere', async () => {
      expect(right(await tracker.counts('a\0')()).submissions.Accepted).toBe(0)
      expect(await tracker.unsubscribe('a\0')()).toEqual(E.right(undefined))
      for await (const line of tracker.exportLines('a\0')) expect(line).toBeUndefined()
    })
  })

  describe('what untyped callers pass', () => {
    const hostile = Object.defineProperty({}, 'account', { enumerable: true, get: never })

    test('as options is refused if it is null', async () => {
      expect(left(await openTracker(database(), null as never)())._tag).toBe('InvalidOption')
      expect(left(tracker.follow('a', null as never))._tag).toBe('InvalidOption')
      expect(left(tracker.follow('a', {}, null as never))._tag).toBe('InvalidOption')
      expect(left(tracker.subscribe('a', () => undefined, null as never))._tag).toBe('InvalidOption')
    })

    test('as a filter is refused if it cannot be read', async () => {
      expect(left(await tracker.submissions(hostile)())._tag).toBe('InvalidFilter')
      expect(left(await tracker.tasks(hostile)())._tag).toBe('InvalidFilter')
      expect(left(await tracker.inDoubt(hostile)())._tag).toBe('InvalidFilter')
      expect(left(await tracker.deleteBefore(undefined as never)())._tag).toBe('InvalidFilter')
    })

    test('as a time is refused if it is later than a Date can be, and an early one is 1970', async () => {
      expect(left(await tracker.submissions({ sinceMs: 1e300 })())._tag).toBe('InvalidFilter')
      expect(left(await tracker.deleteBefore(1e300)())._tag).toBe('InvalidFilter')
      const { account } = right(await track(E.right(right17)))
      expect(right(await tracker.submissions({ account, sinceMs: -1e300 })())).toHaveLength(1)
      expect(right(await tracker.deleteBefore(-1e300)())).toBe(0)
    })

    test('as a settlement is stored without its extra properties, and refused if it cannot be read', async () => {
      const record = right(await track(decodeBatchTask('<html>')))
      const unreadable = Object.defineProperty({}, '_tag', { get: never }) as never
      expect(left(await tracker.settle(record.id, unreadable)())._tag).toBe('InvalidSettlement')
      const settlement = { _tag: 'NotStarted', note: '', raw: circular } as const
      expect(right(await tracker.settle(record.id, settlement)())).toHaveProperty('settlement', {
        _tag: 'NotStarted',
        note: '',
      })
    })

    test('as the account of inDoubt selects its submissions', async () => {
      const record = right(await track(decodeBatchTask('<html>')))
      await track(decodeBatchTask('<html>'))
      expect(right(await tracker.inDoubt({ account: record.account, limit: 3 })())).toEqual([record])
      expect(right(await tracker.inDoubt({ account: 'nobody' })())).toEqual([])
      await tracker.settleAll(async () => ({ _tag: 'NotStarted', note: 'cleanup' }))()
    })
  })
})
