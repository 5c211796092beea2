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
  /** Every digit that the API wrote: store it as text. */
  readonly taskId: TaskId
  /** `''` where the response has none. */
  readonly message: string
  /** `''` where the response has none; `Success` as a rule. */
  readonly codeDesc: string
  /** The fields that the format does not name, as `dealIds`: plain JSON, or what the caller's codec made of it. */
  readonly extra: Extra
}

/**
 * The codec of an accepted task whose extra fields have a codec of their own.
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
 * The codec of an accepted task, to store it or to send it on.
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
