/**
 * The spans of the service. Names and attributes follow the semantic conventions of OpenTelemetry for messaging and HTTP; those of
 * the tracker begin with `task_outcome`. None has a secret: no URL, header, key, parameter or body.
 *
 * Without an SDK, which `startExport` registers, these spans do nothing.
 */
import {
  type Attributes,
  type Context,
  type Span,
  SpanKind,
  SpanStatusCode,
  context,
  propagation,
  trace,
} from '@opentelemetry/api'
import type { AroundQuery, FeedItem, Submission, TrackError } from '@task-outcome/tracker'
import * as E from 'fp-ts/lib/Either.js'
import { linksTo, showTraceparent } from './traceparent.js'

const tracer = trace.getTracer('task-outcome-tracker')

const fail = (span: Span, type: string, message?: string): void => {
  span.setAttribute('error.type', type)
  span.setStatus(
    message === undefined ? { code: SpanStatusCode.ERROR } : { code: SpanStatusCode.ERROR, message },
  )
}

const messaging = (operation: string, type: 'send' | 'receive', destination: string): Attributes => ({
  'messaging.system': 'task_outcome',
  'messaging.operation.name': operation,
  'messaging.operation.type': type,
  'messaging.destination.name': destination,
})

// -------------------------------------------------------------------------------------
// requests of callers
// -------------------------------------------------------------------------------------

/** Where a request is in a trace. */
export interface RequestTrace {
  readonly context: Context
  /** Ends the span of the request. */
  readonly end: (status: number) => void
}

/** Starts the span of a request to a route, in the trace of the caller if it sent a `traceparent`. */
export const traceRequest = (
  headers: Readonly<Record<string, unknown>>,
  method: string,
  route: string,
): RequestTrace => {
  const parent = propagation.extract(context.active(), headers)
  const span = tracer.startSpan(
    `${method} ${route}`,
    {
      kind: SpanKind.SERVER,
      attributes: {
        'http.request.method': method,
        'url.scheme': 'http',
        'http.route': route,
      },
    },
    parent,
  )
  return {
    context: trace.setSpan(parent, span),
    end: status => {
      span.setAttribute('http.response.status_code', status)
      if (status >= 500) fail(span, String(status))
      span.end()
    },
  }
}

// -------------------------------------------------------------------------------------
// submissions
// -------------------------------------------------------------------------------------

/**
 * Runs `track` as a span of the trace of a request, with the `traceparent` to store: that of the span, and without an SDK that of the
 * caller.
 */
export const traceSubmission = (
  request: RequestTrace | undefined,
  header: unknown,
  { account, action }: { readonly account: string; readonly action: string },
  track: (traceparent: string | undefined) => Promise<E.Either<TrackError, Submission>>,
): Promise<E.Either<TrackError, Submission>> => {
  const attributes = { ...messaging('submit', 'send', action), 'task_outcome.account': account }
  const options = { kind: SpanKind.PRODUCER, attributes }
  return tracer.startActiveSpan(
    `submit ${action}`,
    options,
    request?.context ?? context.active(),
    async span => {
      const own = showTraceparent(span.spanContext())
      const traceparent = own ?? (typeof header === 'string' ? header : undefined)
      const tracked = await track(traceparent)
      if (E.isLeft(tracked)) fail(span, tracked.left._tag)
      else {
        const { id, _tag: state, traceparent: stored } = tracked.right
        span.setAttributes({ 'messaging.message.id': id, 'task_outcome.submission.state': state })
        if (state === 'Rejected' || state === 'NotSent' || state === 'InDoubt') fail(span, state)
        // The key was sent by an earlier request.
        if (stored !== traceparent) span.addLinks(linksTo([stored]))
      }
      span.end()
      return tracked
    },
  )
}

// -------------------------------------------------------------------------------------
// queries and deliveries
// -------------------------------------------------------------------------------------

/** Runs a query of a worker as a trace of its own, linked to the submissions of its tasks. */
export const traceQuery: AroundQuery = ({ account, action, tasks }, run) => {
  const [first, ...others] = tasks
  const options = {
    kind: SpanKind.CLIENT,
    root: true,
    links: linksTo(tasks.map(({ traceparent }) => traceparent)),
    attributes: {
      ...messaging('query', 'receive', action),
      'task_outcome.account': account,
      ...(first !== undefined && others.length === 0
        ? { 'messaging.message.id': first.id }
        : { 'messaging.batch.message_count': tasks.length }),
    },
  }
  return tracer.startActiveSpan(`query ${action}`, options, async span => {
    const error = await run()
    if (error !== undefined) fail(span, error._tag)
    span.end()
  })
}

/**
 * Runs the delivery of an end to a webhook as a trace of its own, linked to the submission of the task. `post` is given the headers
 * with which the receiver can continue the trace.
 */
export const traceDelivery = (
  webhook: string,
  messageId: string,
  { task }: FeedItem,
  post: (headers: Readonly<Record<string, string>>) => Promise<E.Either<string, void>>,
): Promise<E.Either<string, void>> => {
  const options = {
    kind: SpanKind.PRODUCER,
    root: true,
    links: linksTo([task.traceparent]),
    attributes: {
      ...messaging('deliver', 'send', webhook),
      'messaging.message.id': messageId,
      'task_outcome.account': task.account,
      'http.request.method': 'POST',
    },
  }
  return tracer.startActiveSpan(`deliver ${webhook}`, options, async span => {
    const headers: Record<string, string> = {}
    propagation.inject(context.active(), headers)
    const posted = await post(headers)
    if (E.isLeft(posted)) {
      const [, status] = /^HTTP status (\d+)$/.exec(posted.left) ?? []
      if (status !== undefined) span.setAttribute('http.response.status_code', Number(status))
      fail(span, status ?? '_OTHER', posted.left)
    }
    span.end()
    return posted
  })
}
