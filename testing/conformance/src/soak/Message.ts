/**
 * What the process that submits and the one that watches it tell each other.
 */

/** To the one that submits: go. */
export interface Round {
  readonly _tag: 'Round'
  readonly endpoint: string
  readonly submissions: number
}

/** From the one that submits, when every submission has ended. */
export interface Submitted {
  readonly _tag: 'Submitted'
  /** How many results there were of each kind. */
  readonly results: Readonly<Record<string, number>>
  readonly acceptedIds: ReadonlyArray<string>
  /** What promises were rejected with, which none may be. */
  readonly thrown: ReadonlyArray<string>
  readonly longestMs: number
}

/** To the one that submits: the server is gone, and every connection with it. */
export interface ServerClosed {
  readonly _tag: 'ServerClosed'
}

/** From the one that submits: what has stayed behind in it. */
export interface Remains {
  readonly _tag: 'Remains'
  /** On the signal that all submissions followed. */
  readonly listeners: number
  /** What keeps a process alive, see `process.getActiveResourcesInfo`. */
  readonly resources: ReadonlyArray<string>
  readonly heapBytes: number
  /** Memory of buffers, outside of the heap. */
  readonly bufferBytes: number
}
