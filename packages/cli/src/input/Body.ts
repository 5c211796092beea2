/**
 * A response body that was found in the input.
 *
 * @internal
 */
import type { ResponseHead } from '@task-outcome/core/adapter'

export interface Body {
  /** Where it was found, such as `line 3`; `''` if the input is the body. */
  readonly source: string
  /** The bytes, so that invalid UTF-8 is noticed, or the text if it was part of a text. */
  readonly content: string | Uint8Array
  /** The HTTP status and what else the input has of the head. */
  readonly head?: ResponseHead
  /** The text that the body is part of, so that a position in the body can be given as one of the file. */
  readonly within?: { readonly text: string; readonly offset: number }
}

/** The bodies of an input, and what was done to find them. */
export interface Bodies {
  readonly bodies: ReadonlyArray<Body>
  /** What people must know to trust the result, such as that text around the body was skipped. */
  readonly notes: ReadonlyArray<string>
  /** Whether the end of the input is missing, with what else was in it. */
  readonly isCutOff?: boolean
}
