/**
 * The step of the schema that adds where in a trace each submission was made. Tasks have it as well, since workers and the feed read
 * them without their submissions.
 *
 * @internal
 */
export const traceparents: ReadonlyArray<string> = [
  `ALTER TABLE task_outcome.submissions ADD COLUMN traceparent text`,
  `ALTER TABLE task_outcome.tasks ADD COLUMN traceparent text`,
]
