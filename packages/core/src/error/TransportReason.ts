/**
 * @since 0.1.0
 */
import * as t from 'io-ts'
import { struct } from '../codec/struct.js'
import { messageOf, nameOf } from './thrown.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * A timeout expired.
 *
 * @category model
 * @since 0.1.0
 */
export interface TimedOut {
  readonly _tag: 'TimedOut'
  /** The timeout, in milliseconds. */
  readonly timeoutMs: number
}

/**
 * The caller's `AbortSignal` was aborted: the name and the message of its reason.
 *
 * @category model
 * @since 0.1.0
 */
export interface Aborted {
  readonly _tag: 'Aborted'
  /** The name of the signal's reason: `AbortError`, `TimeoutError`, or one that the caller chose. */
  readonly name: string
  readonly message: string
}

/**
 * The connection failed.
 *
 * @category model
 * @since 0.1.0
 */
export interface NetworkFailed {
  readonly _tag: 'NetworkFailed'
  /** The code that the system or the runtime reports, such as `ECONNRESET`. */
  readonly code: string
  /** The host and port that could not be reached, if the system reports them. They may be those of a proxy. */
  readonly address?: string
}

/**
 * The HTTP client, or a part of it such as an interceptor, threw: the name of what it threw and its code.
 *
 * @category model
 * @since 0.1.0
 */
export interface ClientFailed {
  readonly _tag: 'ClientFailed'
  /** The name of the thrown error. Its message is dropped, because it can contain a URL with secrets. */
  readonly name: string
  /** The code of the thrown error, if it has one. */
  readonly code?: string
}

/**
 * The call itself is wrong, so nothing was sent: a limit out of its range, or something else passed as a client.
 *
 * @category model
 * @since 0.1.0
 */
export interface Misused {
  readonly _tag: 'Misused'
  /** What is wrong and what is expected, such as `timeoutMs must be greater than 0`. */
  readonly message: string
}

/**
 * Why an exchange ended without a response.
 *
 * @category model
 * @since 0.1.0
 */
export type TransportReason = TimedOut | Aborted | NetworkFailed | ClientFailed | Misused

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * Describes an abort by the name and message of its reason. The reason itself is dropped, because it can hold anything.
 *
 * @example
 * import { aborted } from '@task-outcome/core/adapter'
 *
 * aborted(new Error('the user has left')) // { _tag: 'Aborted', name: 'Error', message: 'the user has left' }
 *
 * @category constructors
 * @since 0.1.0
 */
export const aborted = (reason: unknown): Aborted => ({
  _tag: 'Aborted',
  name: nameOf(reason),
  message: messageOf(reason),
})

/**
 * Describes what a client threw by its name. The message is dropped, because it can contain a URL with secrets.
 *
 * @example
 * import { clientFailed } from '@task-outcome/core/adapter'
 *
 * clientFailed(new TypeError('https://host/?SecretId=…')) // { _tag: 'ClientFailed', name: 'TypeError' }
 *
 * @category constructors
 * @since 0.1.0
 */
export const clientFailed = (thrown: unknown): ClientFailed => ({
  _tag: 'ClientFailed',
  name: nameOf(thrown),
})

/**
 * Describes a wrong call. Keep every part of the request out of the message.
 *
 * @example
 * import { misused } from '@task-outcome/core/adapter'
 *
 * misused('timeoutMs must be greater than 0') // { _tag: 'Misused', message: 'timeoutMs must be greater than 0' }
 *
 * @category constructors
 * @since 0.1.0
 */
export const misused = (message: string): Misused => ({ _tag: 'Misused', message })

// -------------------------------------------------------------------------------------
// codecs
// -------------------------------------------------------------------------------------

/**
 * The codec of a timeout.
 *
 * @category codecs
 * @since 0.1.0
 */
export const TimedOut: t.Type<TimedOut> = t.type(
  { _tag: t.literal('TimedOut'), timeoutMs: t.number },
  'TimedOut',
)

/**
 * The codec of an abort.
 *
 * @category codecs
 * @since 0.1.0
 */
export const Aborted: t.Type<Aborted> = t.type(
  { _tag: t.literal('Aborted'), name: t.string, message: t.string },
  'Aborted',
)

/**
 * The codec of the reason why an exchange failed.
 *
 * @category codecs
 * @since 0.1.0
 */
export const TransportReason: t.Type<TransportReason> = t.union(
  [
    TimedOut,
    Aborted,
    struct('NetworkFailed', { _tag: t.literal('NetworkFailed'), code: t.string }, { address: t.string }),
    struct('ClientFailed', { _tag: t.literal('ClientFailed'), name: t.string }, { code: t.string }),
    t.type({ _tag: t.literal('Misused'), message: t.string }),
  ],
  'TransportReason',
)
