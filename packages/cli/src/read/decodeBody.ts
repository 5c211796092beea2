/**
 * A body → its rows, and what is wrong with it.
 *
 * @internal
 */
import {
  type AcceptedEntry,
  type AcceptedTask,
  type BatchEntry,
  type BatchOutcome,
  type HttpResponse,
  type RecoveredTask,
  type SubmissionError,
  type TaskError,
  type TaskStatus,
  canSendAgain,
  decodeStatusResponse,
  entries,
  recoverFromBody,
} from '@task-outcome/core'
import { decodeBatchResponseWith, decodeOrdinaryResponseWith } from '@task-outcome/core/adapter'
import { type RetryAdvice, replayedCode } from '@task-outcome/core/wire'
import { type Rejection, reconcile } from '@task-outcome/wait'
import { type Either, right } from 'fp-ts/lib/Either.js'
import { usageError } from '../exitCodes.js'
import type { Body } from '../input/Body.js'
import type { Action } from './Action.js'
import { type Format, detectFormat } from './detectFormat.js'
import type { Again, Row } from './Row.js'

export interface DecodeOptions {
  /** `undefined`: guess it for each body. */
  readonly format: 'batch' | 'ordinary' | 'status' | undefined
  readonly action: Action | undefined
  /** The resources that the request named: an action can start a task for each, and its response names none. */
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
          ? submission(body, 'api-3', decodeV3Submission(task)(response))
          : submission(body, 'api-3', decodeV3Batch(task, requested)(response))
      }
      case 'Query':
        if (action.action.list !== undefined)
          throw usageError(
            'the response to this action lists many tasks: follow them with "task-outcome wait"',
          )
        return status(body, 'api-3', decodeV3Status(action.action, { taskId: '' })(response))
      case 'QueryV2':
        return status(body, 'status', decodeV2Status(action.action)(response))
    }
  }
  const format = options.format ?? detectFormat(text)
  switch (format) {
    case 'batch':
      return submission(body, format, decodeBatchResponseWith({})(response))
    case 'ordinary':
      return submission(body, format, decodeOrdinaryResponseWith({})(response))
    case 'status':
      return status(body, format, decodeStatusResponse(response))
    case 'api-3': {
      const { decodeV3Submission } = await import('@task-outcome/tencentcloud')
      const decoded = decodeV3Submission({ _tag: 'RequestId' })(response)
      if (decoded._tag === 'Left') return submission(body, format, decoded)
      const rows = recoverFromBody(body.content).map(task =>
        inDoubt(body.source, task, 'the action decides which id is the task'),
      )
      return {
        body,
        format,
        rows,
        issue: {
          _tag: 'Unclear',
          message:
            'API 3.0: the action decides what this response means: add --action, such as --action clb:DeleteLoadBalancer',
        },
        inDoubt: rows.length === 0,
      }
    }
  }
}

const submission = (
  body: Body,
  format: Format,
  decoded: Either<SubmissionError, AcceptedTask | BatchOutcome>,
): DecodedBody => {
  const { rows, inDoubt } = submissionRows(decoded, body.source)
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
  // Most responses. To look for further ids takes twice the memory, which counts for a large body.
  const plain = all.filter(isPlainAccepted)
  if (isPlain(outcome) && plain.length === all.length)
    return plain.map(entry => accepted(source, entry.resourceId, entry))
  const { resources, recovered } = reconcile(
    all.map(({ resourceId }) => resourceId),
    right(outcome),
  )
  const isAccepted = new Set<string | undefined>()
  const rows = resources.flatMap((resource): ReadonlyArray<Row> => {
    switch (resource._tag) {
      case 'ResourceAccepted':
        isAccepted.add(resource.resourceId)
        return [accepted(source, resource.resourceId, resource.accepted)]
      case 'ResourceRejected':
        return resource.rejections.map(rejection => rejected(source, resource.resourceId, rejection))
      case 'ResourceInDoubt': {
        const [task, ...others] = resource.recovered
        return [
          ...resource.rejections.map(rejection => doubtful(source, resource.resourceId, rejection, task)),
          ...others.map(other => inDoubt(source, other, 'another id in a rejection: look up the task')),
        ]
      }
      case 'ResourceNotSubmitted':
        return []
    }
  })
  const strays = recovered.filter(({ resourceId }) => !isAccepted.has(resourceId))
  return [
    ...rows,
    ...strays.map(task => inDoubt(source, task, 'an id that belongs to no entry: look up the task')),
  ]
}

/** Whether no other field can have an id. */
const isPlain = ({ codeDesc, extra }: Pick<BatchOutcome, 'codeDesc' | 'extra'>): boolean =>
  !/[[{"]/.test(codeDesc) && Object.keys(extra).length === 0

const isPlainAccepted = (entry: BatchEntry): entry is AcceptedEntry =>
  entry._tag === 'AcceptedEntry' && isPlain(entry)

/** A response that contradicts itself proves nothing, not even that a resource was rejected. */
const violationRows = (
  source: string,
  { entries: all, recovered }: Extract<SubmissionError, { readonly _tag: 'ContractViolation' }>,
): ReadonlyArray<Row> => {
  const ofEntry = new Map(recovered.map(task => [task.resourceId, task.taskId]))
  return all.map(entry => ({
    source,
    state: 'in-doubt',
    resource: entry.resourceId,
    task: entry.taskId ?? ofEntry.get(entry.resourceId),
    code: entry._tag === 'RejectedEntry' ? entry.code : undefined,
    reason: 'the response contradicts itself',
    message: entry.message,
    again: 'look-first',
  }))
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

const rejected = (
  source: string,
  resource: string | undefined,
  { code, meaning, message, advice }: Rejection,
): Row => ({
  source,
  state: 'rejected',
  resource,
  task: undefined,
  code,
  reason: meaning,
  message,
  again: againBy[advice],
})

const doubtful = (
  source: string,
  resource: string | undefined,
  rejection: Rejection,
  task: RecoveredTask | undefined,
): Row => ({
  ...rejected(source, resource, rejection),
  state: 'in-doubt',
  task: task?.taskId,
  reason: `${rejection.meaning}; a task may be running`,
  again: 'look-first',
})

const againBy: Readonly<Record<RetryAdvice, Again>> = {
  never: 'no',
  later: 'yes',
  resigned: 'yes',
  rejectedOnly: 'yes',
  unknown: 'unknown',
}

const refused = (source: string, error: Extract<SubmissionError, { readonly _tag: 'Rejected' }>): Row => {
  if (error.code === replayedCode) return doubtful(source, undefined, error, undefined)
  const row = rejected(source, undefined, error)
  return error.advice === 'rejectedOnly' ? { ...row, again: 'look-first' } : row
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

const status = (body: Body, format: Format, decoded: Either<TaskError, TaskStatus>): DecodedBody => {
  const { source } = body
  if (decoded._tag === 'Left')
    return {
      body,
      format,
      rows: decoded.left.recovered.map(task => inDoubt(source, task, 'query failed: retry it')),
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
