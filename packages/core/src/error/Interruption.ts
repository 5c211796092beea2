/**
 * @since 0.1.0
 */
import * as t from 'io-ts'
import { struct } from '../codec/struct.js'

/**
 * Why an exchange ended without an answer:
 * - `TimedOut`: a time limit ran out, after `timeoutMs` milliseconds where that is known;
 * - `Aborted`: the caller's `AbortSignal`, with the name and the message of its reason;
 * - `NetworkFailed`: the network, the runtime or the client, with its code (`ECONNRESET`) where it has one.
 *
 * @category model
 * @since 0.1.0
 */
export type Interruption =
  | { readonly _tag: 'TimedOut'; readonly timeoutMs?: number }
  | { readonly _tag: 'Aborted'; readonly name: string; readonly message: string }
  | { readonly _tag: 'NetworkFailed'; readonly code?: string }

/**
 * @category codecs
 * @since 0.1.0
 */
export const Interruption: t.Type<Interruption> = t.union(
  [
    struct('TimedOut', { _tag: t.literal('TimedOut') }, { timeoutMs: t.number }),
    t.type({ _tag: t.literal('Aborted'), name: t.string, message: t.string }),
    struct('NetworkFailed', { _tag: t.literal('NetworkFailed') }, { code: t.string }),
  ],
  'Interruption',
)
