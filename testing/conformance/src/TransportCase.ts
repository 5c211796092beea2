/**
 * A fault of an exchange, and the expected result.
 */
import type { Emulator, RecordedRequest } from '@task-outcome/emulator'
import type { Expected, PlainRequest, Subject } from './Subject.js'

/** The connection of the request: a new one, or one that was already used for a successful exchange. */
export type ConnectionUse = 'fresh' | 'reused'

/** How often the server gets the request. `twice`: the engine below the client retries on its own. */
export type Arrivals = 'atMostOnce' | 'twice' | 'anyNumber'

export interface TransportCase {
  /** The row in the table of faults. */
  readonly name: string
  readonly group: string
  /** Sets up the fault and returns the request. */
  readonly prepare: (
    emulator: Emulator,
    elsewhere: Emulator,
  ) => Promise<Partial<PlainRequest> & { readonly url: string }>
  /** Aborts once the request has arrived. */
  readonly abortsUnderWay?: boolean
  /** The subjects that it applies to. Default: all. A client that can't stop reading gets no endless body. */
  readonly appliesTo?: (subject: Subject) => boolean
  /** Whether no connection is made, so that none can be reused and the case runs only once. */
  readonly neverConnects?: boolean
  /** The properties that the result must have; see `toMatchObject`. */
  readonly expected: (subject: Subject, elsewhere: Emulator, connection: ConnectionUse) => Expected
  /** The requests that must have arrived at the other server, and no others. */
  readonly arrivedElsewhere?: (subject: Subject) => ReadonlyArray<Partial<RecordedRequest>>
  /** Default: `atMostOnce`. */
  readonly arrivals?: (subject: Subject, connection: ConnectionUse) => Arrivals
}
