/**
 * The state of a task.
 *
 * @since 0.1.0
 */
import * as t from 'io-ts'
import { struct } from '../codec/struct.js'
import { Json, JsonRecord } from '../json/Json.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * The properties that every state of a task has.
 *
 * @category model
 * @since 0.1.0
 */
export interface TaskStatusFields<Output = Json, Data = Json> {
  /** The message of the query, not of the task; `''` if the response has none. */
  readonly message: string
  /** Usually `Success`. Describes the query, not the task; `''` if the response has none. */
  readonly codeDesc: string
  /** `data.output`, if the response has one: the reason of a failure, usually `{ code, message }`. */
  readonly output?: Output
  /** `data.data`, if the response has one: the result. */
  readonly data?: Data
  /** The other fields of `data`, beside `status`, `output` and `data`. */
  readonly statusExtra: JsonRecord
  /** The extra fields of the response. */
  readonly extra: JsonRecord
}

/**
 * The task has succeeded. PROTOCOL.md, section 4, status 0.
 *
 * @category model
 * @since 0.1.0
 */
export interface Succeeded<Output = Json, Data = Json> extends TaskStatusFields<Output, Data> {
  readonly _tag: 'Succeeded'
}

/**
 * The task has failed. PROTOCOL.md, section 4, status 1.
 *
 * @category model
 * @since 0.1.0
 */
export interface Failed<Output = Json, Data = Json> extends TaskStatusFields<Output, Data> {
  readonly _tag: 'Failed'
}

/**
 * The task is still in progress. PROTOCOL.md, section 4, status 2.
 *
 * @category model
 * @since 0.1.0
 */
export interface InProgress<Output = Json, Data = Json> extends TaskStatusFields<Output, Data> {
  readonly _tag: 'InProgress'
}

/**
 * The final state of a task.
 *
 * @category model
 * @since 0.1.0
 */
export type TaskEnd<Output = Json, Data = Json> = Succeeded<Output, Data> | Failed<Output, Data>

/**
 * The state of a task.
 *
 * @category model
 * @since 0.1.0
 */
export type TaskStatus<Output = Json, Data = Json> = TaskEnd<Output, Data> | InProgress<Output, Data>

// -------------------------------------------------------------------------------------
// codecs
// -------------------------------------------------------------------------------------

const statusResponse = <Tag extends TaskStatus['_tag'], Output, OutputO, Data, DataO>(
  tag: Tag,
  { output, data }: { readonly output: t.Type<Output, OutputO>; readonly data: t.Type<Data, DataO> },
) =>
  struct(
    tag,
    {
      _tag: t.literal(tag),
      message: t.string,
      codeDesc: t.string,
      statusExtra: JsonRecord,
      extra: JsonRecord,
    },
    { output, data },
  )

/**
 * Creates the codec of the final state of a task from codecs of its output and data.
 *
 * @example
 * import * as t from 'io-ts'
 * import { Json } from '@task-outcome/core'
 * import { taskEndCodec } from '@task-outcome/core/codec'
 *
 * const EndedImage = taskEndCodec({ output: Json, data: t.type({ imageId: t.string }) })
 *
 * @category codecs
 * @since 0.1.0
 */
export const taskEndCodec = <Output, OutputO, Data, DataO>(parts: {
  readonly output: t.Type<Output, OutputO>
  readonly data: t.Type<Data, DataO>
}): t.Type<TaskEnd<Output, Data>, TaskEnd<OutputO, DataO>> =>
  t.union([statusResponse('Succeeded', parts), statusResponse('Failed', parts)], 'TaskEnd')

/**
 * Creates the codec of the state of a task from codecs of its output and data.
 *
 * @example
 * import { Json } from '@task-outcome/core'
 * import { taskStatusCodec } from '@task-outcome/core/codec'
 * import * as t from 'io-ts'
 *
 * const ImageStatus = taskStatusCodec({ output: Json, data: t.type({ imageId: t.string }) })
 *
 * @category codecs
 * @since 0.1.0
 */
export const taskStatusCodec = <Output, OutputO, Data, DataO>(parts: {
  readonly output: t.Type<Output, OutputO>
  readonly data: t.Type<Data, DataO>
}): t.Type<TaskStatus<Output, Data>, TaskStatus<OutputO, DataO>> =>
  t.union([taskEndCodec(parts), statusResponse('InProgress', parts)], 'TaskStatus')

/**
 * The codec of the final state of a task, to store or forward it.
 *
 * @category codecs
 * @since 0.1.0
 */
export const TaskEnd: t.Type<TaskEnd> = taskEndCodec({ output: Json, data: Json })

/**
 * The codec of the state of a task, to store or forward it.
 *
 * @category codecs
 * @since 0.1.0
 */
export const TaskStatus: t.Type<TaskStatus> = taskStatusCodec({ output: Json, data: Json })
