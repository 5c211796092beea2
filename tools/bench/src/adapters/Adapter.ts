/**
 * A client of ours, and what it is made of.
 */
export interface Adapter {
  readonly name: string
  /** What is used alone. */
  readonly bareName: string
  readonly ordinary: Pair
  readonly batch: Pair
}

export interface Pair {
  readonly ours: Request
  readonly bare: Request
}

/** Sends a request to the URL, and returns its result. */
export type Request = (url: string) => Promise<unknown>
