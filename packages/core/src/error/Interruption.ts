/**
 * @since 0.1.0
 */
import * as t from 'io-ts'
import { struct } from '../codec/struct.js'

/**
 * Why an exchange ended without an answer:
 * - `TimedOut`: a time limit ran out, after `timeoutMs` milliseconds;
 * - `Aborted`: the caller's `AbortSignal`, with the name and the message of its reason;
 * - `NetworkFailed`: the connection, with the code that the system or the runtime gave (`ECONNRESET`);
 * - `ClientFailed`: the HTTP client or something in it, as an interceptor, with the name of what it threw and its code.
 *
 * @category model
 * @since 0.1.0
 */
export type Interruption =
  | { readonly _tag: 'TimedOut'; readonly timeoutMs: number }
  | { readonly _tag: 'Aborted'; readonly name: string; readonly message: string }
  | { readonly _tag: 'NetworkFailed'; readonly code: string }
  | { readonly _tag: 'ClientFailed'; readonly name: string; readonly code?: string }

/**
 * @category codecs
 * @since 0.1.0
 */
export const Interruption: t.Type<Interruption> = t.union(
  [
    t.type({ _tag: t.literal('TimedOut'), timeoutMs: t.number }),
    t.type({ _tag: t.literal('Aborted'), name: t.string, message: t.string }),
    t.type({ _tag: t.literal('NetworkFailed'), code: t.string }),
    struct('ClientFailed', { _tag: t.literal('ClientFailed'), name: t.string }, { code: t.string }),
  ],
  'Interruption',
)
