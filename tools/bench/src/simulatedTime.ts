/**
 * Time that jumps from one timer to the next, for everything in this process.
 */
import { install } from '@sinonjs/fake-timers'
import { makeRandom } from './random.js'

/**
 * Runs under a clock that begins at 0, until the promise is settled. `Math.random` is a seeded one for as long, so that the
 * same seed gives the same run.
 */
export const inSimulatedTime = async <A>(seed: number, run: () => Promise<A>): Promise<A> => {
  const { random } = Math
  const clock = install({ now: 0, toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
  Math.random = makeRandom(seed)
  try {
    let isSettled = false as boolean // not narrowed: a callback changes it
    const result = run().finally(() => (isSettled = true))
    result.catch(() => undefined) // it is looked at below
    for (;;) {
      await everythingSettled()
      if (isSettled) return await result
      if (clock.countTimers() === 0)
        throw new Error('Nothing is left to happen, and the run is not at its end')
      // All timers of a moment in one turn of the event loop, as thousands go off together; and not by the methods that tick,
      // as each of those looks through all timers that there are.
      do clock.next()
      while (clock.timerHeap?.peek()?.callAt === clock.now)
    }
  } finally {
    clock.uninstall()
    Math.random = random
  }
}

/** Lets so much simulated time pass. */
export const sleep = (delayMs: number): Promise<void> =>
  new Promise(resolve => {
    setTimeout(resolve, delayMs)
  })

/** Every promise that can be fulfilled now has been: `setImmediate` stays the real one. */
const everythingSettled = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
