/**
 * The actions of API 3.0 that return the state of tasks.
 *
 * @internal
 */
import type { TaskStore } from '../tasks/createTaskStore.js'
import type { EmulatedTask } from '../tasks/EmulatedTask.js'
import type { EmulatedQuery } from './EmulatedService.js'
import type { FoundAction } from './findAction.js'
import { type Parameters, readCount, readIds, readValue } from './parameters.js'
import {
  type Placed,
  type Refusal,
  isRefusal,
  list,
  literal,
  missingParameter,
  refusal,
} from './responseBodies.js'
import type { TaskIndex } from './TaskIndex.js'

/** Returns the members of the response. */
export const createQuery =
  (store: TaskStore, index: TaskIndex) =>
  (
    { service, name, query }: Extract<FoundAction, { _tag: 'Query' }>,
    parameters: Parameters,
  ): ReadonlyArray<Placed> | Refusal => {
    const fault = faultInParameters(query, parameters)
    if (fault !== undefined) return fault
    const ids = readIds(parameters, query.parameter, query.parameterType)
    if (ids !== undefined && isRefusal(ids)) return ids
    const { maxTasksPerQuery = 1 } = query
    if (ids !== undefined && ids.length > maxTasksPerQuery)
      return refusal(
        'InvalidParameterValue.LimitExceeded',
        `\`${query.parameter}\` has ${ids.length} values, more than ${maxTasksPerQuery}`,
      )

    const tasks = index.knownTo(service, name)
    if (query.list !== undefined) {
      const items = [...(ids ?? tasks.keys())].flatMap(id => itemOf(store, query, id, tasks.get(id)))
      const total: ReadonlyArray<Placed> =
        query.defaultLimit === undefined ? [] : [[['TotalCount'], literal(String(items.length))]]
      return [...total, [query.list.path, list(pageOf(items, query, parameters))]]
    }
    const id = ids?.[0]
    if (id === undefined) return missingParameter(query.parameter)
    const task = tasks.get(id)
    return task === undefined
      ? refusal('ResourceNotFound', `there is no task ${id}`)
      : stateMembers(store, query, task)
  }

const faultInParameters = (
  { fixedParameters = {}, requires = [], maxTasksPerQuery = 1, list: array }: EmulatedQuery,
  parameters: Parameters,
): Refusal | undefined => {
  const missing = [...requires, ...Object.keys(fixedParameters)].find(
    name => readValue(parameters, name) === undefined,
  )
  if (missing !== undefined) return missingParameter(missing)
  for (const [name, expected] of Object.entries(fixedParameters)) {
    const found = readValue(parameters, name)
    if (typeof expected === 'string' ? found !== expected : readCount(parameters, name) !== expected)
      return refusal('InvalidParameterValue', `The value of parameter \`${name}\` must be ${expected}`)
  }
  const limit = readCount(parameters, 'Limit') ?? 0
  return array !== undefined && limit > Math.max(maxTasksPerQuery, Number(fixedParameters.Limit ?? 0))
    ? refusal('InvalidParameterValue', `The value of parameter \`Limit\` exceeds ${maxTasksPerQuery}`)
    : undefined
}

/** The item of an array; none if there is no such task. A resource has one without a task as well. */
const itemOf = (
  store: TaskStore,
  query: EmulatedQuery,
  id: string,
  task: EmulatedTask | undefined,
): ReadonlyArray<ReadonlyArray<Placed>> => {
  const { idMember = '', requestIdMember } = query.list ?? {}
  const self: Placed = [[idMember], query.parameterType.startsWith('number') ? literal(id) : id]
  if (requestIdMember === undefined)
    return task === undefined ? [] : [[self, ...stateMembers(store, query, task)]]
  return [
    task === undefined
      ? [self, [[requestIdMember], null], [query.state, null]]
      : [self, [[requestIdMember], task.id], ...stateMembers(store, query, task)],
  ]
}

const stateMembers = (store: TaskStore, query: EmulatedQuery, task: EmulatedTask): ReadonlyArray<Placed> => {
  const state = store.stateOf(task)
  const value = query[state][0]
  return [
    [query.state, value === undefined ? null : literal(value)],
    ...reasonMembers(query.output, state === 'failed' ? (task.failure?.message ?? '') : undefined),
  ]
}

/** A reason at `Error` has a code as well, and is absent unless the task has failed: an `Error` refuses the query otherwise. */
const reasonMembers = (path: EmulatedQuery['output'], reason: string | undefined): ReadonlyArray<Placed> => {
  if (path === undefined) return []
  if (path[0] !== 'Error') return [[path, reason ?? '']]
  return reason === undefined
    ? []
    : [
        [['Error', 'Code'], 'FailedOperation'],
        [path, reason],
      ]
}

const pageOf = <A>(
  items: ReadonlyArray<A>,
  { defaultLimit = items.length }: EmulatedQuery,
  parameters: Parameters,
): ReadonlyArray<A> => {
  const offset = readCount(parameters, 'Offset') ?? 0
  return items.slice(offset, offset + (readCount(parameters, 'Limit') ?? defaultLimit))
}
