/**
 * What a consumer's compiler has to understand: every package used, every outcome narrowed.
 */
import { createAxiosTaskClient } from '@task-outcome/axios'
import {
  type AcceptedTask,
  type BatchOutcome,
  type SubmissionError,
  type TaskId,
  decodeBatchTaskWith,
  decodeOrdinaryTask,
  entries,
  showTaskError,
  toThese,
} from '@task-outcome/core'
import { type Emulator, startEmulator } from '@task-outcome/emulator'
import { createFetchTaskClient } from '@task-outcome/fetch'
import { finishedTasks, showProgress, waitForBatch, waitForTask } from '@task-outcome/wait'
import axios from 'axios'
import * as E from 'fp-ts/lib/Either.js'
import * as These from 'fp-ts/lib/These.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'

/** A parameter of type `never`: a case that was forgotten does not compile. */
const impossible = (value: never): never => {
  throw new TypeError(`Not expected: ${JSON.stringify(value)}`)
}

const describeBatch = (outcome: BatchOutcome): string => {
  switch (outcome._tag) {
    case 'AllAccepted':
      return outcome.accepted[0].taskId
    case 'PartlyAccepted':
      return `${outcome.accepted[0].taskId}, not ${outcome.rejected[0].resourceId}`
    case 'AllRejected':
      // @ts-expect-error nothing was accepted here
      outcome.accepted satisfies unknown
      return outcome.rejected[0].advice
    default:
      return impossible(outcome)
  }
}

const describeError = (error: SubmissionError): string => {
  switch (error._tag) {
    case 'NotSent':
    case 'DeliveryUnknown':
      return error.reason._tag
    case 'ResponseTooLarge':
      return showTaskError(error)
    case 'HttpStatusError':
      return String(error.httpStatus)
    case 'MalformedJson':
      return String(error.offset)
    case 'ShapeError':
    case 'ContractViolation':
      return String(error.issues.length)
    case 'Rejected':
      return error.advice
    default:
      return impossible(error)
  }
}

const describeTask = E.match(describeError, ({ taskId }: AcceptedTask) => taskId)

const decodeImages = decodeBatchTaskWith({ entry: t.type({ imageId: t.string }) })

/** The extra fields have the type of their codec. */
export const imageIds = (body: string): ReadonlyArray<string> =>
  pipe(
    decodeImages(body),
    E.match(
      () => [],
      outcome => (outcome._tag === 'AllRejected' ? [] : outcome.accepted.map(({ extra }) => extra.imageId)),
    ),
  )

export const submitAndWait = async (signal: AbortSignal): Promise<ReadonlyArray<string>> => {
  const emulator: Emulator = await startEmulator({ idFormat: 'number' })
  const lines: string[] = []
  try {
    const overAxios = createAxiosTaskClient(axios.create({ baseURL: emulator.url }), { timeoutMs: 10_000 })
    const overFetch = createFetchTaskClient(fetch, { timeoutMs: 10_000 })
    const query = (taskId: TaskId, signal: AbortSignal) =>
      overFetch.status(`${emulator.endpoint}?Action=DescribeVpcTaskResult&taskId=${taskId}`, { signal })

    const params = { Action: 'ResetInstances', instanceId: 'ins-1' }
    const one = await overAxios.submit({ url: '/v2/index.php', params, signal })()
    lines.push(describeTask(one))
    if (E.isRight(one)) {
      const task = await waitForTask(one.right, query)()
      lines.push(task._tag === 'FinishedTask' ? task.status._tag : task.reason._tag)
    }

    const many = await overFetch.submitBatch(
      `${emulator.endpoint}?Action=StartInstances&instanceIds.0=ins-1`,
      { signal },
    )()
    if (many._tag === 'Left') return [...lines, describeError(many.left)]
    const outcome = many.right
    lines.push(describeBatch(outcome), ...entries(outcome).map(({ resourceId }) => resourceId))
    lines.push(String(These.isBoth(toThese(outcome))))
    if (outcome._tag === 'AllRejected') return lines

    const result = await waitForBatch(outcome.accepted, query, {
      onFinish: (task, { progress }) => lines.push(task.taskId, showProgress(progress)),
    })()
    lines.push(...finishedTasks(result).map(({ status }) => status._tag))
    if (result._tag === 'SomePending') lines.push(result.pending[0].reason._tag)
  } finally {
    await emulator.close()
  }
  return lines
}

export const taskIdOf = (body: string): string => describeTask(decodeOrdinaryTask(body))
