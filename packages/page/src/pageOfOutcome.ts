/**
 * A decoded response → the data of a page.
 *
 * @since 0.1.0
 */
import type { AcceptedTask, BatchOutcome, SubmissionError } from '@task-outcome/core'
import { entries } from '@task-outcome/core'
import { reconcile } from '@task-outcome/wait'
import type { Either } from 'fp-ts/lib/Either.js'
import { describeResponse } from './describeResponse.js'
import type { PageData, PageRow } from './PageData.js'
import { type PageOptions, withTimes } from './PageOptions.js'
import { rowsOfHistory, rowsOfResources } from './pageOfJob.js'
import { acceptedRow, doubtfulEntryRow, doubtfulRow, refusedRow, rejectedRow } from './rows.js'
import { withEntries } from './withEntries.js'

/**
 * The options of {@link pageOfOutcome}.
 *
 * @category model
 * @since 0.1.0
 */
export interface OutcomePageOptions extends PageOptions {
  /** The body of the response. The page then shows the entry of each resource, and where a broken body has its issues. */
  readonly body?: string | Uint8Array | undefined
  /** The resources that the request named. The page then shows which of them the response does not name. */
  readonly requested?: ReadonlyArray<string> | undefined
  /** Which response it is, such as `line 3`, if a page shows many. */
  readonly source?: string | undefined
}

/**
 * Makes the data of a page from a decoded response: the outcome of a batch, an accepted task, or an error. Every task id that the
 * error recovered is a row in doubt.
 *
 * @example
 * import { decodeBatchTask } from '@task-outcome/core'
 * import { pageOfOutcome, renderPage } from '@task-outcome/page'
 *
 * const body = '{"code":5400,"detail":{"ins-1":{"code":0,"requestId":17},"ins-2":{"code":5100}}}'
 * const html = renderPage(pageOfOutcome(decodeBatchTask(body), { body, requested: ['ins-1', 'ins-2', 'ins-3'] }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const pageOfOutcome = (
  decoded: Either<SubmissionError, AcceptedTask<unknown> | BatchOutcome>,
  options: OutcomePageOptions = {},
): PageData => {
  const { title = 'Submission', body, requested, source = '' } = options
  const rows =
    decoded._tag === 'Right' ? rowsOfOutcome(decoded.right, requested) : rowsOfError(decoded.left, requested)
  const timed = withTimes(rows, options.timesOf)
  const withSource = (row: PageRow): PageRow => (source === '' ? row : { ...row, source })
  return {
    version: 1,
    title,
    rows: (body === undefined ? timed : withEntries(timed, body)).map(withSource),
    inDoubt: decoded._tag === 'Left' && !isCertain(decoded.left),
    notes: [],
    responses: decoded._tag === 'Left' ? [describeResponse(decoded.left, { body, source })] : [],
  }
}

const rowsOfOutcome = (
  outcome: AcceptedTask<unknown> | BatchOutcome,
  requested: ReadonlyArray<string> | undefined,
): ReadonlyArray<PageRow> => {
  if (outcome._tag === 'AcceptedTask') return [acceptedRow(undefined, outcome)]
  const named = requested ?? [...new Set(entries(outcome).map(({ resourceId }) => resourceId))]
  const result = reconcile(named, { _tag: 'Right', right: outcome })
  return [...rowsOfResources(result.resources), ...rowsOfHistory(result)]
}

/** Whether nothing was started. */
const isCertain = (error: SubmissionError): boolean =>
  error.recovered.length === 0 &&
  (error._tag === 'NotSent' || (error._tag === 'Rejected' && error.code !== replayed))

const replayed = 4500

const rowsOfError = (
  error: SubmissionError,
  requested: ReadonlyArray<string> | undefined,
): ReadonlyArray<PageRow> => {
  const named: ReadonlyArray<string | undefined> = requested ?? [undefined]
  if (isCertain(error) && error._tag === 'NotSent')
    return named.map(resource => ({
      state: 'not-submitted',
      resource,
      reason: 'not sent: nothing was started',
      message: '',
      again: 'yes',
    }))
  if (isCertain(error) && error._tag === 'Rejected') return named.map(resource => refusedRow(resource, error))

  const rows = error._tag === 'ContractViolation' ? rowsOfViolation(error) : []
  const known = new Set(rows.map(({ task }) => task))
  const recovered = error.recovered
    .filter(({ taskId }) => !known.has(taskId))
    .map(task => doubtfulRow(task, 'the response is broken: look up the task'))
  const resources = new Set([...rows, ...recovered].map(({ resource }) => resource))
  const others = (requested ?? [])
    .filter(resource => !resources.has(resource))
    .map(resource => ({ ...doubtfulRow({}, 'a task may be running: look up the resource'), resource }))
  return [...rows, ...recovered, ...others]
}

/** The entries of a response that contradicts itself count only if all that is wrong is that it has other resources. */
const rowsOfViolation = ({
  issues,
  alsoFound,
  entries: all,
}: Extract<SubmissionError, { readonly _tag: 'ContractViolation' }>): ReadonlyArray<PageRow> => {
  const isTrusted = alsoFound.length === 0 && issues.every(({ _tag }) => _tag === 'ResourceMismatch')
  const unrequested = new Set(
    issues.flatMap(issue => (issue._tag === 'ResourceMismatch' ? issue.unrequested : [])),
  )
  const missing = issues.flatMap(issue => (issue._tag === 'ResourceMismatch' ? issue.missing : []))
  return [
    ...all.map(entry => {
      if (!isTrusted) return doubtfulEntryRow(entry, 'the response contradicts itself')
      if (unrequested.has(entry.resourceId)) return doubtfulEntryRow(entry, 'it was not requested')
      if (entry._tag === 'AcceptedEntry') return acceptedRow(entry.resourceId, entry)
      return entry.taskId === undefined && entry.code !== replayed
        ? rejectedRow(entry.resourceId, entry)
        : doubtfulEntryRow(entry, `${entry.meaning}; a task may be running`)
    }),
    ...missing.map(resourceId => doubtfulRow({ resourceId }, missingReason, 'missing')),
  ]
}

const missingReason = 'requested, but not in the response'
