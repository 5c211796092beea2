/**
 * Random numbers of requests.
 *
 * @since 0.1.0
 */
import { bytesToHex } from '../request/hash.js'

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
export const makeNonce = (random: RandomBytes): number => {
  const [a = 0, b = 0, c = 0, d = 0] = random(4)
  return ((a & 0x7f) << 24) | (b << 16) | (c << 8) | d || 1
}

/**
 * Makes a `ClientToken` of 128 random bits.
 *
 * @internal
 */
export const makeClientToken = (random: RandomBytes): string => bytesToHex(random(16))
