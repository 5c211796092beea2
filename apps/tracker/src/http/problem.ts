/**
 * Errors as responses, by RFC 9457.
 */
import type { StoreFailed } from '@task-outcome/tracker'

/** What went wrong. `code` is the end of the URI `type`; the README lists all. */
export interface Problem {
  readonly status: number
  readonly code: string
  readonly detail?: string
  /** Members besides those of the RFC, such as the record. */
  readonly more?: Readonly<Record<string, unknown>>
}

export const problemTypes = 'https://github.com/task-outcome/task-outcome/blob/main/apps/tracker/README.md#'

const titles: Readonly<Record<string, string>> = {
  InvalidRequest: 'The request is invalid',
  Unauthorized: 'A valid token is required',
  Forbidden: 'The token does not allow this',
  NotFound: 'There is no such thing',
  KeyTaken: 'The key belongs to another submission',
  NotInDoubt: 'The submission is not in doubt',
  Rejected: 'The API rejected the submission',
  NotSent: 'The submission was not sent',
  NotStarted: 'The submission started nothing',
  InDoubt: 'The submission is in doubt',
  ResultNotStored: 'The result was not stored',
  StoreFailed: 'The database failed',
  Stopping: 'The service is stopping',
  Failed: 'The service failed',
}

export const problemCodes = Object.keys(titles)

export const problemBody = ({ status, code, detail, more = {} }: Problem): object => ({
  type: `${problemTypes}${code}`,
  title: titles[code],
  status,
  ...(detail === undefined ? {} : { detail }),
  ...more,
})

export const invalidRequest = (detail: string, status = 400): Problem => ({
  status,
  code: 'InvalidRequest',
  detail,
})

export const forbidden = (detail: string): Problem => ({ status: 403, code: 'Forbidden', detail })

export const notFound: Problem = { status: 404, code: 'NotFound' }

/** The message stays in the log: it can tell of the inside of the database. */
export const storeFailed = (_error: StoreFailed): Problem => ({
  status: 503,
  code: 'StoreFailed',
  detail: 'The database could not be reached, or refused a statement. Try again.',
})
