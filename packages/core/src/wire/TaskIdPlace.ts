/**
 * @since 0.1.0
 */
import { type JsonPointer, child, root } from '../json/JsonPointer.js'

/**
 * Where the answer to an ordinary submission has its task id: at `/requestId` as a rule, with some products at
 * `/data/taskId` or `/data/flowId`.
 *
 * Source: PROTOCOL.md, section 4, "Some submissions hand out their task id in `data.taskId` or `data.flowId`".
 *
 * @category model
 * @since 0.1.0
 */
export type TaskIdPlace = 'requestId' | 'data.taskId' | 'data.flowId'

/**
 * The names under which `data` can have an id.
 *
 * @internal
 */
export const namesInData = ['taskId', 'flowId'] as const

/**
 * The name of the id in `data`, if it stands there.
 *
 * @internal
 */
export const nameInData = (place: TaskIdPlace): (typeof namesInData)[number] | undefined =>
  namesInData.find(name => place === `data.${name}`)

/**
 * @internal
 */
export const pathOf = (place: TaskIdPlace): JsonPointer => place.split('.').reduce(child, root)
