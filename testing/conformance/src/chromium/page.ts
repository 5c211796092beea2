/**
 * The part of the suite that runs in a browser's page: it runs task clients there and returns their results as text.
 */
import type { PlainRequest, Running, Subject } from '../Subject.js'

export { abortReason, runClient, urlsInTurn } from '../Subject.js'
export type { ClientUnderTest, PlainRequest, Resending } from '../Subject.js'

/** How a page is driven from outside: with plain data only. */
export interface PageDriver {
  /** Returns the result as JSON, which, unlike a structured copy, keeps lone surrogates and a member named `__proto__`. */
  readonly run: (order: Order) => Promise<string>
  readonly abort: (id: number) => Promise<void>
}

export interface Order {
  /** By which it can be aborted. */
  readonly id: number
  readonly subject: string
  readonly request: PlainRequest
}

declare global {
  /** What a page has offered. */
  var conformance: PageDriver
}

/** Offers task clients to the suite, by the names of their subjects. */
export const offer = (subjects: Readonly<Record<string, Subject['run']>>): void => {
  const underWay = new Map<number, Running>()
  globalThis.conformance = {
    run: async ({ id, subject, request }) => {
      const run = subjects[subject]
      if (run === undefined) throw new Error(`The page does not offer ${subject}`)
      const running = run(request)
      underWay.set(id, running)
      return JSON.stringify(await running.result)
    },
    abort: async id => underWay.get(id)?.abort(),
  }
}
