/**
 * @since 0.1.0
 */
import * as t from 'io-ts'
import { JsonRecord } from '../json/Json.js'
import { TaskId } from '../wire/TaskId.js'

/**
 * The API has accepted a submission and started a task. How the task ends is not known yet.
 *
 * Source: PROTOCOL.md, section 3, row 1.
 *
 * @category model
 * @since 0.1.0
 */
export interface AcceptedTask<Extra = JsonRecord> {
  readonly _tag: 'AcceptedTask'
  /** The id with every digit that the API wrote. Store it as text. */
  readonly taskId: TaskId
  /** `''` if the response has none. */
  readonly message: string
  /** Usually `Success`; `''` if the response has none. */
  readonly codeDesc: string
  /** The extra fields, which the format does not define, such as `dealIds`: plain JSON, or the result of the caller's codec. */
  readonly extra: Extra
}

/**
 * Creates the codec of an accepted task from a codec of its extra fields.
 *
 * @example
 * import * as t from 'io-ts'
 * import { acceptedTaskCodec } from '@task-outcome/core/codec'
 *
 * const AcceptedListener = acceptedTaskCodec(t.type({ listenerIds: t.array(t.string) }))
 *
 * @category codecs
 * @since 0.1.0
 */
export const acceptedTaskCodec = <Extra, Output>(
  extra: t.Type<Extra, Output>,
): t.Type<AcceptedTask<Extra>, AcceptedTask<Output>> =>
  t.type(
    {
      _tag: t.literal('AcceptedTask'),
      taskId: TaskId,
      message: t.string,
      codeDesc: t.string,
      extra,
    },
    `AcceptedTask<${extra.name}>`,
  )

/**
 * The codec of an accepted task, to store or forward it.
 *
 * @example
 * import { AcceptedTask, decodeOrdinaryTask } from '@task-outcome/core'
 * import { either as E } from 'fp-ts'
 *
 * const stored = E.map(AcceptedTask.encode)(decodeOrdinaryTask('{"code":0,"requestId":17}'))
 *
 * @category codecs
 * @since 0.1.0
 */
export const AcceptedTask: t.Type<AcceptedTask> = acceptedTaskCodec(JsonRecord)
