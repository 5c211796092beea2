import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import type { HttpResponse } from '../decode/HttpResponse.js'
import { defineAdapter } from './defineAdapter.js'
import type { ExchangeContext } from './exchange.js'
import { createTaskClient } from './TaskClient.js'

/** One send of an exchange: what comes of it, if anything does. */
type Step = (context: ExchangeContext<AbortSignal>) => Promise<HttpResponse | undefined>

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const coded = (code: string): Error => Object.assign(new Error(code), { code })

const answered =
  (body: string, status = 200): Step =>
  context =>
    context.send(async () => ({ head: { status }, body: [bytes(body)] }))

const failed =
  (code: string): Step =>
  context =>
    context.send(() => Promise.reject(coded(code)), { sendsOnce: true }).catch(() => undefined)

const unanswered = failed('ECONNRESET')
const neverLeft = failed('ECONNREFUSED')

const brokenOff =
  (start: string): Step =>
  context => {
    const body = async function* (): AsyncGenerator<Uint8Array> {
      yield bytes(start)
      throw coded('ECONNRESET')
    }
    return context.send(async () => ({ head: { status: 200 }, body: body() })).catch(() => undefined)
  }

const underWay: Step = async context => {
  void context.send(() => new Promise(() => undefined))
  return undefined
}

const unseen =
  (body?: string): Step =>
  async context => {
    context.sentUnseen(body === undefined ? undefined : { status: 200, body })
    return undefined
  }

const summary = { method: 'POST', origin: 'https://host', path: '/v2/index.php' }

/** A task client whose exchange makes these sends and gives what came of the last. */
const sending = (...steps: ReadonlyArray<Step>) =>
  createTaskClient(
    defineAdapter(globalThis, {}, () => ({
      run: async (context: ExchangeContext<AbortSignal>) => {
        let last: HttpResponse | undefined
        for (const step of steps) last = await step(context)
        if (last === undefined) throw new Error('The last send was not answered.')
        return last
      },
      describe: () => ({ summary, secrets: ['s3cret'] }),
    })),
  )

const accepted = (id: number): string => `{"code":0,"message":"","requestId":${id}}`
const refused = (code: number): string => `{"code":${code},"message":"no"}`
const entry = (id: number): string => `{"code":0,"requestId":${id}}`
const rejectedEntry = '{"code":5100,"message":"busy"}'
const batch = {
  allAccepted: `{"code":0,"detail":{"a":${entry(1)},"b":${entry(2)}}}`,
  partlyAccepted: `{"code":5400,"detail":{"a":${entry(1)},"b":${rejectedEntry}}}`,
  allRejected: `{"code":5100,"detail":{"a":${rejectedEntry},"b":${rejectedEntry}}}`,
  otherAccepted: `{"code":0,"detail":{"a":${entry(3)},"b":${entry(4)}}}`,
}

/** The error of an outcome that is in doubt, its last result and its ids as given. */
const inDoubt = (lastResult: object, ids: ReadonlyArray<string>) =>
  E.left({
    _tag: 'DeliveryUnknown',
    reason: { _tag: 'SentMoreThanOnce', lastResult: expect.objectContaining(lastResult) as unknown },
    recovered: ids.map(taskId => expect.objectContaining({ taskId }) as unknown),
    request: summary,
  })

const codes = [4400, 4500, 4200, 6000, 4000]

describe('an ordinary submission that was sent more than once', () => {
  test.each<[string, ReadonlyArray<Step>, object, ReadonlyArray<string>]>([
    [
      'an unanswered send before an accepted task',
      [unanswered, answered(accepted(1))],
      { _tag: 'AcceptedTask', taskId: '1' },
      ['1'],
    ],
    [
      'a broken response with an id before an accepted task',
      [brokenOff('{"requestId":2,'), answered(accepted(1))],
      { _tag: 'AcceptedTask', taskId: '1' },
      ['2', '1'],
    ],
    [
      'a broken response with the same id before an accepted task',
      [brokenOff('{"requestId":1,'), answered(accepted(1))],
      { _tag: 'AcceptedTask', taskId: '1' },
      ['1', '1'], // once with a code and once without
    ],
    [
      'a send under way when a task is accepted',
      [underWay, answered(accepted(1))],
      { _tag: 'AcceptedTask', taskId: '1' },
      ['1'],
    ],
    [
      'an unseen send before an accepted task',
      [unseen(), answered(accepted(1))],
      { _tag: 'AcceptedTask', taskId: '1' },
      ['1'],
    ],
    [
      'an unseen response that accepted another task',
      [unseen(accepted(2)), answered(accepted(1))],
      { _tag: 'AcceptedTask', taskId: '1' },
      ['2', '1'],
    ],
    [
      'two tasks accepted',
      [answered(accepted(111)), answered(accepted(222))],
      { _tag: 'AcceptedTask', taskId: '222' },
      ['111', '222'],
    ],
    [
      'two tasks accepted, and the second told of twice',
      [answered(accepted(111)), answered(accepted(222)), answered(accepted(222))],
      { _tag: 'AcceptedTask', taskId: '222' },
      ['111', '222'],
    ],
    [
      'an accepted task before a refusal',
      [answered(accepted(111)), answered(refused(4400))],
      { _tag: 'Rejected', code: 4400 },
      ['111'],
    ],
    [
      'an accepted task before a refusal with its id',
      [answered(accepted(1)), answered('{"code":4400,"requestId":1}')],
      { _tag: 'Rejected', code: 4400, taskId: '1' },
      ['1', '1'], // with two codes
    ],
    [
      'a response with the id of the accepted task and another one',
      [answered('{"code":0,"requestId":1,"taskId":2}'), answered(accepted(1))],
      { _tag: 'AcceptedTask', taskId: '1' },
      ['1', '2'],
    ],
    [
      'a refusal with an id before an accepted task',
      [answered('{"code":6000,"requestId":9}'), answered(accepted(1))],
      { _tag: 'AcceptedTask', taskId: '1' },
      ['9', '1'],
    ],
    [
      'a refusal with the id of the accepted task',
      [answered('{"code":6000,"requestId":1}'), answered(accepted(1))],
      { _tag: 'AcceptedTask', taskId: '1' },
      ['1', '1'],
    ],
    [
      'a page of a gateway before an accepted task',
      [answered('<h1>Bad Gateway</h1>', 502), answered(accepted(1))],
      { _tag: 'AcceptedTask', taskId: '1' },
      ['1'],
    ],
    [
      'a response that holds no task id before an accepted task',
      [answered('{"code":0}'), answered(accepted(1))],
      { _tag: 'AcceptedTask', taskId: '1' },
      ['1'],
    ],
    [
      'a page that wants credentials but holds an id',
      [answered('{"code":"x","requestId":7}', 401), answered(accepted(1))],
      { _tag: 'AcceptedTask', taskId: '1' },
      ['7', '1'],
    ],
    [
      'a clean refusal and an unanswered send before an accepted task',
      [answered(refused(4400)), unanswered, answered(accepted(1))],
      { _tag: 'AcceptedTask', taskId: '1' },
      ['1'],
    ],
    ...codes.map((code): [string, ReadonlyArray<Step>, object, ReadonlyArray<string>] => [
      `an unanswered send before the refusal ${code}`,
      [unanswered, answered(refused(code))],
      { _tag: 'Rejected', code, message: 'no' },
      [],
    ]),
    [
      'an unanswered send before a proxy that wants credentials',
      [unanswered, answered('', 407)],
      { _tag: 'HttpStatusError', httpStatus: 407 },
      [],
    ],
    [
      'an unanswered send before a refusal with HTTP 403',
      [unanswered, answered(refused(4100), 403)],
      { _tag: 'Rejected', code: 4100, httpStatus: 403 },
      [],
    ],
  ])('is DeliveryUnknown with its last result: %s', async (_, steps, lastResult, ids) => {
    expect(await sending(...steps).submit()()).toEqual(inDoubt(lastResult, ids))
  })

  test.each<[string, ReadonlyArray<Step>]>([
    ['a single send', [answered(accepted(1))]],
    ['a send that surely never left', [neverLeft, answered(accepted(1))]],
    ['several that surely never left', [neverLeft, neverLeft, answered(accepted(1))]],
    ['a clean refusal', [answered(refused(4400)), answered(accepted(1))]],
    ['a clean refusal with HTTP 500', [answered(refused(6000), 500), answered(accepted(1))]],
    ['a 401 that is no response of the API', [answered('<h1>Log in</h1>', 401), answered(accepted(1))]],
    ['an empty 407 of a proxy', [answered('', 407), answered(accepted(1))]],
    ['the same id twice', [answered(accepted(1)), answered(accepted(1))]],
    ['the same id in an unseen response', [unseen(accepted(1)), answered(accepted(1))]],
  ])('an accepted task stays accepted after %s', async (_, steps) => {
    const alone = await sending(answered(accepted(1))).submit()()
    expect(alone).toMatchObject({ right: { _tag: 'AcceptedTask', taskId: '1' } })
    expect(await sending(...steps).submit()()).toEqual(alone)
  })

  test.each<[string, ReadonlyArray<Step>]>([
    ['a send that surely never left', [neverLeft]],
    ['a clean refusal', [answered(refused(4200))]],
    ['a 401 and a 407', [answered('', 401), answered('', 407)]],
  ])('a refusal stays a refusal after %s', async (_, earlier) => {
    const alone = await sending(answered(refused(4400))).submit()()
    expect(alone).toMatchObject({ left: { _tag: 'Rejected', code: 4400, advice: 'later' } })
    expect(await sending(...earlier, answered(refused(4400))).submit()()).toEqual(alone)
  })

  test.each<[string, Step, object]>([
    ['MalformedJson', answered('{"code":0,'), { _tag: 'MalformedJson' }],
    ['ShapeError', answered('{"code":0,"requestId":-5}'), { _tag: 'ShapeError' }],
    ['ContractViolation', answered('{"code":0}'), { _tag: 'ContractViolation' }],
    ['HttpStatusError', answered('<h1>', 502), { _tag: 'HttpStatusError', httpStatus: 502 }],
  ])('an error of the last response stays a %s with the ids of all responses', async (_, last, error) => {
    expect(await sending(answered(accepted(7)), brokenOff('{"requestId":8,'), last).submit()()).toMatchObject(
      {
        left: { ...error, recovered: [{ taskId: '7' }, { taskId: '8' }] },
      },
    )
  })

  test('the ids of the last response follow those of the others, each once', async () => {
    const last = answered('{"code":0,"requestId":-5,"taskId":9}')
    const { submit } = sending(answered(accepted(7)), answered(accepted(7)), last)
    expect(await submit()()).toMatchObject({
      left: { _tag: 'ShapeError', recovered: [{ taskId: '7' }, { taskId: '9' }] },
    })
  })

  test('the ids of a last response that was already parsed are kept', async () => {
    const parsed = { status: 200, body: { code: 0, requestId: 9 } as never }
    const { submit } = sending(answered(accepted(7)), async () => parsed)
    expect(await submit()()).toMatchObject({
      left: { _tag: 'ShapeError', recovered: [{ taskId: '7' }, { taskId: '9' }] },
    })
  })

  test('a last send without a response gives DeliveryUnknown with the ids of all responses', async () => {
    expect(await sending(answered(accepted(7)), unanswered).submit()()).toMatchObject({
      left: {
        _tag: 'DeliveryUnknown',
        reason: { _tag: 'NetworkFailed', code: 'ECONNRESET' },
        recovered: [{ taskId: '7' }],
      },
    })
  })

  test('compares the ids at the place that taskIdAt names', async () => {
    const flow = '{"code":0,"data":{"flowId":5}}'
    const read = sending(answered(flow), answered(flow)).submitWith({ taskIdAt: 'data.flowId' })
    expect(await read()()).toMatchObject({ right: { taskId: '5' } })
    const others = sending(answered('{"code":0,"data":{"flowId":6}}'), answered(flow))
    expect(await others.submitWith({ taskIdAt: 'data.flowId' })()()).toEqual(
      inDoubt({ _tag: 'AcceptedTask', taskId: '5' }, ['6', '5']),
    )
  })
})

describe('a batch submission that was sent more than once', () => {
  test.each<[string, ReadonlyArray<Step>, object, ReadonlyArray<string>]>([
    [
      'an unanswered send before an accepted batch',
      [unanswered, answered(batch.allAccepted)],
      { _tag: 'AllAccepted' },
      ['1', '2'],
    ],
    [
      'an unanswered send before a partly accepted batch',
      [unanswered, answered(batch.partlyAccepted)],
      { _tag: 'PartlyAccepted' },
      ['1'],
    ],
    [
      'an unanswered send before a rejected batch',
      [unanswered, answered(batch.allRejected)],
      { _tag: 'AllRejected' },
      [],
    ],
    ...codes.map((code): [string, ReadonlyArray<Step>, object, ReadonlyArray<string>] => [
      `an unanswered send before the refusal ${code}`,
      [unanswered, answered(refused(code))],
      { _tag: 'Rejected', code },
      [],
    ]),
    [
      'a broken response with an id before a rejected batch',
      [brokenOff('{"code":0,"detail":{"a":{"code":0,"requestId":9,'), answered(batch.allRejected)],
      { _tag: 'AllRejected' },
      ['9'],
    ],
    [
      'a batch partly accepted before a rejected one',
      [answered(batch.partlyAccepted), answered(batch.allRejected)],
      { _tag: 'AllRejected' },
      ['1'],
    ],
    [
      'a batch accepted before a refusal of the whole request',
      [answered(batch.allAccepted), answered(refused(4500))],
      { _tag: 'Rejected', code: 4500 },
      ['1', '2'],
    ],
    [
      'a batch accepted and repeated',
      [answered(batch.allAccepted), answered(batch.allAccepted)],
      { _tag: 'AllAccepted' },
      ['1', '2'],
    ],
    [
      'a batch accepted twice with other ids',
      [answered(batch.allAccepted), answered(batch.otherAccepted)],
      { _tag: 'AllAccepted' },
      ['1', '2', '3', '4'],
    ],
    [
      'a batch rejected, with an id in an entry, before an accepted one',
      [answered('{"code":5100,"detail":{"a":{"code":5100,"requestId":9}}}'), answered(batch.allAccepted)],
      { _tag: 'AllAccepted' },
      ['9', '1', '2'],
    ],
    [
      'a send under way when the batch is accepted',
      [underWay, answered(batch.allAccepted)],
      { _tag: 'AllAccepted' },
      ['1', '2'],
    ],
    [
      'a page of a gateway before an accepted batch',
      [answered('<h1>Bad Gateway</h1>', 502), answered(batch.allAccepted)],
      { _tag: 'AllAccepted' },
      ['1', '2'],
    ],
  ])('is DeliveryUnknown with its last result: %s', async (_, steps, lastResult, ids) => {
    expect(await sending(...steps).submitBatch()()).toEqual(inDoubt(lastResult, ids))
  })

  test.each<[string, Step]>([
    ['a send that surely never left', neverLeft],
    ['a clean refusal', answered(refused(4400))],
    ['a batch rejected as a whole, without an id', answered(batch.allRejected)],
    ['a 401 that is no response of the API', answered('<h1>Log in</h1>', 401)],
    ['an empty 407 of a proxy', answered('', 407)],
  ])('a batch keeps its last outcome after %s', async (_, earlier) => {
    for (const body of [batch.allAccepted, batch.partlyAccepted, batch.allRejected, refused(4400)])
      expect(await sending(earlier, answered(body)).submitBatch()()).toEqual(
        await sending(answered(body)).submitBatch()(),
      )
  })
})

describe('with the caller’s codecs', () => {
  const Region = t.type({ region: t.string })
  const typed = '{"code":0,"requestId":1,"region":"gz"}'

  test('a task that is in doubt keeps the last result that it would have without them', async () => {
    const plain = { _tag: 'AcceptedTask', taskId: '1', extra: { at: '2026-01-01T00:00:00.000Z' } }
    const Dated = t.type({
      at: new t.Type<Date, string>(
        'Date',
        (value): value is Date => value instanceof Date,
        value => t.success(new Date(String(value))),
        date => date.toISOString(),
      ),
    })
    const last = answered('{"code":0,"requestId":1,"at":"2026-01-01T00:00:00.000Z"}')
    expect(await sending(last).submitWith({ extra: Dated })()()).toMatchObject({
      right: { extra: { at: new Date('2026-01-01') } },
    })
    expect(await sending(unanswered, last).submitWith({ extra: Dated })()()).toEqual(inDoubt(plain, ['1']))
  })

  test('a batch that is in doubt keeps the last result that it would have without them', async () => {
    const body = '{"code":0,"detail":{"a":{"code":0,"requestId":1,"region":"gz"}}}'
    const read = sending(unanswered, answered(body)).submitBatchWith({ entry: Region, expected: ['a'] })
    expect(await read()()).toEqual(inDoubt({ _tag: 'AllAccepted' }, ['1']))
  })

  test('what they refuse stays a ShapeError with the ids of all responses', async () => {
    const read = sending(answered(accepted(7)), answered(accepted(1))).submitWith({ extra: Region })
    expect(await read()()).toMatchObject({
      left: {
        _tag: 'ShapeError',
        issues: [{ path: '/region' }],
        recovered: [{ taskId: '7' }, { taskId: '1' }],
      },
    })
    const ofBatch = sending(unanswered, answered(batch.allAccepted)).submitBatchWith({ response: Region })
    expect(await ofBatch()()).toMatchObject({ left: { _tag: 'ShapeError', recovered: [{}, {}] } })
  })

  test('a batch of other resources than expected stays a ContractViolation with the ids of all responses', async () => {
    const read = sending(answered(accepted(7)), answered(batch.allAccepted)).submitBatchWith({
      expected: ['c'],
    })
    expect(await read()()).toMatchObject({
      left: { _tag: 'ContractViolation', recovered: [{ taskId: '7' }, { taskId: '1' }, { taskId: '2' }] },
    })
  })

  test('earlier responses are judged without them', async () => {
    const read = sending(answered(refused(4400)), answered(typed)).submitWith({ extra: Region })
    expect(await read()()).toMatchObject({ right: { taskId: '1', extra: { region: 'gz' } } })
    const again = sending(answered(accepted(1)), answered(typed)).submitWith({ extra: Region })
    expect(await again()()).toMatchObject({ right: { taskId: '1', extra: { region: 'gz' } } })
  })
})

describe('of a query that was sent more than once', () => {
  const inProgress = '{"code":0,"data":{"status":2}}'

  test.each<[string, Step]>([
    ['an unanswered send', unanswered],
    ['a send under way', underWay],
    ['another state', answered('{"code":0,"data":{"status":0}}')],
    ['a refusal', answered(refused(4400))],
  ])('the last response speaks for itself after %s', async (_, earlier) => {
    for (const last of [inProgress, refused(4400), '<h1>'])
      expect(await sending(earlier, answered(last)).status()()).toEqual(
        await sending(answered(last)).status()(),
      )
  })
})

test('secrets are masked in the message of a last result', async () => {
  const last = answered('{"code":4400,"message":"too fast, s3cret"}')
  expect(await sending(unanswered, last).submit()()).toEqual(
    inDoubt({ _tag: 'Rejected', message: 'too fast, ******' }, []),
  )
})
