/**
 * Random faults.
 *
 * @since 0.1.0
 */
import type { Fault } from '../faults/Fault.js'
import { guardOption } from './guardOption.js'

/**
 * How often the endpoint of the API injects a fault, and which.
 *
 * @example
 * import { type Chaos, startEmulator } from '@task-outcome/emulator'
 *
 * // a generator with a fixed seed, for the same faults in every run
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
  /** The fraction of requests with a fault, from 0 (none) to 1 (all). */
  readonly rate: number
  /** Returns a number of at least 0 and below 1. Called once for each request, and again to choose a fault. */
  readonly random: () => number
  /** The faults to choose from, each with the same probability. */
  readonly faults: readonly [Fault, ...Fault[]]
}

/**
 * Returns the fault of the next request, if any.
 *
 * @internal
 */
export const drawFault = (chaos: Chaos): Fault | undefined => {
  const random = guardOption('chaos.random', chaos.random)
  return random() < chaos.rate ? chaos.faults[Math.floor(random() * chaos.faults.length)] : undefined
}
