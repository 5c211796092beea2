/**
 * A way in which an exchange can go wrong, and what it must become.
 */
import type { Emulator, RecordedRequest } from '@task-outcome/emulator'
import type { Expected, PlainRequest, Subject } from './Subject.js'

export interface TransportCase {
  /** As it stands in the table of faults. */
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
  /** What the result must have, see `toMatchObject`. */
  readonly expected: (subject: Subject, elsewhere: Emulator) => Expected
  /** The requests that must have arrived at the other server, and no others. */
  readonly arrivedElsewhere?: (subject: Subject) => ReadonlyArray<Partial<RecordedRequest>>
  /** Whether the same request may have arrived more than once. */
  readonly arrivesAgain?: (subject: Subject) => boolean
}
