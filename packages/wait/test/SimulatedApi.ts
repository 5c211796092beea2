/**
 * Tasks that run on a simulated clock, and an API for their status that can fail.
 */
import type {
  HttpStatusError,
  QueryError,
  QueryRejected,
  ResourceId,
  TaskId,
  TaskStatus,
} from '@task-outcome/core'
import type { OfQuery } from '@task-outcome/core/adapter'
import * as E from 'fp-ts/lib/Either.js'
import type { QueryTaskStatus } from '../src/query/QueryTaskStatus.js'
import type { QueriedTask, QueryTaskStatuses } from '../src/query/QueryTaskStatuses.js'
import type { SimulatedClock } from './SimulatedClock.js'

export interface SimulatedTask {
  readonly taskId: TaskId
  readonly endsAtMs: number
  readonly ending: 'Succeeded' | 'Failed'
  /** The API does not know the task before that. */
  readonly knownAtMs?: number
}

export interface Behaviour {
  /** The duration of the query with this number, and its error, if it fails. */
  readonly answerTo: (number: number) => { readonly durationMs: number; readonly error?: QueryError }
  /** With more queries in a second than this, the API returns 4400. */
  readonly quotaPerSecond?: number
}

export interface LoggedQuery {
  readonly taskId: TaskId
  readonly startedAtMs: number
  /** How many queries were in flight when it started, including itself. */
  readonly underWay: number
}

export const simulateApi = (
  clock: SimulatedClock,
  tasks: ReadonlyArray<SimulatedTask>,
  { answerTo, quotaPerSecond = Infinity }: Behaviour,
): { readonly query: QueryTaskStatus; readonly log: ReadonlyArray<LoggedQuery> } => {
  const byId = new Map(tasks.map(task => [task.taskId, task]))
  const log: LoggedQuery[] = []
  let underWay = 0
  const query: QueryTaskStatus = taskId => async () => {
    const { durationMs, error } = answerTo(log.length)
    const startedAtMs = clock.now()
    log.push({ taskId, startedAtMs, underWay: ++underWay })
    const recent = log.length - 1 - lastIndexBefore(log, startedAtMs - 1000)
    await clock.sleep(durationMs)
    underWay--
    if (error !== undefined) return E.left(error)
    if (recent > quotaPerSecond) return E.left(tooMany)
    const task = byId.get(taskId)
    if (task === undefined || startedAtMs < (task.knownAtMs ?? 0)) return E.left(noSuchTask)
    return E.right(statusOf(clock.now() >= task.endsAtMs ? task.ending : 'InProgress'))
  }
  return { query, log }
}

export interface SimulatedResource extends SimulatedTask {
  readonly resourceId: ResourceId
}

export interface BehaviourForMany {
  /** The duration of the query with this number, its error, if it fails, and the tasks that its response leaves out. */
  readonly answerTo: (number: number) => {
    readonly durationMs: number
    readonly error?: QueryError
    readonly leavesOut?: (position: number) => boolean
  }
  /** A query for one of these is rejected as a whole. */
  readonly unknown?: ReadonlySet<ResourceId>
}

export interface LoggedQueryOfMany {
  readonly tasks: ReadonlyArray<QueriedTask>
  readonly startedAtMs: number
  readonly underWay: number
}

/** An API for the states of many resources. Tasks can share an id. */
export const simulateApiForMany = (
  clock: SimulatedClock,
  maxTasksPerQuery: number,
  tasks: ReadonlyArray<SimulatedResource>,
  { answerTo, unknown }: BehaviourForMany,
): { readonly query: QueryTaskStatuses; readonly log: ReadonlyArray<LoggedQueryOfMany> } => {
  const byName = new Map(tasks.map(task => [`${task.taskId} ${task.resourceId}`, task]))
  const log: LoggedQueryOfMany[] = []
  let underWay = 0
  const query: QueryTaskStatuses = {
    maxTasksPerQuery,
    taskPerResource: true,
    query: asked => async () => {
      const { durationMs, error, leavesOut } = answerTo(log.length)
      log.push({ tasks: asked, startedAtMs: clock.now(), underWay: ++underWay })
      await clock.sleep(durationMs)
      underWay--
      if (error !== undefined) return E.left(error)
      if (asked.some(({ resourceId }) => unknown?.has(resourceId!))) return E.left(noSuchTask)
      return E.right(
        asked
          .filter((_, position) => leavesOut?.(position) !== true)
          .map(({ taskId, resourceId }) => {
            const task = byName.get(`${taskId} ${resourceId!}`)!
            const status = E.right(statusOf(clock.now() >= task.endsAtMs ? task.ending : 'InProgress'))
            return { taskId, resourceId: task.resourceId, status }
          })
          .reverse(),
      )
    },
  }
  return { query, log }
}

const lastIndexBefore = (log: ReadonlyArray<LoggedQuery>, timeMs: number): number => {
  let index = log.length - 1
  while (index >= 0 && log[index]!.startedAtMs > timeMs) index--
  return index
}

export const statusOf = (_tag: TaskStatus['_tag']): TaskStatus => ({
  _tag,
  message: '',
  codeDesc: '',
  statusExtra: {},
  extra: {},
})

const rejected = (code: number, advice: 'never' | 'later' | 'unknown'): QueryRejected => ({
  _tag: 'QueryRejected',
  operation: 'query',
  code,
  meaning: '',
  advice,
  message: '',
  codeDesc: '',
  recovered: [],
})

export const tooMany = rejected(4400, 'later')
export const noSuchTask = rejected(5000, 'never')
export const accessDenied = rejected(4300, 'never')
export const maintenance = rejected(6200, 'later')
export const unknownCode = rejected(123, 'unknown')
export const reset: QueryError = {
  _tag: 'DeliveryUnknown',
  operation: 'query',
  reason: { _tag: 'NetworkFailed', code: 'ECONNRESET' },
  recovered: [],
}
export const badGateway: OfQuery & HttpStatusError = {
  _tag: 'HttpStatusError',
  operation: 'query',
  httpStatus: 502,
  bodyStart: '',
  recovered: [],
}
