/**
 * What a page shows: plain data, which can be stored and sent.
 *
 * @since 0.1.0
 */
import * as t from 'io-ts'
import { type RowState, rowStates } from './RowState.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * Whether the same can be sent again:
 *
 * - `yes`: nothing was started, and it can help;
 * - `no`: a task was started, or the same would be rejected again;
 * - `look-first`: a task may be running: look up the task or the resource first;
 * - `unknown`: nothing was started, or the task has failed, and the code does not say whether it helps.
 *
 * @category model
 * @since 0.1.0
 */
export type SendAgain = 'yes' | 'no' | 'look-first' | 'unknown'

/**
 * What one submission of a resource led to.
 *
 * @category model
 * @since 0.1.0
 */
export interface PageRound {
  readonly state: RowState
  readonly code?: number | string | undefined
  /** The meaning of the code, or why the state is not known. */
  readonly reason: string
  /** The message of the API. */
  readonly message: string
  /** In milliseconds since 1970. */
  readonly atMs?: number | undefined
}

/**
 * What is known of one resource, or of one task if its resource is not known. Members that are `undefined` are not known.
 *
 * @category model
 * @since 0.1.0
 */
export interface PageRow {
  /** Which response it is from, such as `line 3`; empty if there is only one. */
  readonly source?: string | undefined
  readonly state: RowState
  readonly resource?: string | undefined
  /** The task id, with every digit. */
  readonly task?: string | undefined
  readonly code?: number | string | undefined
  /** The meaning of the code, or why the state is not known. */
  readonly reason: string
  /** The message of the API. */
  readonly message: string
  readonly again: SendAgain
  /** The entry of the resource, as it is in the response. */
  readonly entry?: string | undefined
  /** In milliseconds since 1970. */
  readonly submittedAtMs?: number | undefined
  /** In milliseconds since 1970. */
  readonly endedAtMs?: number | undefined
  /** What each submission of the resource led to, oldest first. The last one is the row itself. */
  readonly rounds?: ReadonlyArray<PageRound> | undefined
}

/**
 * What is wrong at one place of a response.
 *
 * @category model
 * @since 0.1.0
 */
export interface PageIssue {
  readonly message: string
  /** The JSON Pointer to the value, if the response could be parsed. */
  readonly pointer?: string | undefined
  /** From 1; `undefined` if the text of the response is not known. */
  readonly line?: number | undefined
  /** From 1, in UTF-16 code units. */
  readonly column?: number | undefined
  /** Two lines: the text around the place, and a caret below it. */
  readonly excerpt?: string | undefined
}

/**
 * A task id that could be read of a broken response.
 *
 * @category model
 * @since 0.1.0
 */
export interface PageRecoveredTask {
  readonly task: string
  readonly resource?: string | undefined
  readonly code?: number | string | undefined
}

/**
 * A response that has no outcome, and why.
 *
 * @category model
 * @since 0.1.0
 */
export interface PageResponse {
  /** Which response it is, such as `line 3`; empty if there is only one. */
  readonly source: string
  /** What happened and what to do, in a sentence. */
  readonly error: string
  readonly issues: ReadonlyArray<PageIssue>
  readonly recovered: ReadonlyArray<PageRecoveredTask>
  /** The text of the response, or its beginning. */
  readonly text?: string | undefined
}

/**
 * What a page shows: every resource, how it stands, and each response that is broken.
 *
 * @category model
 * @since 0.1.0
 */
export interface PageData {
  /** Other versions of this package may read data of a version that they know, and reject others. */
  readonly version: 1
  readonly title: string
  /** In any order: the page sorts what is in doubt first. */
  readonly rows: ReadonlyArray<PageRow>
  /** Whether more is in doubt than the rows say, because a response is broken. */
  readonly inDoubt: boolean
  /** Sentences that somebody must know to trust the page. */
  readonly notes: ReadonlyArray<string>
  readonly responses: ReadonlyArray<PageResponse>
}

// -------------------------------------------------------------------------------------
// codecs
// -------------------------------------------------------------------------------------

const keys = <Name extends string>(names: ReadonlyArray<Name>): t.Type<Name> =>
  t.keyof(Object.fromEntries(names.map(name => [name, null])) as Record<Name, null>)

const State: t.Type<RowState> = keys(rowStates)

/** A member that may also be present and `undefined`. */
const optional = <A>(codec: t.Type<A>): t.Type<A | undefined> => t.union([codec, t.undefined])

const code = optional(t.union([t.number, t.string]))
const text = optional(t.string)
const number = optional(t.number)

const PageRound: t.Type<PageRound> = t.intersection(
  [t.type({ state: State, reason: t.string, message: t.string }), t.partial({ code, atMs: number })],
  'PageRound',
)

const PageRow: t.Type<PageRow> = t.intersection(
  [
    t.type({
      state: State,
      reason: t.string,
      message: t.string,
      again: keys(['yes', 'no', 'look-first', 'unknown'] as const),
    }),
    t.partial({
      source: text,
      resource: text,
      task: text,
      code,
      entry: text,
      submittedAtMs: number,
      endedAtMs: number,
      rounds: optional(t.readonlyArray(PageRound)),
    }),
  ],
  'PageRow',
)

const PageResponse: t.Type<PageResponse> = t.intersection(
  [
    t.type({
      source: t.string,
      error: t.string,
      issues: t.readonlyArray(
        t.intersection([
          t.type({ message: t.string }),
          t.partial({ pointer: text, line: number, column: number, excerpt: text }),
        ]),
      ),
      recovered: t.readonlyArray(
        t.intersection([t.type({ task: t.string }), t.partial({ resource: text, code })]),
      ),
    }),
    t.partial({ text: text }),
  ],
  'PageResponse',
)

/**
 * The codec for what a page shows. Use it for data that was stored or sent. It rejects other versions.
 *
 * @category codecs
 * @since 0.1.0
 */
export const PageData: t.Type<PageData> = t.type(
  {
    version: t.literal(1),
    title: t.string,
    rows: t.readonlyArray(PageRow),
    inDoubt: t.boolean,
    notes: t.readonlyArray(t.string),
    responses: t.readonlyArray(PageResponse),
  },
  'PageData',
)
