/**
 * What is put in is taken out in the same order, by the first to ask or wait.
 *
 * @internal
 */
export class AsyncQueue<A> {
  private items: A[] = []
  private taken = 0
  private takers: Array<(result: IteratorResult<A, undefined>) => void> = []
  private closed = false

  get isClosed(): boolean {
    return this.closed
  }

  put(item: A): void {
    if (this.closed) return
    const taker = this.takers.shift()
    if (taker === undefined) this.items.push(item)
    else taker({ done: false, value: item })
  }

  take(): Promise<IteratorResult<A, undefined>> {
    if (this.taken < this.items.length) {
      const value = this.items[this.taken++] as A
      if (this.taken === this.items.length) this.forget()
      return Promise.resolve({ done: false, value })
    }
    if (this.closed) return Promise.resolve(nothingMore)
    return new Promise(resolve => this.takers.push(resolve))
  }

  /** Nothing more comes: what is there can still be taken. */
  close(): void {
    this.closed = true
    for (const taker of this.takers) taker(nothingMore)
    this.takers = []
  }

  /** Drops what was not taken. */
  closeAtOnce(): void {
    this.forget()
    this.close()
  }

  private forget(): void {
    this.items = []
    this.taken = 0
  }
}

const nothingMore = { done: true, value: undefined } as const
