/**
 * A client that sends again, and what one outcome must say of all its sends.
 */
import type { StubResponse } from '@task-outcome/emulator'
import type { Expected, PlainRequest, Subject } from './Subject.js'

/** What happens to a request: its connection is refused, or it gets a response, with or without a fault. */
export type Met = 'refused' | StubResponse

export interface ResendingCase {
  /** A sentence that states the rule. */
  readonly name: string
  readonly operation: PlainRequest['operation']
  /** What each send meets, in order. The client sends as many times and no more. */
  readonly sends: readonly [Met, ...Met[]]
  /** What the result must have, see `toMatchObject`. */
  readonly expected: (subject: Subject) => Expected
}
