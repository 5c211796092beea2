/**
 * A way in which an exchange can go wrong, and what it must become.
 */
import type { TaskError } from '@task-outcome/core'
import type { Emulator } from '@task-outcome/emulator'
import type { PlainRequest, Subject } from './Subject.js'

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
  /** What the result must have, see `toMatchObject`. */
  readonly expected: (subject: Subject, elsewhere: Emulator) => Expected
  /** Whether another server must have got nothing. */
  readonly nothingElsewhere?: boolean
}

export type Expected =
  | { readonly _tag: 'Right'; readonly right: object }
  | { readonly _tag: 'Left'; readonly left: Partial<TaskError> | object }
