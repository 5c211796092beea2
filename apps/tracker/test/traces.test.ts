// Spans with the official SDK, which keeps them in memory; and as a process exports them.

import { mkdtempSync, rmSync } from 'node:fs'
import { type IncomingMessage, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SpanKind, SpanStatusCode, context, propagation, trace } from '@opentelemetry/api'
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node'
import { startEmulator } from '@task-outcome/emulator'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { makeToken } from '../src/access/makeToken.js'
import { startProcess, urlOf } from './startProcess.js'
import { type Trial, eventually, startTrial, tokens } from './startTrial.js'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const traceparent = `00-${traceId}-b7ad6b7169203331-01`
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

/** A server that keeps the requests that it receives. */
const startReceiver = async (status: () => number) => {
  const received: Array<{ readonly url: string; readonly request: IncomingMessage; readonly body: Buffer }> =
    []
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => void pieces.push(piece))
    request.on('end', () => {
      received.push({ url: request.url ?? '', request, body: Buffer.concat(pieces) })
      response.writeHead(status()).end()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    received,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

// It comes first: a tracer keeps the SDK that it has found once.
test('without an SDK, the traceparent of the caller is stored as it is', async () => {
  const trial = await startTrial()
  onTestFinished(() => trial.stop())
  const body = { account: 'main', key: 'k', action: 'cvm.StartInstances', parameters: { InstanceIds: ['i'] } }
  const submitted = await trial.call('POST', '/submissions', { body, headers: { traceparent } })
  expect(await submitted.json()).toMatchObject({ traceparent })
  const invalid = await trial.call('POST', '/submissions', {
    body: { ...body, key: 'other' },
    headers: { traceparent: 'a secret' },
  })
  expect(invalid.status).toBe(200)
  expect(await invalid.json()).not.toHaveProperty('traceparent')
})

describe('with an SDK, a trace', () => {
  const exporter = new InMemorySpanExporter()
  let trial: Trial
  let receiver: Awaited<ReturnType<typeof startReceiver>>
  const statuses: number[] = []
  beforeAll(async () => {
    new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register()
    receiver = await startReceiver(() => statuses.shift() ?? 204)
    trial = await startTrial(
      {},
      {
        TRACKER_WEBHOOKS: JSON.stringify([
          { name: 'ends', url: `${receiver.url}/path-secret`, secret, accounts: ['main'] },
        ]),
        TRACKER_WEBHOOK_NETWORKS: '127.0.0.1/32',
      },
    )
  })
  afterAll(async () => {
    await trial.stop()
    receiver.close()
    trace.disable()
    context.disable()
    propagation.disable()
  })

  const submit = (account: string, key: string, headers: Record<string, string> = {}): Promise<Response> =>
    trial.call('POST', '/submissions', {
      headers,
      body: { account, key, action: 'cvm.StartInstances', parameters: { InstanceIds: ['ins-1'] } },
    })

  /** The spans so far with a name, when there are that many. */
  const spans = (name: string, count = 1): Promise<ReadonlyArray<ReadableSpan>> =>
    eventually(async () => {
      const found = exporter.getFinishedSpans().filter(span => span.name === name)
      return found.length >= count ? found : undefined
    })

  test('goes from the caller over the request to the submission; queries and deliveries link to that', async () => {
    statuses.push(503)
    const response = await submit('main', 'a secret key', { traceparent })
    expect(response.status).toBe(200)
    const record = (await response.json()) as { readonly id: string; readonly traceparent: string }

    const [request] = await spans('POST /submissions')
    expect(request).toMatchObject({
      kind: SpanKind.SERVER,
      parentSpanContext: { traceId, spanId: 'b7ad6b7169203331' },
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/submissions',
        'http.response.status_code': 200,
        'url.scheme': 'http',
      },
    })
    const [submission] = await spans('submit cvm.StartInstances')
    expect(submission).toMatchObject({
      kind: SpanKind.PRODUCER,
      parentSpanContext: { traceId, spanId: request?.spanContext().spanId },
      status: { code: SpanStatusCode.UNSET },
      links: [],
      attributes: {
        'messaging.system': 'task_outcome',
        'messaging.operation.name': 'submit',
        'messaging.operation.type': 'send',
        'messaging.destination.name': 'cvm.StartInstances',
        'messaging.message.id': record.id,
        'task_outcome.account': 'main',
        'task_outcome.submission.state': 'Accepted',
      },
    })
    const own = submission?.spanContext()
    expect(record.traceparent).toBe(`00-${traceId}-${own?.spanId}-01`)

    const links = [{ context: { traceId, spanId: own?.spanId, traceFlags: 1, isRemote: true } }]
    const [query] = await spans('query cvm.StartInstances')
    expect(query).toMatchObject({
      kind: SpanKind.CLIENT,
      links,
      attributes: { 'messaging.operation.type': 'receive', 'task_outcome.account': 'main' },
    })
    const [failed, delivered] = await spans('deliver ends', 2)
    expect(failed).toMatchObject({
      links,
      status: { code: SpanStatusCode.ERROR, message: 'HTTP status 503' },
      attributes: { 'error.type': '503', 'http.response.status_code': 503, 'http.request.method': 'POST' },
    })
    expect(delivered).toMatchObject({
      kind: SpanKind.PRODUCER,
      links,
      status: { code: SpanStatusCode.UNSET },
      attributes: { 'messaging.destination.name': 'ends', 'messaging.operation.type': 'send' },
    })
    for (const span of [query, failed, delivered]) {
      expect(span?.parentSpanContext).toBeUndefined()
      expect(span?.spanContext().traceId).not.toBe(traceId)
    }
    const { traceId: id, spanId } = delivered?.spanContext() ?? {}
    expect(receiver.received.at(-1)?.request.headers.traceparent).toBe(`00-${id}-${spanId}-01`)
    expect(JSON.parse(receiver.received.at(-1)?.body.toString() ?? '')).toMatchObject({
      data: { task: { traceparent: record.traceparent } },
    })
  })

  test('of a request with a known key links to the submission', async () => {
    const first = (await (await submit('other', 'again')).json()) as { readonly traceparent: string }
    exporter.reset()
    expect(await (await submit('other', 'again', { traceparent })).json()).toMatchObject(first)
    const [span] = await spans('submit cvm.StartInstances')
    const [, id, spanId] = first.traceparent.split('-')
    expect(span?.links).toMatchObject([{ context: { traceId: id, spanId } }])
  })

  test.for([
    ['unsure', 'InDoubt'],
    ['offline', 'NotSent'],
  ] as const)('of the account %s says that the submission is %s', async ([account, state]) => {
    exporter.reset()
    expect((await submit(account, 'k')).status).toBe(502)
    const attributes = { 'error.type': state, 'task_outcome.submission.state': state }
    const status = { code: SpanStatusCode.ERROR }
    expect(await spans('submit cvm.StartInstances')).toMatchObject([{ status, attributes }])
    expect(await spans('POST /submissions')).toMatchObject([{ status, attributes: { 'error.type': '502' } }])
  })

  test('of a key that is taken says so', async () => {
    exporter.reset()
    await submit('other', 'taken')
    const body = { account: 'other', key: 'taken', action: 'cvm.StopInstances' }
    const parameters = { InstanceIds: ['ins-1'] }
    expect((await trial.call('POST', '/submissions', { body: { ...body, parameters } })).status).toBe(409)
    expect(await spans('submit cvm.StopInstances')).toMatchObject([
      { attributes: { 'error.type': 'KeyTaken' } },
    ])
  })

  test('has no secret, and health, readiness and metrics have none', async () => {
    exporter.reset()
    for (const path of ['/health', '/ready', '/metrics', '/nothing', '/tasks?key=a-secret'])
      await trial.call('GET', path)
    await spans('GET /tasks')
    await submit('main', 'another secret key')
    await spans('query cvm.StartInstances')
    await spans('deliver ends')
    const found = exporter.getFinishedSpans()
    expect(found.map(({ name }) => name)).not.toContain('GET /health')
    expect(found.map(({ name }) => name).filter(name => name.startsWith('GET'))).toStrictEqual(['GET /tasks'])
    const text = JSON.stringify(
      found.map(({ name, attributes, events, links, status }) => [name, attributes, events, links, status]),
    )
    expect(text).not.toMatch(/secret|AKIDEXAMPLE|whsec_|127\.0\.0\.1|ins-1/)
    for (const token of Object.values(tokens)) expect(text).not.toContain(token)
  })
})

describe('a process', () => {
  const start = async (environment: Readonly<Record<string, string>>) => {
    const emulator = await startEmulator({ credentials: [{ secretId: 'AKID', secretKey: 'secret text' }] })
    const folder = mkdtempSync(join(tmpdir(), 'tracker-traces-'))
    onTestFinished(async () => {
      await emulator.close()
      rmSync(folder, { recursive: true, force: true })
    })
    const { token, entry } = makeToken('main')
    const started = startProcess([], {
      TRACKER_FOLDER: join(folder, 'db'),
      TRACKER_PORT: '0',
      TRACKER_TOKENS: JSON.stringify([entry]),
      TRACKER_ACCOUNTS: JSON.stringify({
        main: {
          credentials: { secretId: 'AKID', secretKey: 'secret text' },
          services: ['cvm'],
          endpoint: emulator.url,
          region: 'ap-guangzhou',
        },
      }),
      ...environment,
    })
    const url = await urlOf(started)
    const submitted = await fetch(`${url}/submissions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', traceparent },
      body: JSON.stringify({
        account: 'main',
        key: 'a secret key',
        action: 'cvm.StartInstances',
        parameters: { InstanceIds: ['ins-1'] },
      }),
    })
    expect(submitted.status).toBe(200)
    started.child.kill('SIGTERM')
    expect(await started.ended).toBe(0)
    return { ...started, token }
  }

  test('exports its spans to a collector before it stops, as JSON', async () => {
    const collector = await startReceiver(() => 200)
    onTestFinished(collector.close)
    await start({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
    })
    interface Exported {
      readonly resourceSpans: ReadonlyArray<{
        readonly resource: { readonly attributes: ReadonlyArray<{ readonly key: string }> }
        readonly scopeSpans: ReadonlyArray<{ readonly spans: ReadonlyArray<Record<string, unknown>> }>
      }>
    }
    const exported = collector.received.flatMap(
      ({ body }) => (JSON.parse(body.toString()) as Exported).resourceSpans,
    )
    expect(collector.received[0]?.url).toBe('/v1/traces')
    const attributes = exported[0]?.resource.attributes
    expect(attributes).toContainEqual({ key: 'service.name', value: { stringValue: 'task-outcome-tracker' } })
    expect(attributes).toContainEqual({ key: 'deployment.environment.name', value: { stringValue: 'test' } })
    const found = exported.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
    expect(found).toContainEqual(
      expect.objectContaining({ name: 'POST /submissions', traceId, parentSpanId: 'b7ad6b7169203331' }),
    )
    expect(found).toContainEqual(expect.objectContaining({ name: 'submit cvm.StartInstances', traceId }))
  })

  test('exports protobuf by default, with the headers and to the URL that it is given, and without secrets', async () => {
    const collector = await startReceiver(() => 200)
    onTestFinished(collector.close)
    const { token } = await start({
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/elsewhere`,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=abc',
      OTEL_SERVICE_NAME: 'my-tracker',
    })
    const [first] = collector.received
    expect(first?.url).toBe('/elsewhere')
    expect(first?.request.headers).toMatchObject({ 'content-type': 'application/x-protobuf', 'x-key': 'abc' })
    const bytes = Buffer.concat(collector.received.map(({ body }) => body))
    expect(bytes.includes('submit cvm.StartInstances')).toBe(true)
    expect(bytes.includes('my-tracker')).toBe(true)
    expect(bytes.includes(Buffer.from(traceId, 'hex'))).toBe(true)
    for (const text of ['secret', 'AKID', token, 'ins-1']) expect(bytes.includes(text)).toBe(false)
  })

  test('goes on without a collector, and logs that nothing is exported', async () => {
    const collector = await startReceiver(() => 400)
    onTestFinished(collector.close)
    const { out } = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })
    expect(collector.received.length).toBeGreaterThan(0)
    expect(out()).toContain('the export of traces has a problem')
  })

  test.for([{ OTEL_TRACES_EXPORTER: 'none' }, { OTEL_SDK_DISABLED: 'true' }])(
    'exports nothing with %j',
    async more => {
      const collector = await startReceiver(() => 200)
      onTestFinished(collector.close)
      await start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...more })
      expect(collector.received).toStrictEqual([])
    },
  )

  test('does not start with a protocol that it does not have', async () => {
    const started = startProcess([], {
      TRACKER_TOKENS: JSON.stringify([makeToken('main').entry]),
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4317',
    })
    expect(await started.ended).toBe(1)
    expect(started.error()).toContain(
      'OTEL_EXPORTER_OTLP_PROTOCOL: expected one of: http/protobuf, http/json',
    )
    expect(started.error()).toContain('OTEL_EXPORTER_OTLP_ENDPOINT: expected a URL such as')
    expect(started.error()).not.toContain('4317')
  })
})
