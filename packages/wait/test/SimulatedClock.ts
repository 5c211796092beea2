/**
 * A clock that is paused until `run`, and then jumps from one event to the next.
 */
import { Heap } from 'heap-js'
import type { Clock } from '../src/clock/Clock.js'

interface Timer {
  readonly atMs: number
  readonly order: number
  readonly run: () => void
}

export class SimulatedClock implements Clock {
  private time = 0
  private order = 0
  private readonly timers = new Heap<Timer>((a, b) => a.atMs - b.atMs || a.order - b.order)
  private readonly waiting = new Set<Timer>()

  readonly now = (): number => this.time

  readonly after = (delayMs: number, run: () => void): (() => void) => {
    const timer = { atMs: this.time + Math.max(0, delayMs), order: this.order++, run }
    this.timers.push(timer)
    this.waiting.add(timer)
    return () => void this.waiting.delete(timer)
  }

  readonly sleep = (delayMs: number): Promise<void> =>
    new Promise(resolve => {
      this.after(delayMs, resolve)
    })

  /** Runs until no timer is left, and returns the result of the promise. */
  readonly run = async <A>(promise: Promise<A>): Promise<A> => {
    let result: { readonly value: A } | undefined
    void promise.then(value => (result = { value }))
    for (;;) {
      await everythingSettled()
      const timer = this.timers.pop()
      if (timer === undefined) break
      if (!this.waiting.delete(timer)) continue
      this.time = timer.atMs
      timer.run()
    }
    if (result === undefined) throw new Error('Nothing is left to happen, and the promise is still pending')
    return result.value
  }

  /** Timers that were neither called nor cancelled. */
  readonly pending = (): number => this.waiting.size
}

/** Waits until every promise that can be fulfilled is. */
const everythingSettled = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
