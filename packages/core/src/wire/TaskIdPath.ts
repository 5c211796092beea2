/**
 * @since 0.1.0
 */
import { type JsonPointer, child, root } from '../json/JsonPointer.js'

/**
 * Where the response to an ordinary submission has its task id: at `/requestId` as a rule, with some products at
 * `/taskId`, `/data/taskId` or `/data/flowId`.
 *
 * Source: PROTOCOL.md, section 4, "Some submissions hand out their task id in `data.taskId`, `data.flowId` or a `taskId`
 * at the top".
 *
 * @category model
 * @since 0.1.0
 */
export type TaskIdPath = 'requestId' | 'taskId' | 'data.taskId' | 'data.flowId'

/**
 * The name of the id in `data`, if the place is there.
 *
 * @internal
 */
export const nameInData = (place: TaskIdPath): string | undefined =>
  place.startsWith('data.') ? place.slice('data.'.length) : undefined

/**
 * The names under which a response can have a task id, wherever in it. PROTOCOL.md, section 3: "every member named
 * `requestId`, `taskId` or `flowId` (and `RequestId`, `TaskId`, `FlowId`) with the value of an id".
 *
 * @internal
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
