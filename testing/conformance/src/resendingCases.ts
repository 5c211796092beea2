/**
 * Exchanges in which something is sent more than once. PROTOCOL.md, section 6, the table of that name.
 *
 * Clients send again after a failed connection and after a status of 500, 502 or 503.
 */
import type { StubResponse } from '@task-outcome/emulator'
import { expect } from 'vitest'
import { left, network, right, hiddenReason } from './expectations.js'
import type { Met, ResendingCase } from './ResendingCase.js'
import type { Expected, Subject } from './Subject.js'

// -------------------------------------------------------------------------------------
// what a send meets
// -------------------------------------------------------------------------------------

const reset: StubResponse = { fault: { _tag: 'Reset', at: 'beforeResponse' } }
const gatewayPage: StubResponse = { fault: { _tag: 'GatewayPage' } }
const loginPage: StubResponse = { fault: { _tag: 'LoginPage' } }

const under = (status: number, answer: StubResponse): StubResponse => ({ ...answer, status })

const accepting = (taskId: string): StubResponse => ({
  body: `{"code":0,"message":"","requestId":"${taskId}"}`,
})

const refusing = (code: number): StubResponse => ({ body: `{"code":${String(code)},"message":"no"}` })

const refusingWithId: StubResponse = { body: '{"code":4400,"message":"no","requestId":"111"}' }

/** An entry that was accepted has a task id, one that was rejected has none. */
const batch = (code: number, entries: Readonly<Record<string, string | null>>): StubResponse => ({
  body: JSON.stringify({
    code,
    message: '',
    detail: Object.fromEntries(
      Object.entries(entries).map(([resourceId, requestId]) => [
        resourceId,
        requestId === null ? { code: 5100, message: 'busy' } : { code: 0, requestId },
      ]),
    ),
  }),
})

const allAccepted = batch(0, { 'ins-1': '111', 'ins-2': '112' })
const allAcceptedAnew = batch(0, { 'ins-1': '221', 'ins-2': '222' })
const partlyAccepted = batch(5400, { 'ins-1': '111', 'ins-2': null })
const allRejected = batch(5100, { 'ins-1': null, 'ins-2': null })

/** Breaks off after a piece of its body has arrived. */
const cutAfter = (piece: string, { body = '' }: StubResponse): StubResponse => ({
  body,
  fault: { _tag: 'Reset', at: 'withinBody', bodyBytes: String(body).indexOf(piece) + piece.length },
})

// -------------------------------------------------------------------------------------
// what it must become
// -------------------------------------------------------------------------------------

const always = (expected: Expected) => (): Expected => expected

const task = (taskId: string, resourceId?: string): object => ({
  taskId,
  ...(resourceId === undefined ? {} : { resourceId }),
  code: 0,
})

const acceptedTask = (taskId: string) => ({ _tag: 'AcceptedTask', taskId })

const rejected = (code: number) => ({ _tag: 'Rejected', code })

const sentMoreThanOnce = (lastResult: object, recovered: ReadonlyArray<object>): Expected =>
  left({ _tag: 'DeliveryUnknown', reason: { _tag: 'SentMoreThanOnce', lastResult }, recovered })

/** Ids of a body that breaks off: a browser may drop what had arrived of it. */
const sentMoreThanOnceAfterPiece =
  (lastResult: object, inPiece: ReadonlyArray<object>, inLast: ReadonlyArray<object>) =>
  (subject: Subject): Expected => {
    const expected = sentMoreThanOnce(lastResult, [...inPiece, ...inLast])
    if (subject.engine !== 'browser') return expected
    return left({
      _tag: 'DeliveryUnknown',
      reason: { _tag: 'SentMoreThanOnce', lastResult },
      recovered: expect.toBeOneOf([containing([...inPiece, ...inLast]), containing(inLast)]) as unknown,
    })
  }

const containing = (tasks: ReadonlyArray<object>): ReadonlyArray<object> =>
  tasks.map(one => expect.objectContaining(one) as object)

/** Node says why a connection failed. A browser does not, so there a refused connection proves nothing. */
const inNode =
  (expected: Expected, inBrowser: Expected) =>
  (subject: Subject): Expected =>
    subject.engine === 'browser' ? inBrowser : expected

const deliveryUnknown = (code: string, recovered: ReadonlyArray<object> = []) =>
  inNode(
    left({ _tag: 'DeliveryUnknown', reason: network(code), recovered }),
    left({ _tag: 'DeliveryUnknown', reason: hiddenReason, recovered }),
  )

// -------------------------------------------------------------------------------------
// the cases
// -------------------------------------------------------------------------------------

const ordinary = (
  name: string,
  sends: readonly [Met, ...Met[]],
  expected: ResendingCase['expected'],
): ResendingCase => ({ name, operation: 'ordinary', sends, expected })

const inBatch = (
  name: string,
  sends: readonly [Met, ...Met[]],
  expected: ResendingCase['expected'],
): ResendingCase => ({ name, operation: 'batch', sends, expected })

/** "no earlier request left the client": "as if there were no earlier requests" */
const neverLeft: ReadonlyArray<ResendingCase> = [
  ordinary(
    'a refused connection before an accepted task does not count',
    ['refused', accepting('222')],
    inNode(right(acceptedTask('222')), sentMoreThanOnce(acceptedTask('222'), [task('222')])),
  ),
  ordinary(
    'two refused connections before an accepted task do not count',
    ['refused', 'refused', accepting('222')],
    inNode(right(acceptedTask('222')), sentMoreThanOnce(acceptedTask('222'), [task('222')])),
  ),
  ordinary(
    'a refused connection before a rejection does not count',
    ['refused', refusing(4400)],
    inNode(left(rejected(4400)), sentMoreThanOnce(rejected(4400), [])),
  ),
  ordinary(
    'if every connection is refused, nothing was sent',
    ['refused', 'refused'],
    inNode(
      left({ _tag: 'NotSent', reason: network('ECONNREFUSED'), recovered: [] }),
      left({ _tag: 'DeliveryUnknown', reason: hiddenReason, recovered: [] }),
    ),
  ),
  inBatch(
    'a refused connection before a partly accepted batch does not count',
    ['refused', partlyAccepted],
    inNode(
      right({ _tag: 'PartlyAccepted', accepted: [{ taskId: '111' }] }),
      sentMoreThanOnce({ _tag: 'PartlyAccepted' }, [task('111', 'ins-1')]),
    ),
  ),
]

/** "an earlier request may have arrived (no response, or a broken one)" */
const mayHaveArrived: ReadonlyArray<ResendingCase> = [
  ordinary(
    'a reset before an accepted task: two tasks may run',
    [reset, accepting('222')],
    always(sentMoreThanOnce(acceptedTask('222'), [task('222')])),
  ),
  ...[4200, 4400, 4500, 6000].map(code =>
    ordinary(
      `a reset before a rejection with ${String(code)}, which says nothing about the first send`,
      [reset, refusing(code)],
      always(sentMoreThanOnce(rejected(code), [])),
    ),
  ),
  ordinary(
    'a reset before a refused connection: the first send may have arrived',
    [reset, 'refused'],
    deliveryUnknown('ECONNREFUSED'),
  ),
  ordinary('a reset before a reset: both may have arrived', [reset, reset], deliveryUnknown('ECONNRESET')),
  ordinary(
    'a reset before the page of a gateway leaves it open',
    [reset, gatewayPage],
    always(left({ _tag: 'HttpStatusError', httpStatus: 502, recovered: [] })),
  ),
  ordinary(
    'a reset before a login page leaves it open',
    [reset, loginPage],
    always(left({ _tag: 'MalformedJson', recovered: [] })),
  ),
  ordinary(
    'the page of a gateway, which may have let the request through, before an accepted task',
    [gatewayPage, accepting('222')],
    always(sentMoreThanOnce(acceptedTask('222'), [task('222')])),
  ),
  ordinary(
    'the page of a gateway before a rejection',
    [gatewayPage, refusing(4400)],
    always(sentMoreThanOnce(rejected(4400), [])),
  ),
  ordinary(
    'the page of a gateway before a refused connection',
    [gatewayPage, 'refused'],
    deliveryUnknown('ECONNREFUSED'),
  ),
  ordinary(
    'a body that breaks off after an id, before an accepted task: both ids are kept',
    [cutAfter('"111"', accepting('111')), accepting('222')],
    sentMoreThanOnceAfterPiece(acceptedTask('222'), [{ taskId: '111' }], [task('222')]),
  ),
  inBatch(
    'a body that breaks off after an accepted entry, before an accepted batch: all ids are kept',
    [cutAfter('"111"}', allAccepted), allAcceptedAnew],
    sentMoreThanOnceAfterPiece(
      { _tag: 'AllAccepted' },
      [task('111', 'ins-1')],
      [task('221', 'ins-1'), task('222', 'ins-2')],
    ),
  ),
  inBatch(
    'a reset before a partly accepted batch',
    [reset, partlyAccepted],
    always(sentMoreThanOnce({ _tag: 'PartlyAccepted' }, [task('111', 'ins-1')])),
  ),
  inBatch(
    'a reset before a rejected batch: what the first send started is unknown',
    [reset, allRejected],
    always(sentMoreThanOnce({ _tag: 'AllRejected' }, [])),
  ),
  inBatch(
    'a reset before a batch that is refused as a whole',
    [reset, refusing(4400)],
    always(sentMoreThanOnce(rejected(4400), [])),
  ),
]

/** "an earlier response accepted a task (or holds an id)" */
const accepted: ReadonlyArray<ResendingCase> = [
  ...[500, 503].map(status =>
    ordinary(
      `a task accepted under ${String(status)} before another accepted task: both run`,
      [under(status, accepting('111')), accepting('222')],
      always(sentMoreThanOnce(acceptedTask('222'), [task('111'), task('222')])),
    ),
  ),
  ordinary(
    'a task accepted under 503, which contradicts it, before the same task: its id is kept once',
    [under(503, accepting('111')), accepting('111')],
    always(sentMoreThanOnce(acceptedTask('111'), [task('111')])),
  ),
  ordinary(
    'a task accepted under 503 before a rejection: the task is kept',
    [under(503, accepting('111')), refusing(4400)],
    always(sentMoreThanOnce(rejected(4400), [task('111')])),
  ),
  ordinary(
    'a task accepted under 503 before a refused connection: the task is kept',
    [under(503, accepting('111')), 'refused'],
    deliveryUnknown('ECONNREFUSED', [task('111')]),
  ),
  ordinary(
    'a task accepted under 503 before a reset: the task is kept',
    [under(503, accepting('111')), reset],
    deliveryUnknown('ECONNRESET', [task('111')]),
  ),
  ordinary(
    'a task accepted under 503 before the page of a gateway: the task is kept',
    [under(503, accepting('111')), gatewayPage],
    always(left({ _tag: 'HttpStatusError', httpStatus: 502, recovered: [task('111')] })),
  ),
  ordinary(
    'a task accepted under 503 before a login page: the task is kept',
    [under(503, accepting('111')), loginPage],
    always(left({ _tag: 'MalformedJson', recovered: [task('111')] })),
  ),
  ordinary(
    'a rejection that holds an id, before an accepted task: both ids are kept',
    [under(503, refusingWithId), accepting('222')],
    always(sentMoreThanOnce(acceptedTask('222'), [{ taskId: '111', code: 4400 }, task('222')])),
  ),
  inBatch(
    'a partly accepted batch under 503 before a rejected one: its task is kept',
    [under(503, partlyAccepted), allRejected],
    always(sentMoreThanOnce({ _tag: 'AllRejected' }, [task('111', 'ins-1')])),
  ),
  inBatch(
    'an accepted batch under 503 before another: all tasks are kept',
    [under(503, allAccepted), allAcceptedAnew],
    always(
      sentMoreThanOnce({ _tag: 'AllAccepted' }, [
        task('111', 'ins-1'),
        task('112', 'ins-2'),
        task('221', 'ins-1'),
        task('222', 'ins-2'),
      ]),
    ),
  ),
  inBatch(
    'an accepted batch under 503 before a rejection: its tasks are kept',
    [under(503, allAccepted), refusing(4400)],
    always(sentMoreThanOnce(rejected(4400), [task('111', 'ins-1'), task('112', 'ins-2')])),
  ),
]

/** "an earlier response was a clean rejection of the whole request": "a rejected request started nothing" */
const refused: ReadonlyArray<ResendingCase> = [
  ordinary(
    'a clean rejection before an accepted task started nothing',
    [under(503, refusing(4400)), accepting('222')],
    always(right(acceptedTask('222'))),
  ),
  ordinary(
    'a clean rejection before another is a rejection',
    [under(503, refusing(6000)), refusing(4400)],
    always(left({ ...rejected(4400), recovered: [] })),
  ),
  ordinary(
    'a clean rejection before a refused connection: something has arrived, so the outcome is open',
    [under(503, refusing(4400)), 'refused'],
    deliveryUnknown('ECONNREFUSED'),
  ),
  inBatch(
    'a clean rejection before an accepted batch started nothing',
    [under(503, refusing(4400)), allAccepted],
    always(right({ _tag: 'AllAccepted', accepted: [{ taskId: '111' }, { taskId: '112' }] })),
  ),
  inBatch(
    'a rejected batch under 503, which contradicts it, before an accepted one leaves it open',
    [under(503, allRejected), allAccepted],
    always(sentMoreThanOnce({ _tag: 'AllAccepted' }, [task('111', 'ins-1'), task('112', 'ins-2')])),
  ),
]

const threeSends: ReadonlyArray<ResendingCase> = [
  ordinary(
    'of three sends, a reset, a task accepted under 503 and another: both tasks are kept',
    [reset, under(503, accepting('111')), accepting('222')],
    always(sentMoreThanOnce(acceptedTask('222'), [task('111'), task('222')])),
  ),
  ordinary(
    'of three sends, two clean rejections started nothing',
    [under(503, refusing(4400)), under(503, refusing(6000)), accepting('222')],
    always(right(acceptedTask('222'))),
  ),
  ordinary(
    'of three sends, a clean rejection and a refused connection started nothing',
    [under(503, refusing(4400)), 'refused', accepting('222')],
    inNode(right(acceptedTask('222')), sentMoreThanOnce(acceptedTask('222'), [task('222')])),
  ),
  ordinary(
    'of three sends, a reset before a clean rejection leaves it open',
    [reset, under(503, refusing(4400)), accepting('222')],
    always(sentMoreThanOnce(acceptedTask('222'), [task('222')])),
  ),
  ordinary(
    'of three sends, the first one may have arrived though the others were refused a connection',
    [reset, 'refused', 'refused'],
    deliveryUnknown('ECONNREFUSED'),
  ),
  inBatch(
    'of three sends, a partly accepted batch, a reset and a rejected batch: its task is kept',
    [under(503, partlyAccepted), reset, allRejected],
    always(sentMoreThanOnce({ _tag: 'AllRejected' }, [task('111', 'ins-1')])),
  ),
]

/** "Querying a task's status changes nothing and is always safe." */
const queries: ReadonlyArray<ResendingCase> = [
  {
    name: 'a query may be sent again: the last response speaks for itself',
    operation: 'status',
    sends: [reset, gatewayPage, { body: '{"code":0,"data":{"status":0}}' }],
    expected: always(right({ _tag: 'Succeeded' })),
  },
]

export const resendingCases: ReadonlyArray<ResendingCase> = [
  ...neverLeft,
  ...mayHaveArrived,
  ...accepted,
  ...refused,
  ...threeSends,
  ...queries,
]
