import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DateFromText } from '../../test/DateFromText.js'
import type { HttpResponse } from '../decode/HttpResponse.js'
import { defineAdapter } from './defineAdapter.js'
import type { ExchangeContext, Platform } from './exchange.js'
import type { ExchangeSummary, TaskClientOptions } from './onOutcome.js'
import { createTaskClient } from './TaskClient.js'

type OnOutcome = NonNullable<TaskClientOptions['onOutcome']>
type Step = (context: ExchangeContext<AbortSignal>) => Promise<HttpResponse>

const answered =
  (body: string, status = 200): Step =>
  context =>
    context.send(async () => ({ head: { status }, body: [body] }))

const failed =
  (code: string): Step =>
  context =>
    context.send(() => Promise.reject(Object.assign(new Error(code), { code })), { sendsOnce: true })

const request = { method: 'GET', origin: 'https://host', path: '/v2/index.php', action: 'CreateImage' }
const described = () => ({ summary: request, secrets: ['s3cret'] })

/** A clock that shows each of these times once. */
const clockOf = (...times: ReadonlyArray<number>): Pick<Platform<never, never>, 'performance'> => {
  const left = [...times]
  return { performance: { now: () => left.shift() ?? Number.NaN } }
}

const { AbortController, setTimeout, clearTimeout } = globalThis
const platform = { AbortController, setTimeout, clearTimeout }

/** A client whose exchanges run this, and what its hook got. */
const over = (
  run: Step,
  {
    describe = described,
    clock = clockOf(1000, 1012.5),
    onOutcome = () => undefined,
  }: {
    readonly describe?: typeof described
    readonly clock?: Pick<Platform<never, never>, 'performance'>
    readonly onOutcome?: OnOutcome
  } = {},
) => {
  const told: Array<readonly [result: unknown, exchange: ExchangeSummary]> = []
  const transport = defineAdapter({ ...platform, ...clock }, {}, () => ({ run, describe }))
  const client = createTaskClient(transport, {
    onOutcome: (...one) => {
      told.push(one)
      return onOutcome(...one)
    },
  })
  return { client, told }
}

const accepted = '{"code":0,"requestId":17}'
const batch = '{"code":0,"detail":{"a":{"code":0,"requestId":17}}}'
const status = '{"code":0,"data":{"status":2}}'

describe('the hook is called once for each run, with the result and what is known of its exchange', () => {
  test('of a submission', async () => {
    const { client, told } = over(answered(accepted))
    const submission = client.submit()
    expect(told).toEqual([])
    const result = await submission()
    expect(told).toEqual([[result, { operation: 'submission', request, sends: 1, durationMs: 12.5 }]])
    await client.submitWith({ taskIdAt: 'data.taskId' })()()
    expect(told).toHaveLength(2)
    expect(told[1]).toMatchObject([{ left: { _tag: 'ContractViolation' } }, { operation: 'submission' }])
  })

  test('of a batch', async () => {
    const { client, told } = over(answered(batch))
    const result = await client.submitBatch()()
    await client.submitBatchWith({ expected: ['b'] })()()
    expect(told).toMatchObject([
      [result, { operation: 'batchSubmission', request, sends: 1 }],
      [{ left: { issues: [{ _tag: 'ResourceMismatch' }] } }, { operation: 'batchSubmission', request }],
    ])
  })

  test('of a query', async () => {
    const { client, told } = over(answered(status))
    const result = await client.status()()
    await client.statusWith({ data: t.number })()()
    expect(told).toMatchObject([
      [result, { operation: 'query', request, sends: 1 }],
      [result, { operation: 'query', request, sends: 1 }],
    ])
  })

  test('that fails, with the error that the caller gets', async () => {
    const { client, told } = over(failed('ECONNRESET'))
    const result = await client.submit()()
    expect(told).toEqual([[result, { operation: 'submission', request, sends: 1, durationMs: 12.5 }]])
    expect(told[0]?.[0]).toBe(result)
  })

  test('before the caller gets the result', async () => {
    const order: string[] = []
    const { client } = over(answered(accepted), {
      onOutcome: () => {
        order.push('hook')
      },
    })
    await client
      .submit()()
      .then(() => order.push('caller'))
    expect(order).toEqual(['hook', 'caller'])
  })
})

describe('the number of sends', () => {
  test.each<[string, Step, number]>([
    ['a request that never left', failed('ECONNREFUSED'), 0],
    ['a call that is wrong', context => context.refuse('no'), 0],
    [
      'a request that was sent again',
      context => failed('ECONNRESET')(context).catch(() => answered(accepted)(context)),
      2,
    ],
    [
      'a request that first never left',
      context => failed('ECONNREFUSED')(context).catch(() => answered(accepted)(context)),
      1,
    ],
    [
      'a request that was sent without us',
      async context => {
        context.sentUnseen()
        return answered(accepted)(context)
      },
      2,
    ],
  ])('of %s', async (_, run, sends) => {
    const { client, told } = over(run)
    await client.submit()()
    expect(told[0]?.[1].sends).toBe(sends)
  })
})

describe('a transport that does not know', () => {
  test.each([
    ['no clock', {}],
    ['a clock that is undefined', { performance: undefined }],
    [
      'a clock that throws',
      {
        get performance() {
          throw new Error('no clock')
        },
      },
    ],
  ])('the duration, for %s, reports none', async (_, clock) => {
    const described: Platform<AbortSignal, ReturnType<typeof setTimeout>> = Object.defineProperties(
      { ...platform },
      Object.getOwnPropertyDescriptors(clock),
    )
    const told: unknown[] = []
    const client = createTaskClient(
      defineAdapter(described, {}, () => ({
        run: answered(accepted),
        describe: () => ({ summary: request, secrets: [] }),
      })),
      { onOutcome: (_, exchange) => void told.push(exchange) },
    )
    expect(await client.submit()()).toMatchObject({ right: { taskId: '17' } })
    expect(told).toEqual([{ operation: 'submission', request, sends: 1 }])
  })

  test('the exchange reports the operation and the result', async () => {
    const told: unknown[] = []
    const client = createTaskClient(() => TE.right({ status: 200, body: accepted }), {
      onOutcome: (...one) => void told.push(one),
    })
    const result = await client.submit()()
    expect(told).toEqual([[result, { operation: 'submission' }]])
  })

  test('and throws is DeliveryUnknown in the hook, too', async () => {
    const told: unknown[] = []
    const transport = () => () => Promise.reject(new RangeError('no'))
    const client = createTaskClient(transport, { onOutcome: (...one) => void told.push(one) })
    const result = await client.submit()()
    expect(result).toMatchObject({ left: { _tag: 'DeliveryUnknown' } })
    expect(told).toEqual([[result, { operation: 'submission' }]])
  })
})

test('a task that is called with anything else runs', async () => {
  const transport = defineAdapter(globalThis, {}, () => ({ run: answered(accepted), describe: described }))
  const task = transport() as (value: unknown) => Promise<unknown>
  expect(await Promise.resolve('x').then(task)).toMatchObject({ right: { status: 200 } })
})

describe('the secrets of the request are masked', () => {
  test('in an outcome, whose ids stay, and the caller gets the unmasked one', async () => {
    const { client, told } = over(
      answered(
        '{"code":5400,"message":"of s3cret","extra":"s3cret","detail":{"s3cret":{"code":0,"requestId":"s3cret",' +
          '"s3cret":["s3cret"]},"b":{"code":5000,"message":"s3cret"}}}',
      ),
    )
    const result = await client.submitBatch()()
    expect(told).toMatchObject([
      [
        {
          right: {
            message: 'of ******',
            extra: { extra: '******' },
            accepted: [{ resourceId: 's3cret', taskId: 's3cret', extra: { '******': ['******'] } }],
            rejected: [{ message: '******' }],
          },
        },
        { request },
      ],
    ])
    expect(result).toMatchObject({ right: { message: 'of s3cret', extra: { extra: 's3cret' } } })
    expect(told[0]?.[0]).not.toHaveProperty('right.request')
  })

  test('in the state of a task', async () => {
    const { client, told } = over(
      answered('{"code":0,"data":{"status":0,"output":"s3cret","data":{"s3cret":"s3cret"},"x":"s3cret"}}'),
    )
    await client.status()()
    expect(told[0]?.[0]).toMatchObject({
      right: { output: '******', data: { '******': '******' }, statusExtra: { x: '******' } },
    })
  })

  test('and what a codec has made of a value stays', async () => {
    const { client, told } = over(answered('{"code":0,"requestId":17,"when":"2020-01-01"}'))
    const result = await client.submitWith({ extra: t.type({ when: DateFromText }) })()()
    expect(told[0]?.[0]).toEqual(result)
    expect(told[0]?.[0]).toMatchObject({ right: { extra: { when: new Date('2020-01-01') } } })
  })

  test('and if they are not known, the hook gets no text of the response', async () => {
    const { client, told } = over(
      answered(
        '{"code":0,"data":{"status":1,"output":{"x":null},"data":"s3cret","x":"s3cret"},"y":["s3cret"]}',
      ),
      {
        describe: () => {
          throw new Error('no')
        },
      },
    )
    expect(await client.status()()).toMatchObject({ right: { _tag: 'Failed', data: 's3cret' } })
    expect(told).toMatchObject([[{ right: { _tag: 'Failed' } }, { operation: 'query', sends: 1 }]])
    expect(JSON.stringify(told)).not.toContain('s3cret')
    expect(told[0]?.[1]).not.toHaveProperty('request')
  })
})

describe('a hook changes nothing', () => {
  const rejections: unknown[] = []
  const collect = (reason: unknown): void => {
    rejections.push(reason)
  }
  beforeEach(() => {
    process.on('unhandledRejection', collect)
  })
  afterEach(() => {
    process.off('unhandledRejection', collect)
  })

  test.each<[string, OnOutcome]>([
    [
      'if it throws',
      () => {
        throw new Error('in the hook')
      },
    ],
    ['if its promise rejects', () => Promise.reject(new Error('in the hook'))],
    ['if its promise never settles', () => new Promise<void>(() => undefined)],
  ])('%s', async (_, onOutcome) => {
    for (const run of [answered(accepted), failed('ECONNRESET')]) {
      const { client, told } = over(run, { onOutcome })
      expect(await client.submit()()).toEqual(await over(run).client.submit()())
      expect(told).toHaveLength(1)
    }
    await new Promise(setImmediate)
    expect(rejections).toEqual([])
  })
})

describe('a call that sends nothing', () => {
  test('because its options are invalid, is reported', async () => {
    const { client, told } = over(answered(accepted))
    const result = await client.submitWith({ extra: 5 as never })()()
    expect(result).toMatchObject({ left: { _tag: 'NotSent', reason: { _tag: 'Misused' } } })
    expect(told).toEqual([[result, { operation: 'submission', sends: 0 }]])
  })

  test.each([
    [{ onOutcome: 5 as never }, 'expected a function as the option "onOutcome", found a number'],
    [null as never, 'expected an object with options, found null'],
  ])('because the client has the options %j, says what is expected', async (options, message) => {
    let sent = 0
    const client = createTaskClient(
      () => async () => {
        sent++
        return E.right({ status: 200, body: accepted })
      },
      options,
    )
    const misused = { _tag: 'NotSent', reason: { _tag: 'Misused', message }, recovered: [] }
    expect(await client.submit()()).toEqual(E.left(misused))
    expect(await client.submitBatchWith({})()()).toEqual(E.left(misused))
    expect(await client.status()()).toEqual(E.left({ ...misused, operation: 'query' }))
    expect(sent).toBe(0)
  })
})
