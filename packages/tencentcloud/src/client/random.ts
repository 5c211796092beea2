/**
 * Random numbers of requests.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { bytesToHex } from '../request/hash.js'
import { type RequestIssue, issueAt } from '../request/RequestIssue.js'
import { ignoreRejection } from './ignoreErrors.js'

/**
 * Returns that many random bytes.
 *
 * @category model
 * @since 0.1.0
 */
export type RandomBytes = (byteCount: number) => Uint8Array

/** @internal */
export const systemRandom: RandomBytes = byteCount => crypto.getRandomValues(new Uint8Array(byteCount))

/**
 * Makes a nonce of 31 random bits, from 1 to 2^31 - 1.
 *
 * @internal
 */
export const makeNonce = (random: RandomBytes): E.Either<RequestIssue, number> =>
  pipe(
    readBytes(random, 4),
    E.map(([a = 0, b = 0, c = 0, d = 0]) => ((a & 0x7f) << 24) | (b << 16) | (c << 8) | d || 1),
  )

/**
 * Makes a `ClientToken` of 128 random bits.
 *
 * @internal
 */
export const makeClientToken = (random: RandomBytes): E.Either<RequestIssue, string> =>
  pipe(readBytes(random, 16), E.map(bytesToHex))

/** With too few bytes a token can be empty, or the same for two tasks. */
const readBytes = (random: RandomBytes, byteCount: number): E.Either<RequestIssue, Uint8Array> => {
  const bytes: unknown = random(byteCount)
  if (ArrayBuffer.isView(bytes) && bytes.byteLength >= byteCount)
    return E.right(new Uint8Array(bytes.buffer, bytes.byteOffset, byteCount))
  ignoreRejection(bytes)
  return E.left(issueAt(`expected a function that returns ${byteCount} bytes`, 'random'))
}
