/**
 * Parts of statements.
 *
 * @internal
 */

/** A time in milliseconds since 1970. */
export const inMs = (time: string): string => `(extract(epoch from ${time}) * 1000)::float8`

/** An interval of so many milliseconds. */
export const ofMs = (ms: string): string => `(${ms} * interval '1 millisecond')`

/** A parameter that is the text of a JSON array of strings, as an array. */
export const asArray = (parameter: string): string =>
  `ARRAY(SELECT json_array_elements_text(${parameter}::text::json))`

/** Whether a submission is in doubt. One whose response is overdue is, although its row still says that it was sent. */
export const isInDoubt = (submission: string): string =>
  `(${submission}.state = 'InDoubt' OR ${isOverdue(submission)})`

/** The state of a submission: the `_tag` of its record. */
export const stateOf = (submission: string): string =>
  `CASE WHEN ${isOverdue(submission)} THEN 'InDoubt' ELSE ${submission}.state END`

const isOverdue = (submission: string): string =>
  `${submission}.state = 'Sent' AND ${submission}.response_due_at <= now()`
