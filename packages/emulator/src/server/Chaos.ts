/**
 * Faults at random.
 *
 * @since 0.1.0
 */
import type { Fault } from '../faults/Fault.js'
import { guardOption } from './guardOption.js'

/**
 * How often the API's endpoint goes wrong, and how.
 *
 * @example
 * import { type Chaos, startEmulator } from '@task-outcome/emulator'
 *
 * // the same faults in every run: a generator that begins with 1
 * let seed = 1
 * const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647
 *
 * const chaos: Chaos = {
 *   rate: 0.1,
 *   random,
 *   faults: [{ _tag: 'Reset', at: 'withinBody' }, { _tag: 'GatewayPage' }],
 * }
 * const emulator = await startEmulator({ chaos })
 *
 * @category model
 * @since 0.1.0
 */
export interface Chaos {
  /** The part of the requests that meet a fault: from 0, none, to 1, all. */
  readonly rate: number
  /** A number from 0 up to, not including, 1. Called once for each request, and once more to choose its fault. */
  readonly random: () => number
  /** Each is as likely as the others. */
  readonly faults: readonly [Fault, ...Fault[]]
}

/**
 * The fault that the next request meets.
 *
 * @internal
 */
export const drawFault = (chaos: Chaos): Fault | undefined => {
  const random = guardOption('chaos.random', chaos.random)
  return random() < chaos.rate ? chaos.faults[Math.floor(random() * chaos.faults.length)] : undefined
}
