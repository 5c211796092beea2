/**
 * @since 0.1.0
 */
import { type JsonPointer, child, root } from '../json/JsonPointer.js'

/**
 * Where the response to an ordinary submission has its task id: usually at `/requestId`, with some products at `/taskId`,
 * `/data/taskId` or `/data/flowId`.
 *
 * Source: PROTOCOL.md, section 4, "Some submissions return their task id in `data.taskId`, `data.flowId` or a `taskId`
 * at the top".
 *
 * @category model
 * @since 0.1.0
 */
export type TaskIdPath = 'requestId' | 'taskId' | 'data.taskId' | 'data.flowId'

const taskIdPaths: ReadonlySet<unknown> = new Set<TaskIdPath>([
  'requestId',
  'taskId',
  'data.taskId',
  'data.flowId',
])

/**
 * @internal
 */
export const isTaskIdPath = (value: unknown): boolean => taskIdPaths.has(value)

/**
 * Returns the name of the id in `data`, or `undefined` if the id is elsewhere.
 *
 * @internal
 */
export const nameInData = (place: TaskIdPath): string | undefined =>
  place.startsWith('data.') ? place.slice('data.'.length) : undefined

/**
 * The member names of task ids, at any depth. PROTOCOL.md, section 3: "every member named
 * `requestId`, `taskId` or `flowId` (and `RequestId`, `TaskId`, `FlowId`) whose value is an id".
 *
 * @category data
 * @since 0.1.0
 */
export const taskIdNames: ReadonlySet<string> = new Set([
  'requestId',
  'taskId',
  'flowId',
  'RequestId',
  'TaskId',
  'FlowId',
])

/**
 * @internal
 */
export const pathOf = (place: TaskIdPath): JsonPointer => place.split('.').reduce(child, root)
