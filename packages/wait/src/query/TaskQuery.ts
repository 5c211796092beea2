/**
 * A query of one task or of many, in one form.
 *
 * @since 0.1.0
 */
import type { Json, TaskStatus } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import * as RNEA from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import { checkCount, checkFunction } from '../option/check.js'
import type { NamedTask } from '../result/knownTasks.js'
import {
  type FailedQuery,
  type QueryTaskStatus,
  misused,
  readEither,
  readStatus,
  runQuery,
} from './QueryTaskStatus.js'
import type { QueriedStatus, QueriedTask, QueryTaskStatuses } from './QueryTaskStatuses.js'

/**
 * A query of one task, or of many.
 *
 * @category model
 * @since 0.1.0
 */
export type TaskQuery<Output = Json, Data = Json> =
  QueryTaskStatus<Output, Data> | QueryTaskStatuses<Output, Data>

/**
 * A query in one form. Its promise never rejects.
 *
 * @category model
 * @since 0.1.0
 */
export interface Asking<Output = Json, Data = Json> {
  /** 1 for a query of one task. */
  readonly maxTasksPerQuery: number
  /** Whether a task id and a resource name a task only together. */
  readonly taskPerResource: boolean
  /** Queries these tasks, at most `maxTasksPerQuery`. */
  readonly ask: (
    tasks: RNEA.ReadonlyNonEmptyArray<QueriedTask>,
    signal: AbortSignal,
  ) => Promise<E.Either<FailedQuery, Answers<Output, Data>>>
}

/**
 * What is known of each task of a query, in their order. `undefined`: the response leaves it out.
 *
 * @category model
 * @since 0.1.0
 */
export type Answers<Output = Json, Data = Json> = ReadonlyArray<
  E.Either<FailedQuery, TaskStatus<Output, Data>> | undefined
>

/**
 * Gives a query of one task and a query of many the same form. Throws a `RangeError` or a `TypeError` if a query of many is
 * invalid.
 *
 * @example
 * import { type TaskQuery, askingWith } from '@task-outcome/wait/query'
 *
 * const tasksAtOnce = (query: TaskQuery) => askingWith(query).maxTasksPerQuery
 *
 * @category constructors
 * @since 0.1.0
 */
export const askingWith = <Output, Data>(query: TaskQuery<Output, Data>): Asking<Output, Data> => {
  if (!isOfMany(query)) return { maxTasksPerQuery: 1, taskPerResource: false, ask: askForOne(query) }
  const { maxTasksPerQuery, taskPerResource: perResource, query: send } = query
  checkCount('maxTasksPerQuery', maxTasksPerQuery)
  checkFunction('query.query', send)
  const taskPerResource = perResource === true
  return { maxTasksPerQuery, taskPerResource, ask: askForMany(send, taskPerResource) }
}

/** Whether a query is one of many tasks. */
export const isOfMany = <Output, Data>(
  query: TaskQuery<Output, Data>,
): query is QueryTaskStatuses<Output, Data> =>
  typeof query === 'object' && (query as unknown) !== null && 'query' in query

const askForOne =
  <Output, Data>(query: QueryTaskStatus<Output, Data>): Asking<Output, Data>['ask'] =>
  async ([{ taskId }], signal) =>
    typeof query === 'function'
      ? runQuery(
          () => query(taskId, signal),
          result => {
            const answer = readEither(result, readStatus<Output, Data>)
            return answer && (E.isLeft(answer) ? answer : E.right([answer]))
          },
        )
      : E.left(misused)

const askForMany =
  <Output, Data>(
    send: QueryTaskStatuses<Output, Data>['query'],
    taskPerResource: boolean,
  ): Asking<Output, Data>['ask'] =>
  (tasks, signal) =>
    runQuery(
      () => send(copiesOf(tasks), signal),
      result => readEither(result, statuses => readStatuses<Output, Data>(tasks, taskPerResource, statuses)),
    )

/** Returns `undefined` if it is no array of objects with the `taskId` and the `status` of a task. */
const readStatuses = <Output, Data>(
  tasks: ReadonlyArray<QueriedTask>,
  taskPerResource: boolean,
  statuses: unknown,
): Answers<Output, Data> | undefined => {
  if (!Array.isArray(statuses)) return undefined
  const keyOf = (taskId: unknown, resourceId: unknown): string =>
    JSON.stringify(taskPerResource ? [taskId, resourceId ?? null] : taskId)
  const answers = new Map<string, E.Either<FailedQuery, TaskStatus<Output, Data>>>()
  for (const item of statuses as ReadonlyArray<unknown>) {
    const { taskId, resourceId, status } = item as Readonly<Record<string, unknown>>
    if (taskId === undefined || typeof taskId === 'number' || typeof taskId === 'bigint') return undefined
    if (status === undefined) return undefined
    const key = keyOf(taskId, resourceId)
    const answer = readOne<Output, Data>(status)
    const known = answers.get(key)
    answers.set(key, known === undefined || agree(known, answer) ? answer : contradictory)
  }
  return tasks.map(({ taskId, resourceId }) => answers.get(keyOf(taskId, resourceId)))
}

const readOne = <Output, Data>(status: unknown): E.Either<FailedQuery, TaskStatus<Output, Data>> => {
  try {
    return readEither(status, readStatus<Output, Data>) ?? E.left(misused)
  } catch {
    return E.left(misused)
  }
}

const agree = (
  one: E.Either<FailedQuery, TaskStatus<unknown, unknown>>,
  other: E.Either<FailedQuery, TaskStatus<unknown, unknown>>,
): boolean => (E.isRight(one) ? E.isRight(other) && one.right._tag === other.right._tag : E.isLeft(other))

/** The response has two states of one task. The next one may not. */
const contradictory: E.Either<FailedQuery, never> = E.left({ ...misused, askAgain: 'always' })

/**
 * What is known of the tasks, as the query of many returns it. Made for a callback, so it shares no object.
 *
 * @internal
 */
export const statusesIn = <Output, Data>(
  tasks: ReadonlyArray<QueriedTask>,
  answers: Answers<Output, Data>,
): ReadonlyArray<QueriedStatus<Output, Data>> =>
  tasks.flatMap(({ taskId, resourceId }, index) => {
    const answer = answers[index]
    if (answer === undefined) return []
    const status = E.isLeft(answer) ? E.left({ ...answer.left.error }) : E.right({ ...answer.right })
    return [resourceId === undefined ? { taskId, status } : { taskId, resourceId, status }]
  })

/**
 * Copies for a callback of the caller, which may change them: the originals say which task an answer belongs to.
 *
 * @internal
 */
export const copiesOf: (
  tasks: RNEA.ReadonlyNonEmptyArray<QueriedTask>,
) => RNEA.ReadonlyNonEmptyArray<QueriedTask> = RNEA.map(task => ({
  ...task,
  resourceIds: [...task.resourceIds],
}))

/**
 * Returns a task as a query gets it: with its resource, if exactly one is known.
 *
 * @example
 * import type { ResourceId, TaskId } from '@task-outcome/core'
 * import { queriedTask } from '@task-outcome/wait/query'
 *
 * queriedTask({ taskId: '17' as TaskId, resourceIds: ['ins-1' as ResourceId] }).resourceId // 'ins-1'
 *
 * @category constructors
 * @since 0.1.0
 */
export const queriedTask = ({ taskId, resourceIds }: NamedTask): QueriedTask => {
  const [resourceId, ...others] = resourceIds
  return resourceId === undefined || others.length > 0
    ? { taskId, resourceIds }
    : { taskId, resourceId, resourceIds }
}
