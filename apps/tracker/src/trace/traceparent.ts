/**
 * Contexts of spans as the header `traceparent` of W3C Trace Context.
 */
import { type Link, type SpanContext, isSpanContextValid } from '@opentelemetry/api'

/** Writes the context of a span; returns `undefined` for that of a span that is not recorded anywhere. */
export const showTraceparent = (spanContext: SpanContext): string | undefined => {
  const { traceId, spanId, traceFlags } = spanContext
  if (!isSpanContextValid(spanContext)) return undefined
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
}

/** Makes a link to each submission, by the `traceparent` that the tracker has stored and has checked before. */
export const linksTo = (traceparents: ReadonlyArray<string | undefined>): Link[] =>
  [...new Set(traceparents)].flatMap(traceparent => {
    const [, traceId, spanId, flags] = traceparent?.split('-') ?? []
    return traceId === undefined || spanId === undefined || flags === undefined
      ? []
      : [{ context: { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true } }]
  })
