/**
 * A way in which an exchange can go wrong, and what it must become.
 */
import type { Emulator, RecordedRequest } from '@task-outcome/emulator'
import type { Expected, PlainRequest, Subject } from './Subject.js'

/** The connection that carries the request: a new one, or one that has carried a sound exchange before. */
export type ConnectionUse = 'fresh' | 'reused'

/** How many times the server gets the request. `twice`: the engine below the client sends it again by itself. */
export type Arrivals = 'atMostOnce' | 'twice' | 'anyNumber'

export interface TransportCase {
  /** As it is in the table of faults. */
  readonly name: string
  readonly group: string
  /** Sets the fault up and says what to request. */
  readonly prepare: (
    emulator: Emulator,
    elsewhere: Emulator,
  ) => Promise<Partial<PlainRequest> & { readonly url: string }>
  /** Aborts once the request has arrived. */
  readonly abortsUnderWay?: boolean
  /** Whom it is for, if not for all: a client that can't be stopped is not fed without end. */
  readonly appliesTo?: (subject: Subject) => boolean
  /** Whether no connection is made, so that none can be reused: the case then runs once. */
  readonly neverConnects?: boolean
  /** What the result must have, see `toMatchObject`. */
  readonly expected: (subject: Subject, elsewhere: Emulator, connection: ConnectionUse) => Expected
  /** The requests that must have arrived at the other server, and no others. */
  readonly arrivedElsewhere?: (subject: Subject) => ReadonlyArray<Partial<RecordedRequest>>
  /** Default: `atMostOnce`. */
  readonly arrivals?: (subject: Subject, connection: ConnectionUse) => Arrivals
}
