/**
 * Every known fault of an exchange, and the expected result. PROTOCOL.md, section 6.
 */
import type { StubResponse, Emulator, Fault } from '@task-outcome/emulator'
import { expect } from 'vitest'
import { left, network, hiddenReason } from './expectations.js'
import { type Expected, type PlainRequest, type Subject, followsRedirects } from './Subject.js'
import type { ConnectionUse, TransportCase } from './TransportCase.js'

const acceptedBody = '{"code":0,"message":"","requestId":"6356502"}'
const batchBody =
  '{"code":0,"message":"","detail":{"ins-1":{"code":0,"requestId":"11"},"ins-2":{"code":0,"requestId":"12"}}}'
const throughFirst = batchBody.indexOf(',"ins-2"')
const onlyRecovered = [{ taskId: '6356502', code: 0 }]
const firstRecovered = [{ taskId: '11', resourceId: 'ins-1', code: 0 }]

const accepted: Expected = { _tag: 'Right', right: { _tag: 'AcceptedTask', taskId: '6356502' } }

/** Certainly not sent in Node; a browser hides the reason. */
const notSent =
  (reason: object) =>
  (subject: Subject): Expected =>
    subject.engine !== 'browser'
      ? left({ _tag: 'NotSent', reason, recovered: [] })
      : left({ _tag: 'DeliveryUnknown', reason: hiddenReason, recovered: [] })

/** @param recovered - the tasks that a client recovers if it streams the body */
const deliveryUnknown =
  (reason: object = {}, recovered: ReadonlyArray<object> = []) =>
  (subject: Subject): Expected => {
    if (subject.engine !== 'browser') return left({ _tag: 'DeliveryUnknown', reason, recovered })
    const error = { _tag: 'DeliveryUnknown', reason: hiddenReason }
    return subject.streams && recovered.length > 0
      ? { _tag: 'Left', left: error, recoverable: recovered }
      : left({ ...error, recovered: [] })
  }

/**
 * Browsers retry a request, even a POST, when a reused connection ends before a response. A page can neither prevent nor
 * detect it. Node's agent and undici never do it.
 */
const sentAgain = ({ engine }: Subject, connection: ConnectionUse): boolean =>
  engine === 'browser' && connection === 'reused'

const sentAgainByBrowsers: TransportCase['arrivals'] = (subject, connection) =>
  sentAgain(subject, connection) ? 'twice' : 'atMostOnce'

const always = (expected: Expected) => (): Expected => expected

const served = (
  group: string,
  name: string,
  fault: Fault,
  expected: TransportCase['expected'],
  more: Partial<TransportCase> & {
    readonly answer?: StubResponse
    readonly batch?: boolean
    readonly timeoutMs?: number
    readonly maxBodyBytes?: number
  } = {},
): TransportCase => {
  const { answer = {}, batch = false, timeoutMs, maxBodyBytes, ...rest } = more
  return {
    group,
    name,
    prepare: async emulator => ({
      url: emulator.serve({ body: batch ? batchBody : acceptedBody, ...answer, fault }),
      operation: batch ? 'batch' : 'ordinary',
      limits: {
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
        ...(maxBodyBytes === undefined ? {} : { maxBodyBytes }),
      },
    }),
    expected,
    ...rest,
  }
}

const neverSent: ReadonlyArray<TransportCase> = [
  {
    group: 'The request never leaves',
    name: 'connection refused',
    neverConnects: true,
    prepare: async emulator => ({ url: await emulator.refusedUrl() }),
    expected: notSent(network('ECONNREFUSED')),
  },
  {
    group: 'The request never leaves',
    name: 'name not resolved',
    neverConnects: true,
    prepare: async () => ({ url: 'http://no-such-host.invalid/' }),
    expected: notSent({ _tag: 'NetworkFailed' }), // ENOTFOUND or EAI_AGAIN, as the resolver has it
  },
  {
    group: 'The request never leaves',
    name: 'certificate not accepted',
    neverConnects: true,
    prepare: async emulator => ({ url: await emulator.selfSignedUrl() }),
    expected: notSent(network('DEPTH_ZERO_SELF_SIGNED_CERT')),
  },
  {
    group: 'The request never leaves',
    name: 'signal aborted before the call',
    prepare: async emulator => ({ url: emulator.serve({ body: acceptedBody }), abortedBefore: true }),
    expected: always(
      left({ _tag: 'NotSent', reason: { _tag: 'Aborted', name: 'UserLeft', message: 'the user has left' } }),
    ),
  },
]

const broken: ReadonlyArray<TransportCase> = [
  {
    group: 'The connection breaks',
    name: 'reset in the TLS handshake',
    neverConnects: true,
    prepare: async emulator => ({ url: await emulator.handshakeResetUrl() }),
    expected: deliveryUnknown(network('ECONNRESET')),
  },
  served(
    'The connection breaks',
    'reset before the answer',
    { _tag: 'Reset', at: 'beforeResponse' },
    deliveryUnknown(),
    { arrivals: sentAgainByBrowsers },
  ),
  served(
    'The connection breaks',
    'reset within the head',
    { _tag: 'Reset', at: 'withinHead' },
    deliveryUnknown(),
    { arrivals: sentAgainByBrowsers },
  ),
  served(
    'The connection breaks',
    'reset within the body',
    { _tag: 'Reset', at: 'withinBody', bodyBytes: throughFirst },
    deliveryUnknown({}, firstRecovered),
    { batch: true },
  ),
  served(
    'The connection breaks',
    'closed before the answer',
    { _tag: 'Close', at: 'beforeResponse' },
    deliveryUnknown(),
    { arrivals: sentAgainByBrowsers },
  ),
  served(
    'The connection breaks',
    'closed within the head',
    { _tag: 'Close', at: 'withinHead' },
    // Browsers take a truncated head for a complete one.
    subject =>
      subject.engine === 'browser'
        ? left({ _tag: 'MalformedJson', offset: 0, recovered: [] })
        : deliveryUnknown()(subject),
  ),
  served(
    'The connection breaks',
    'closed within the body',
    { _tag: 'Close', at: 'withinBody', bodyBytes: throughFirst },
    deliveryUnknown({}, firstRecovered),
    { batch: true },
  ),
  served(
    'The connection breaks',
    'closed after the answer',
    { _tag: 'Close', at: 'afterBody' },
    always(accepted),
  ),
  served(
    'The connection breaks',
    'reset after the answer',
    { _tag: 'Reset', at: 'afterBody' },
    always(accepted),
  ),
]

const form = (body: string) => ({
  method: 'POST' as const,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body,
})

/** The first request has the fault, the next one gets a response: a client that sees that has sent twice. */
const brokenOnce = (
  name: string,
  fault: Fault,
  request: Partial<PlainRequest>,
  nextBody: string,
  expectedOfNext: Expected,
): TransportCase => ({
  group: 'The connection breaks, but the next one works',
  name,
  prepare: async emulator => ({
    url: emulator.serve([{ body: acceptedBody, fault }, { body: nextBody }]),
    ...request,
  }),
  expected: (subject, _, connection) =>
    sentAgain(subject, connection) ? expectedOfNext : deliveryUnknown()(subject),
  arrivals: sentAgainByBrowsers,
})

const signed = form('Action=CreateLoadBalancer&Nonce=4711&Timestamp=1700000000')
const replayed = '{"code":4500,"message":"this Nonce was used before"}'

const onceBroken: ReadonlyArray<TransportCase> = [
  ...(['Close', 'Reset'] as const).flatMap(_tag => {
    const what = { Close: 'closed', Reset: 'reset' }[_tag]
    const fault: Fault = { _tag, at: 'beforeResponse' }
    return [
      brokenOnce(`GET, ${what} before the answer, then accepted`, fault, {}, acceptedBody, accepted),
      brokenOnce(
        `POST, ${what} before the answer, then accepted`,
        fault,
        form('a=b'),
        acceptedBody,
        accepted,
      ),
    ]
  }),
  brokenOnce(
    'POST, reset within the head, then accepted',
    { _tag: 'Reset', at: 'withinHead' },
    form('a=b'),
    acceptedBody,
    accepted,
  ),
  brokenOnce(
    'POST with a Nonce, closed before the answer, then refused as a replay',
    { _tag: 'Close', at: 'beforeResponse' },
    signed,
    replayed,
    left({ _tag: 'Rejected', code: 4500 }),
  ),
]

const slow: ReadonlyArray<TransportCase> = [
  served(
    'The time runs out',
    'no answer, time-out',
    { _tag: 'Stall', at: 'beforeResponse' },
    always(left({ _tag: 'DeliveryUnknown', reason: { _tag: 'TimedOut', timeoutMs: 150 }, recovered: [] })),
    { timeoutMs: 150 },
  ),
  served(
    'The time runs out',
    'the answer stops, time-out',
    { _tag: 'Stall', at: 'withinBody', bodyBytes: throughFirst },
    subject =>
      left({
        _tag: 'DeliveryUnknown',
        reason: { _tag: 'TimedOut', timeoutMs: 1000 },
        recovered: subject.streams ? firstRecovered : [],
      }),
    { batch: true, timeoutMs: 1000 },
  ),
  served(
    'The time runs out',
    'byte by byte, time-out',
    { _tag: 'Drip', msPerByte: 20 },
    always(left({ _tag: 'DeliveryUnknown', reason: { _tag: 'TimedOut', timeoutMs: 300 } })),
    { timeoutMs: 300 },
  ),
  served('The time runs out', 'byte by byte, in time', { _tag: 'Drip', msPerByte: 0 }, always(accepted)),
  served(
    'The time runs out',
    'aborted before the answer',
    { _tag: 'Stall', at: 'beforeResponse' },
    always(
      left({
        _tag: 'DeliveryUnknown',
        reason: { _tag: 'Aborted', name: 'UserLeft', message: 'the user has left' },
      }),
    ),
    { abortsUnderWay: true },
  ),
]

const framing: ReadonlyArray<TransportCase> = [
  served(
    'Head and body contradict each other',
    'Content-Length too long',
    { _tag: 'WrongContentLength', differenceBytes: 7 },
    deliveryUnknown({}, onlyRecovered),
  ),
  served(
    'Head and body contradict each other',
    'Content-Length too short',
    { _tag: 'WrongContentLength', differenceBytes: -2 },
    always(left({ _tag: 'MalformedJson', recovered: onlyRecovered })),
    { answer: { body: '{"code":0,"requestId":"6356502","message":""}' } },
  ),
  served(
    'Head and body contradict each other',
    'chunked, whole',
    { _tag: 'Chunked', damage: 'none' },
    always(accepted),
  ),
  served(
    'Head and body contradict each other',
    'chunked, without the last chunk',
    { _tag: 'Chunked', damage: 'withoutLastChunk' },
    deliveryUnknown({}, onlyRecovered),
  ),
  served(
    'Head and body contradict each other',
    'chunked, cut within a chunk',
    { _tag: 'Chunked', damage: 'withinChunk' },
    deliveryUnknown(),
  ),
  served(
    'Head and body contradict each other',
    'chunked, a length that is no number',
    { _tag: 'Chunked', damage: 'badLength' },
    deliveryUnknown(),
  ),
  served(
    'Head and body contradict each other',
    'trailing bytes',
    { _tag: 'TrailingBytes', bytes: '{"code":5100}' },
    always(accepted),
  ),
  served(
    'Head and body contradict each other',
    '103 Early Hints first',
    { _tag: 'Informational', statuses: [103] },
    always(accepted),
  ),
  served(
    'Head and body contradict each other',
    '100 Continue first, without Expect',
    { _tag: 'Informational', statuses: [100] },
    // RFC 9110, section 15.2, requires clients to accept it; undici does not.
    subject => (subject.engine === 'undici' ? deliveryUnknown()(subject) : accepted),
  ),
  served(
    'Head and body contradict each other',
    'bytes that are no HTTP',
    { _tag: 'InvalidHttp' },
    deliveryUnknown(),
  ),
  served(
    'Head and body contradict each other',
    'two Content-Lengths that differ',
    { _tag: 'DuplicateContentLength', differenceBytes: 1 },
    deliveryUnknown(),
  ),
]

const encodings = ['gzip', 'br', 'deflate'] as const

const compressed: ReadonlyArray<TransportCase> = encodings.flatMap(encoding => [
  served(
    'Compression',
    `${encoding}, whole`,
    { _tag: 'Compressed', encoding, damage: 'none' },
    always(accepted),
  ),
  served(
    'Compression',
    `${encoding}, cut`,
    { _tag: 'Compressed', encoding, damage: 'cut' },
    // Some decoders end a truncated body without an error: the decompressed text is then decoded.
    always(left({ _tag: expect.toBeOneOf(['MalformedJson', 'DeliveryUnknown']) as unknown, recovered: [] })),
  ),
  served(
    'Compression',
    `${encoding}, corrupted`,
    { _tag: 'Compressed', encoding, damage: 'corrupted' },
    deliveryUnknown(),
  ),
  served(
    'Compression',
    `${encoding}, a bomb of 64 MiB`,
    { _tag: 'CompressionBomb', encoding, expandsToBytes: 64 * 1024 * 1024 },
    always(left({ _tag: 'ResponseTooLarge', maxBodyBytes: 1024 * 1024, httpStatus: 200 })),
    { maxBodyBytes: 1024 * 1024 },
  ),
])

const large: ReadonlyArray<TransportCase> = [
  served(
    'Size',
    'an endless body',
    { _tag: 'EndlessBody' },
    always(
      left({
        _tag: 'ResponseTooLarge',
        maxBodyBytes: 1024 * 1024,
        httpStatus: 200,
        recovered: onlyRecovered,
      }),
    ),
    // Without streams, a client can't stop at the limit.
    { maxBodyBytes: 1024 * 1024, appliesTo: ({ streams }) => streams },
  ),
  served(
    'Size',
    'larger than the limit by a byte',
    { _tag: 'Chunked', damage: 'none' },
    always(
      left({
        _tag: 'ResponseTooLarge',
        maxBodyBytes: acceptedBody.length - 1,
        httpStatus: 200,
        recovered: onlyRecovered,
      }),
    ),
    { maxBodyBytes: acceptedBody.length - 1 },
  ),
  served('Size', 'as large as the limit', { _tag: 'Chunked', damage: 'none' }, always(accepted), {
    maxBodyBytes: acceptedBody.length,
  }),
]

const substitutes: ReadonlyArray<TransportCase> = [
  served(
    'Something else answers',
    'a wrong charset label',
    { _tag: 'WrongCharset', charset: 'utf-16' },
    always({ _tag: 'Right', right: { extra: { note: 'ü服' } } }),
    {
      answer: { body: '{"code":0,"requestId":"1","note":"ü服"}' },
    },
  ),
  served(
    'Something else answers',
    'HTML from a gateway, 502',
    { _tag: 'GatewayPage' },
    always(left({ _tag: 'HttpStatusError', httpStatus: 502 })),
  ),
  served(
    'Something else answers',
    'a login page, 200',
    { _tag: 'LoginPage' },
    always(left({ _tag: 'MalformedJson', line: 1, column: 1 })),
  ),
  served(
    'Something else answers',
    '204',
    { _tag: 'NoContent' },
    always(left({ _tag: 'MalformedJson', offset: 0 })),
  ),
  served(
    'Something else answers',
    '429 with Retry-After',
    { _tag: 'TooManyRequests', retryAfterSeconds: 7 },
    always(left({ httpStatus: 429 })),
  ),
  served(
    'Something else answers',
    '503 with Retry-After',
    { _tag: 'ServiceUnavailable', retryAfterSeconds: 7 },
    always(left({ httpStatus: 503 })),
  ),
]

/** Not followed; a browser hides even the status. If it was followed, the response is not the API's. */
const redirected =
  (status: number, recoveredElsewhere: ReadonlyArray<object> = []) =>
  (subject: Subject, elsewhere: Emulator): Expected => {
    if (followsRedirects(subject))
      return left({
        _tag: 'DeliveryUnknown',
        reason: network('ERR_REDIRECT_FOLLOWED'),
        recovered: recoveredElsewhere,
      })
    return subject.engine === 'browser'
      ? left({ _tag: 'HttpStatusError', httpStatus: 0, recovered: [] })
      : left({
          _tag: 'HttpStatusError',
          httpStatus: status,
          redirectOrigin: elsewhere.url,
          recovered: [],
        })
  }

const redirects: ReadonlyArray<TransportCase> = [
  served(
    'Redirects',
    'a redirect to itself',
    { _tag: 'RedirectLoop' },
    subject => {
      if (followsRedirects(subject)) return deliveryUnknown()(subject)
      return left({ _tag: 'HttpStatusError', httpStatus: subject.engine === 'browser' ? 0 : 302 })
    },
    { arrivals: subject => (followsRedirects(subject) ? 'anyNumber' : 'atMostOnce') },
  ),
  ...[301, 302, 303, 307, 308].map((status): TransportCase => ({
    group: 'Redirects',
    name: `${String(status)} to another origin`,
    prepare: async (emulator, elsewhere) => ({
      url: emulator.serve({
        fault: { _tag: 'RedirectElsewhere', location: `${elsewhere.url}/login?next=1`, status },
      }),
      ...form('SecretId=AKIDdoNotFollow'),
    }),
    expected: redirected(status),
    arrivedElsewhere: subject =>
      followsRedirects(subject) ? [{ method: status < 307 ? 'GET' : 'POST', path: '/login' }] : [],
  })),
  {
    group: 'Redirects',
    name: '302 to another origin, which accepts',
    prepare: async (emulator, elsewhere) => ({
      url: emulator.serve({
        fault: { _tag: 'RedirectElsewhere', location: elsewhere.serve({ body: acceptedBody }) },
      }),
    }),
    expected: redirected(302, onlyRecovered),
    arrivedElsewhere: subject => (followsRedirects(subject) ? [{ method: 'GET' }] : []),
  },
]

export const transportCases: ReadonlyArray<TransportCase> = [
  ...neverSent,
  ...broken,
  ...onceBroken,
  ...slow,
  ...framing,
  ...compressed,
  ...large,
  ...substitutes,
  ...redirects,
]
