/**
 * A body → its rows, and what is wrong with it.
 *
 * @internal
 */
import {
  type AcceptedTask,
  type BatchEntry,
  type BatchOutcome,
  type HttpResponse,
  type JsonRecord,
  type RecoveredTask,
  type RejectedEntry,
  type SubmissionError,
  type TaskError,
  type TaskId,
  type TaskStatus,
  canSendAgain,
  decodeStatusResponse,
  entries,
  recoverFromBody,
} from '@task-outcome/core'
import { decodeBatchResponseWith, decodeOrdinaryResponseWith } from '@task-outcome/core/adapter'
import type { RetryAdvice } from '@task-outcome/core/wire'
import type { Either } from 'fp-ts/lib/Either.js'
import { usageError } from '../exitCodes.js'
import type { Body } from '../input/Body.js'
import type { Action } from './Action.js'
import { type Format, detectFormat } from './detectFormat.js'
import type { Again, Row } from './Row.js'

export interface DecodeOptions {
  /** `undefined`: guess it for each body. */
  readonly format: 'batch' | 'ordinary' | 'status' | undefined
  readonly action: Action | undefined
  /** The resources that the request named. */
  readonly requested: ReadonlyArray<string> | undefined
}

/** What is wrong with a body: an error of core, or a sentence. */
type BodyIssue =
  | { readonly _tag: 'Error'; readonly error: TaskError }
  | { readonly _tag: 'Unclear'; readonly message: string }

export interface DecodedBody {
  readonly body: Body
  readonly format: Format
  readonly rows: ReadonlyArray<Row>
  readonly issue: BodyIssue | undefined
  /** Whether the result is in doubt, whatever the rows say. */
  readonly inDoubt: boolean
}

export const decodeBody = async (body: Body, options: DecodeOptions): Promise<DecodedBody> => {
  const response: HttpResponse = { status: 200, ...body.head, body: body.content }
  const text = textOf(body.content)
  const { action, requested } = options
  const source = body.source
  if (action !== undefined) {
    const { decodeV2Status, decodeV3Batch, decodeV3Status, decodeV3Submission } =
      await import('@task-outcome/tencentcloud')
    switch (action._tag) {
      case 'Submit': {
        const { task } = action.action
        if (requested === undefined && task._tag === 'RequestIdPerResource')
          throw usageError(
            'this action starts a task for each resource, which its response does not name: add --requested FILE',
          )
        return requested === undefined
          ? submission(body, 'api-3', decodeV3Submission(task)(response), source)
          : submission(body, 'api-3', decodeV3Batch(task, requested)(response), source)
      }
      case 'Query':
        if (action.action.list !== undefined)
          throw usageError(
            'the response to this action lists many tasks: follow them with "task-outcome wait"',
          )
        return status(body, 'api-3', decodeV3Status(action.action, { taskId: '' })(response), source)
      case 'QueryV2':
        return status(body, 'status', decodeV2Status(action.action)(response), source)
    }
  }
  const format = options.format ?? detectFormat(text)
  switch (format) {
    case 'batch':
      return submission(
        body,
        format,
        decodeBatchResponseWith(requested === undefined ? {} : { expected: requested })(response),
        source,
      )
    case 'ordinary':
      return submission(body, format, decodeOrdinaryResponseWith({})(response), source)
    case 'status':
      return status(body, format, decodeStatusResponse(response), source)
    case 'api-3': {
      const { decodeV3Submission } = await import('@task-outcome/tencentcloud')
      const decoded = decodeV3Submission({ _tag: 'RequestId' })(response)
      if (decoded._tag === 'Left') return submission(body, format, decoded, source)
      return {
        body,
        format,
        rows: recoverFromBody(body.content).map(task =>
          inDoubt(source, task, 'the action decides which id is the task'),
        ),
        issue: {
          _tag: 'Unclear',
          message:
            'API 3.0: the action decides what this response means: add --action, such as --action clb:DeleteLoadBalancer',
        },
        inDoubt: true,
      }
    }
  }
}

const submission = (
  body: Body,
  format: Format,
  decoded: Either<SubmissionError, AcceptedTask | BatchOutcome>,
  source: string,
): DecodedBody => {
  const { rows, inDoubt } = submissionRows(decoded, source)
  const issue = decoded._tag === 'Left' ? ({ _tag: 'Error', error: decoded.left } as const) : undefined
  return { body, format, rows, issue, inDoubt }
}

/** The rows of a submission. */
export const submissionRows = (
  decoded: Either<SubmissionError, AcceptedTask | BatchOutcome>,
  source = '',
): Pick<DecodedBody, 'rows' | 'inDoubt'> => {
  if (decoded._tag === 'Right') {
    const outcome = decoded.right
    const rows =
      outcome._tag === 'AcceptedTask' ? [accepted(source, undefined, outcome)] : outcomeRows(source, outcome)
    return { rows, inDoubt: false }
  }
  const error = decoded.left
  // Nothing was started.
  if (error._tag === 'NotSent') return { rows: [unsent(source, error)], inDoubt: false }
  if (error._tag === 'Rejected' && error.recovered.length === 0)
    return { rows: [refused(source, error)], inDoubt: false }
  const rows = error._tag === 'ContractViolation' ? violationRows(source, error) : []
  const known = new Set(rows.map(({ task }) => task))
  const others = error.recovered
    .filter(({ taskId }) => !known.has(taskId))
    .map(task => inDoubt(source, task, 'the response is broken: look up the task'))
  return { rows: [...rows, ...others], inDoubt: true }
}

const outcomeRows = (source: string, outcome: BatchOutcome): ReadonlyArray<Row> => {
  const all = entries(outcome)
  if (outcome._tag === 'AllAccepted') return all.map(entry => entryRow(source, entry, undefined, false))
  // A rejected resource for which an id was found may have a task, and so may any if the id belongs to none of them.
  const found = [...outcome.rejected.flatMap(tasksInRejection), ...tasksIn(outcome.extra)]
  const ofEntry = new Map(found.map(task => [task.resourceId, task.taskId]))
  const named = new Set<string>(found.length === 0 ? [] : all.map(({ resourceId }) => resourceId))
  const strays = found.filter(({ resourceId }) => resourceId === undefined || !named.has(resourceId))
  return [
    ...all.map(entry => entryRow(source, entry, ofEntry.get(entry.resourceId), strays.length > 0)),
    ...strays.map(task => inDoubt(source, task, 'an id that belongs to no entry: look up the task')),
  ]
}

const tasksInRejection = ({ resourceId, extra }: RejectedEntry): ReadonlyArray<RecoveredTask> =>
  tasksIn(extra).map(task => ({ ...task, resourceId }))

/** The ids in extra fields. Few responses have any. */
const tasksIn = (extra: JsonRecord): ReadonlyArray<RecoveredTask> =>
  Object.keys(extra).length === 0 ? [] : recoverFromBody(JSON.stringify(extra))

/** The entries of a response that contradicts itself count only if all that is wrong is that it has other resources. */
const violationRows = (
  source: string,
  { issues, alsoFound, entries: all }: Extract<SubmissionError, { readonly _tag: 'ContractViolation' }>,
): ReadonlyArray<Row> => {
  const isTrusted = alsoFound.length === 0 && issues.every(({ _tag }) => _tag === 'ResourceMismatch')
  const rows = all.map(entry => {
    const row = entryRow(source, entry, undefined, false)
    return isTrusted
      ? row
      : ({
          ...row,
          state: 'in-doubt',
          again: 'look-first',
          reason: 'the response contradicts itself',
        } as const)
  })
  const missing = issues.flatMap(issue => (issue._tag === 'ResourceMismatch' ? issue.missing : []))
  return [
    ...rows,
    ...missing.map((resource): Row => ({
      source,
      state: 'in-doubt',
      resource,
      task: undefined,
      code: undefined,
      reason: 'requested, but not in the response',
      message: '',
      again: 'look-first',
    })),
  ]
}

const accepted = (
  source: string,
  resource: string | undefined,
  { taskId, message }: Pick<AcceptedTask, 'taskId' | 'message'>,
): Row => ({
  source,
  state: 'accepted',
  resource,
  task: taskId,
  code: undefined,
  reason: '',
  message,
  again: 'no',
})

const entryRow = (
  source: string,
  entry: BatchEntry,
  found: TaskId | undefined,
  mayHaveTask: boolean,
): Row => {
  const { resourceId } = entry
  if (entry._tag === 'AcceptedEntry') return accepted(source, resourceId, entry)
  const { code, meaning, message, taskId = found } = entry
  const doubtful = mayHaveTask || taskId !== undefined || code === replayedCode
  return {
    source,
    state: doubtful ? 'in-doubt' : 'rejected',
    resource: resourceId,
    task: taskId,
    code,
    reason: doubtful ? `${meaning}; a task may be running` : meaning,
    message,
    again: doubtful ? 'look-first' : againOf(entry),
  }
}

const replayedCode = 4500

/** An entry with code 4500 is in doubt, so its advice does not matter here. */
const againOf = ({ advice }: RejectedEntry): Again => againBy[advice]

const againBy: Readonly<Record<RetryAdvice, Again>> = {
  never: 'no',
  later: 'yes',
  resigned: 'yes',
  rejectedOnly: 'yes',
  unknown: 'unknown',
}

const refused = (source: string, error: Extract<SubmissionError, { readonly _tag: 'Rejected' }>): Row => {
  const { code, meaning, message, advice } = error
  const isReplay = code === replayedCode
  return {
    source,
    state: isReplay ? 'in-doubt' : 'rejected',
    resource: undefined,
    task: undefined,
    code,
    reason: isReplay ? `${meaning}; a task may be running` : meaning,
    message,
    again: canSendAgain(error)
      ? 'yes'
      : isReplay || advice === 'rejectedOnly'
        ? 'look-first'
        : againBy[advice],
  }
}

const unsent = (source: string, error: Extract<SubmissionError, { readonly _tag: 'NotSent' }>): Row => ({
  source,
  state: 'rejected',
  resource: undefined,
  task: undefined,
  code: undefined,
  reason: 'not sent: nothing was started',
  message: '',
  again: canSendAgain(error) ? 'yes' : 'no',
})

const inDoubt = (source: string, { taskId, resourceId, code }: RecoveredTask, reason: string): Row => ({
  source,
  state: 'in-doubt',
  resource: resourceId,
  task: taskId,
  code,
  reason,
  message: '',
  again: 'look-first',
})

const status = (
  body: Body,
  format: Format,
  decoded: Either<TaskError, TaskStatus>,
  source: string,
): DecodedBody => {
  if (decoded._tag === 'Left')
    return {
      body,
      format,
      rows: decoded.left.recovered.map(task => inDoubt(source, task, 'the query failed: ask again')),
      issue: { _tag: 'Error', error: decoded.left },
      inDoubt: true,
    }
  return { body, format, rows: [statusRow(source, decoded.right)], issue: undefined, inDoubt: false }
}

/** The row of a state. The response to a query does not name the task. */
const statusRow = (source: string, state: TaskStatus): Row => ({
  source,
  state: stateNames[state._tag],
  resource: undefined,
  task: undefined,
  code: undefined,
  reason: state._tag === 'Failed' ? describeOutput(state) : '',
  message: state.message,
  again: state._tag === 'Failed' ? 'unknown' : 'no',
})

const stateNames = { Succeeded: 'succeeded', Failed: 'failed', InProgress: 'in-progress' } as const

/** The reason of a failure, usually `{ code, message }`, or a text. */
export const describeOutput = ({ output }: TaskStatus): string =>
  output === undefined || output === null ? '' : typeof output === 'string' ? output : JSON.stringify(output)

/** The text of a body, with a replacement for bytes that are not UTF-8: to show it, never to read ids from it. */
export const textOf = (content: string | Uint8Array): string =>
  typeof content === 'string' ? content : new TextDecoder('utf-8', { ignoreBOM: true }).decode(content)
