/**
 * An API on a simulated clock that starts a task for each resource that it accepts, and that can fail in every way.
 */
import type {
  AcceptedEntry,
  BatchEntry,
  BatchOutcome,
  RejectedEntry,
  ResourceId,
  SubmissionError,
  TaskId,
} from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import type { QueryTaskStatus } from '../src/query/QueryTaskStatus.js'
import type { QueryTaskStatuses } from '../src/query/QueryTaskStatuses.js'
import type { SubmitBatch } from '../src/submission/submitAll.js'
import { noSuchTask, statusOf } from './SimulatedApi.js'
import type { SimulatedClock } from './SimulatedClock.js'

export const accepted = (resourceId: string, taskId: string, position = 0): AcceptedEntry => ({
  _tag: 'AcceptedEntry',
  position,
  resourceId: resourceId as ResourceId,
  taskId: taskId as TaskId,
  message: '',
  codeDesc: '',
  extra: {},
})

export const rejected = (
  resourceId: string,
  advice: RejectedEntry['advice'] = 'later',
  position = 0,
): RejectedEntry => ({
  _tag: 'RejectedEntry',
  position,
  resourceId: resourceId as ResourceId,
  code: 5100,
  meaning: 'operation on the resource failed',
  advice,
  message: '',
  codeDesc: '',
  extra: {},
})

/** The outcome with these entries. */
export const outcomeOf = (some: ReadonlyArray<BatchEntry>): BatchOutcome => {
  const placed = some.map((entry, position) => ({ ...entry, position }))
  const acceptedOnes = placed.filter(entry => entry._tag === 'AcceptedEntry')
  const rejectedOnes = placed.filter(entry => entry._tag === 'RejectedEntry')
  const texts = { message: '', codeDesc: '', extra: {} }
  const outcome =
    rejectedOnes.length === 0
      ? { _tag: 'AllAccepted', accepted: acceptedOnes, ...texts }
      : acceptedOnes.length === 0
        ? { _tag: 'AllRejected', rejected: rejectedOnes, ...texts }
        : { _tag: 'PartlyAccepted', accepted: acceptedOnes, rejected: rejectedOnes, ...texts }
  return outcome as unknown as BatchOutcome
}

const timedOut = { _tag: 'TimedOut', timeoutMs: 1000 } as const
export const notSent: SubmissionError = { _tag: 'NotSent', reason: timedOut, recovered: [] }
export const deliveryUnknown: SubmissionError = { _tag: 'DeliveryUnknown', reason: timedOut, recovered: [] }
export const misused: SubmissionError = {
  _tag: 'NotSent',
  reason: { _tag: 'Misused', message: 'timeoutMs must be greater than 0' },
  recovered: [],
}
export const refused = (advice: RejectedEntry['advice'], code = 4400): SubmissionError => ({
  _tag: 'Rejected',
  code,
  meaning: '',
  advice,
  message: '',
  codeDesc: '',
  recovered: [],
})

/** What happens to a resource of one submission. */
export type Handling =
  'accepted' | 'missing' | 'missingButStarted' | 'replayed' | 'withId' | RejectedEntry['advice']

/** What happens to one submission. A lost one may have started its tasks. */
export interface Response {
  readonly durationMs: number
  readonly error?: SubmissionError
  /** Whether tasks are started in spite of the error. */
  readonly starts?: boolean
  /** By the place of the resource in the request, or by the resource and how often it was submitted before. */
  readonly handlings: ReadonlyArray<Handling> | ((resourceId: ResourceId, before: number) => Handling)
  /** The response has an accepted entry of this resource, too, if the request does not name it. */
  readonly unrequested?: string
}

interface StartedTask {
  readonly taskId: TaskId
  readonly resourceId: ResourceId
}

export interface LoggedSubmission {
  readonly resourceIds: ReadonlyArray<ResourceId>
  readonly startedAtMs: number
  readonly underWay: number
}

interface LoggedQuery {
  readonly taskId: TaskId
  readonly resourceId?: ResourceId | undefined
  /** The other tasks of the query. */
  readonly others?: ReadonlyArray<{ readonly taskId: TaskId; readonly resourceId?: ResourceId | undefined }>
  readonly atMs: number
  readonly underWay: number
}

export const simulateBatchApi = (
  clock: SimulatedClock,
  responseTo: (number: number) => Response,
  task: (number: number) => {
    readonly durationMs: number
    readonly ending: 'Succeeded' | 'Failed'
  } = () => ({
    durationMs: 1000,
    ending: 'Succeeded',
  }),
  /** Whether all tasks of a submission have its id, so that only the id and the resource together name a task. */
  sharesIds = false,
) => {
  const log: LoggedSubmission[] = []
  const started: StartedTask[] = []
  const ends = new Map<string, { readonly atMs: number; readonly ending: 'Succeeded' | 'Failed' }>()
  const endOf = ({ taskId, resourceId }: { readonly taskId: TaskId; readonly resourceId?: ResourceId }) =>
    ends.get(sharesIds ? `${taskId} ${resourceId ?? ''}` : taskId)
  const queries: LoggedQuery[] = []
  let underWay = 0
  let queriesUnderWay = 0

  const start = (resourceId: ResourceId): TaskId => {
    const number = started.length
    const taskId = (sharesIds ? `request-${log.length}` : String(number + 1)) as TaskId
    const { durationMs, ending } = task(number)
    started.push({ taskId, resourceId })
    ends.set(sharesIds ? `${taskId} ${resourceId}` : taskId, { atMs: clock.now() + durationMs, ending })
    return taskId
  }

  const handle = (resourceId: ResourceId, handling: Handling): ReadonlyArray<BatchEntry> => {
    switch (handling) {
      case 'accepted':
        return [accepted(resourceId, start(resourceId))]
      case 'missing':
        return []
      case 'missingButStarted':
        start(resourceId)
        return []
      case 'replayed':
        return [{ ...rejected(resourceId), code: 4500 }]
      case 'withId':
        return [{ ...rejected(resourceId), taskId: start(resourceId) }]
      default:
        return [rejected(resourceId, handling)]
    }
  }

  const submit: SubmitBatch = resourceIds => async () => {
    const response = responseTo(log.length)
    log.push({ resourceIds, startedAtMs: clock.now(), underWay: ++underWay })
    const before = (id: ResourceId): number =>
      log.slice(0, -1).filter(({ resourceIds: ids }) => ids.includes(id)).length
    const { error, starts = false, handlings, durationMs, unrequested } = response
    if (error !== undefined) {
      if (starts) for (const resourceId of resourceIds) start(resourceId)
      await clock.sleep(durationMs)
      underWay--
      return E.left(error)
    }
    const entries = resourceIds.flatMap((resourceId, index) =>
      handle(
        resourceId,
        typeof handlings === 'function'
          ? handlings(resourceId, before(resourceId))
          : (handlings[index % handlings.length] ?? 'accepted'),
      ),
    )
    const isAdded = unrequested !== undefined && !(resourceIds as ReadonlyArray<string>).includes(unrequested)
    const others = isAdded ? handle(unrequested as ResourceId, 'accepted') : []
    await clock.sleep(durationMs)
    underWay--
    const all = [...entries, ...others]
    return all.length === 0 ? E.left(deliveryUnknown) : E.right(outcomeOf(all))
  }

  const query: QueryTaskStatus = taskId => async () => {
    queries.push({ taskId, atMs: clock.now(), underWay: ++queriesUnderWay })
    await clock.sleep(10)
    queriesUnderWay--
    const end = ends.get(taskId)
    if (end === undefined) return E.left(noSuchTask)
    return E.right(statusOf(clock.now() >= end.atMs ? end.ending : 'InProgress'))
  }

  /** Each response leaves out some tasks, in turn, and is in reverse order. */
  const queryMany = (maxTasksPerQuery: number): QueryTaskStatuses => ({
    maxTasksPerQuery,
    taskPerResource: sharesIds,
    query: tasks => async () => {
      const [first, ...others] = tasks.map(({ taskId, resourceId }) => ({
        taskId,
        resourceId,
        atMs: clock.now(),
      }))
      queries.push({ ...first!, others, underWay: ++queriesUnderWay })
      const number = queries.length
      await clock.sleep(10)
      queriesUnderWay--
      return E.right(
        tasks
          .filter((_, position) => (position + number) % 4 !== 0)
          .map(({ taskId, resourceId }) => {
            const end = endOf({ taskId, resourceId: resourceId! })
            return {
              taskId,
              resourceId,
              status:
                end === undefined
                  ? E.left(noSuchTask)
                  : E.right(statusOf(clock.now() >= end.atMs ? end.ending : 'InProgress')),
            }
          })
          .reverse(),
      )
    },
  })

  return { submit, query, queryMany, log, started, endOf, queries }
}
