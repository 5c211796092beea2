/**
 * Times in seconds since 1970.
 *
 * @internal
 */
import { type RequestIssue, issueAt } from './RequestIssue.js'

export const timestampIssue = (timestamp: unknown): RequestIssue | undefined =>
  Number.isSafeInteger(timestamp) && (timestamp as number) >= 0 && (timestamp as number) < year10000
    ? undefined
    : issueAt('expected an integer, in seconds since 1970', 'timestamp')

const year10000 = 253_402_300_800

/** The date in UTC, such as `2019-02-25`. */
export const utcDate = (timestamp: number): string => new Date(timestamp * 1000).toISOString().slice(0, 10)
