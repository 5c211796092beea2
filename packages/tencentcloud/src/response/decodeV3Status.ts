/**
 * The responses of API 3.0 to queries for the state of tasks.
 *
 * @since 0.1.0
 */
import type { HttpResponse, JsonRecord, QueryError, TaskStatus } from '@task-outcome/core'
import { type DecodeReport, createQueryDecoder } from '@task-outcome/core/adapter'
import {
  type JsonObject,
  JsonPointer,
  type JsonValue,
  stringifyJson,
  toPlain,
  toPlainRecord,
} from '@task-outcome/core/json'
import { type ShapeIssue, describeFound, readId, shapeIssue } from '@task-outcome/core/wire'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { isNonEmpty } from 'fp-ts/lib/ReadonlyArray.js'
import * as RNEA from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type { QueryAction } from '../actions/Service.js'
import { type Envelope, anId, readEnvelope, responsePointer } from './envelope.js'
import { isJsonObject, locate, textOf, valuesOf, without } from './jsonPath.js'
import { readState } from './readState.js'
import { memberNames } from './taskIdNames.js'

/**
 * A task to look for in the response to a query: an accepted task, or an accepted entry of a batch.
 *
 * @category model
 * @since 0.1.0
 */
export interface QueriedTask {
  /** The id of the task. For `RequestIdPerResource`: the request id of the submission. */
  readonly taskId: string
  /** For `RequestIdPerResource`: the resource. Without it, the state is a `ShapeError`: other resources can have the same request id. */
  readonly resourceId?: string
}

/**
 * Creates the decoder of the responses to a query for the state of one task. `Left` is an error of the query, which says nothing
 * about the task, or of the state, if it has a value that the action does not list.
 *
 * A response with an array of tasks that does not have this one says that it is in progress: it may be too new.
 *
 * `extra` has the other members of `Response`, `statusExtra` those of the item of the array, if the action returns one.
 *
 * Source: docs/reference/API3.md.
 *
 * @example
 * import { type QueryAction, decodeV3Status } from '@task-outcome/tencentcloud'
 *
 * const describeTaskStatus: QueryAction = {
 *   parameter: 'TaskId',
 *   parameterType: 'string',
 *   state: ['Status'],
 *   succeeded: ['0'],
 *   failed: ['1'],
 *   inProgress: ['2'],
 * }
 *
 * decodeV3Status(describeTaskStatus, { taskId: 'r-1' })({ status: 200, body: '{"Response":{"Status":2,"RequestId":"r-9"}}' })
 * // right: InProgress
 *
 * @category decoding
 * @since 0.1.0
 */
export const decodeV3Status = (
  action: QueryAction,
  task: QueriedTask,
): ((response: HttpResponse) => E.Either<QueryError, TaskStatus>) => {
  const decode = decodeV3Statuses(action, [task])
  return response =>
    pipe(
      decode(response),
      E.chain(([status]) => status ?? E.right(leftOut)),
    )
}

const leftOut: TaskStatus = { _tag: 'InProgress', message: '', codeDesc: '', statusExtra: {}, extra: {} }

/**
 * Creates the decoder of the responses to a query for the states of many tasks. `Left`: the query failed as a whole, which says
 * nothing about any task. `Right` has, for each task and in the order of `tasks`:
 *
 * - `Right`: its state;
 * - `Left`: its state could not be read, such as a value that the action does not list. This says nothing about the others;
 * - `undefined`: the response leaves it out, or a later request has changed the resource. It may be in progress.
 *
 * @example
 * import { type QueryAction, decodeV3Statuses } from '@task-outcome/tencentcloud'
 *
 * const describeInstances: QueryAction = {
 *   parameter: 'InstanceIds',
 *   parameterType: 'stringArray',
 *   list: { path: ['InstanceSet'], idMember: 'InstanceId', requestIdMember: 'LatestOperationRequestId' },
 *   state: ['LatestOperationState'],
 *   succeeded: ['SUCCESS'],
 *   failed: ['FAILED'],
 *   inProgress: ['OPERATING'],
 *   maxTasksPerQuery: 100,
 * }
 * const decode = decodeV3Statuses(describeInstances, [
 *   { taskId: 'r-1', resourceId: 'ins-1' },
 *   { taskId: 'r-1', resourceId: 'ins-2' },
 * ])
 *
 * decode({
 *   status: 200,
 *   body: '{"Response":{"InstanceSet":[{"InstanceId":"ins-1","LatestOperationRequestId":"r-1","LatestOperationState":"SUCCESS"}]}}',
 * }) // right([right(Succeeded), undefined])
 *
 * @category decoding
 * @since 0.1.0
 */
export const decodeV3Statuses = (
  action: QueryAction,
  tasks: ReadonlyArray<QueriedTask>,
): ((
  response: HttpResponse,
) => E.Either<QueryError, ReadonlyArray<E.Either<QueryError, TaskStatus> | undefined>>) => {
  const decode = createQueryDecoder({
    read: root => readStatuses(action, tasks, root),
    taskIdNames: () => memberNames,
  })
  return response =>
    pipe(
      decode(response),
      E.map(statuses => statuses.map(status => status && pipe(status, E.mapLeft(describedBy(response))))),
    )
}

/** The states of tasks, before the transport has masked secrets in the errors. */
type Statuses = ReadonlyArray<E.Either<QueryError, TaskStatus> | undefined>

const describedBy =
  ({ describeError }: HttpResponse) =>
  (error: QueryError): QueryError =>
    describeError === undefined ? error : describeError(error)

const readStatuses = (
  action: QueryAction,
  tasks: ReadonlyArray<QueriedTask>,
  root: JsonValue,
): DecodeReport<Statuses> => {
  const shapeIssues: ShapeIssue[] = []
  const envelope = readEnvelope(root, shapeIssues)
  if (envelope === undefined) return { shapeIssues }
  const { refused } = envelope
  if (refused !== undefined && !isReason(action, envelope.response))
    return { shapeIssues, refused: { rejection: refused, taskId: undefined } }
  if (action.list === undefined) return readOnlyState(action, tasks, envelope, shapeIssues)
  const items = readItems(action.list, envelope.response, shapeIssues)
  if (items === undefined || shapeIssues.length > 0) return { shapeIssues }
  const extra = toPlainRecord([...envelope.others, ...without(envelope.response, action.list.path).members])
  return { outcome: tasks.map(statusIn(items, action.list, action, extra)) }
}

/** Whether `Error` is the reason of a failed task, as the action describes it. With any other state it refuses the query. */
const isReason = ({ list, output, state, failed }: QueryAction, response: JsonObject): boolean => {
  if (list !== undefined || output?.[0] !== 'Error') return false
  const text = textOf(locate(response, state, responsePointer, [])?.value)
  return text !== undefined && failed.includes(text)
}

/** Reads the state of a response that is about one task. */
const readOnlyState = (
  action: QueryAction,
  tasks: ReadonlyArray<QueriedTask>,
  { response, others }: Envelope,
  shapeIssues: ShapeIssue[],
): DecodeReport<Statuses> => {
  if (tasks.length !== 1)
    shapeIssues.push(
      shapeIssue(responsePointer, `the states of ${tasks.length} tasks`, 'the state of one task'),
    )
  const state = readState(action, response, responsePointer, shapeIssues)
  if (state === undefined || shapeIssues.length > 0) return { shapeIssues }
  const extra = toPlainRecord([...others, ...state.rest.members])
  return { outcome: [E.right({ ...state.fields, statusExtra: {}, extra })] }
}

// -------------------------------------------------------------------------------------
// an array of tasks
// -------------------------------------------------------------------------------------

type TaskList = NonNullable<QueryAction['list']>

interface Items {
  /** By the id of the task or of the resource. */
  readonly byId: ReadonlyMap<string, ReadonlyArray<Item>>
  /** The issues of items whose id could not be read. Any task can be one of these. */
  readonly issues: ReadonlyArray<ShapeIssue>
}

interface Item {
  readonly object: JsonObject
  readonly pointer: JsonPointer.JsonPointer
}

const readItems = (
  { path, idMember }: TaskList,
  response: JsonObject,
  issues: ShapeIssue[],
): Items | undefined => {
  const located = locate(response, path, responsePointer, issues)
  if (located === undefined) return undefined
  const { value = null, pointer: listPointer } = located
  if (value !== null && (typeof value !== 'object' || value._tag !== 'JsonArray')) {
    issues.push(shapeIssue(listPointer, 'an array', describeFound(value)))
    return undefined
  }
  const byId = new Map<string, Item[]>()
  const itemIssues: ShapeIssue[] = []
  value?.items.forEach((object, index) => {
    const pointer = JsonPointer.child(listPointer, index)
    if (!isJsonObject(object)) {
      itemIssues.push(shapeIssue(pointer, 'an object', describeFound(object)))
      return
    }
    const id = readIdOf(object, idMember, pointer, itemIssues)
    if (id === undefined) return
    const item = { object, pointer }
    const known = byId.get(id)
    if (known === undefined) byId.set(id, [item])
    else known.push(item)
  })
  return { byId, issues: itemIssues }
}

/** Reads an id that must be there. */
const readIdOf = (
  object: JsonObject,
  name: string,
  pointer: JsonPointer.JsonPointer,
  issues: ShapeIssue[],
): string | undefined => {
  const value = valuesOf(object, name)[0]
  const id = readId(value ?? null)
  if (id._tag === 'Id') return id.id
  issues.push(shapeIssue(JsonPointer.child(pointer, name), anId, describeFound(value)))
  return undefined
}

const statusIn = (
  items: Items,
  list: TaskList,
  action: QueryAction,
  extra: JsonRecord,
): ((task: QueriedTask) => E.Either<QueryError, TaskStatus> | undefined) => {
  return task => {
    if (list.requestIdMember !== undefined && task.resourceId === undefined)
      return E.left(withoutResource(list))
    const [item, ...others] = differing(itemsOf(items, list, task))
    // An item whose id could not be read may be the one.
    if (item === undefined) return isNonEmpty(items.issues) ? E.left(shapeError(items.issues)) : undefined
    if (others.length > 0) return E.left(contradiction([item, ...others]))
    const issues: ShapeIssue[] = []
    const state = readState(action, item.object, item.pointer, issues)
    if (isNonEmpty(issues)) return E.left(shapeError(issues))
    return state && E.right({ ...state.fields, statusExtra: toPlainRecord(state.rest.members), extra })
  }
}

const itemsOf = (
  { byId }: Items,
  { requestIdMember }: TaskList,
  { taskId, resourceId = '' }: QueriedTask,
): ReadonlyArray<Item> => {
  if (requestIdMember === undefined) return byId.get(taskId) ?? []
  // Of a resource that a later request has changed, the state is that of the later request.
  return (byId.get(resourceId) ?? []).filter(({ object }) => {
    const id = readId(valuesOf(object, requestIdMember)[0] ?? null)
    return id._tag === 'Id' && id.id === taskId
  })
}

/** The array can leave out other resources with the same request id. */
const withoutResource = ({ path }: TaskList): QueryError =>
  shapeError([
    shapeIssue(
      path.reduce(JsonPointer.child, responsePointer),
      'a task with the id of its resource',
      'a task without one',
    ),
  ])

/** Removes equal items. */
const differing = (items: ReadonlyArray<Item>): ReadonlyArray<Item> =>
  items.length < 2 ? items : [...new Map(items.map(item => [stringifyJson(item.object), item])).values()]

// -------------------------------------------------------------------------------------
// the errors of one task of many
// -------------------------------------------------------------------------------------

const shapeError = (issues: RNEA.ReadonlyNonEmptyArray<ShapeIssue>): QueryError => ({
  _tag: 'ShapeError',
  operation: 'query',
  issues,
  alsoFound: [],
  recovered: [],
})

/** The array tells of one task twice. */
const contradiction = (items: RNEA.ReadonlyNonEmptyArray<Item>): QueryError => ({
  _tag: 'ContractViolation',
  operation: 'query',
  issues: [
    {
      _tag: 'DuplicateMember',
      path: RNEA.last(items).pointer,
      values: RNEA.map(({ object }: Item) => toPlain(object))(items),
    },
  ],
  alsoFound: [],
  entries: [],
  recovered: [],
})
