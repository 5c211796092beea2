/**
 * The bodies that the API answers with, written by core's codecs.
 *
 * @internal
 */
import {
  BatchTaskResponse,
  type JsonValue,
  JsonValueFromText,
  OrdinaryTaskResponse,
  OrdinaryTaskResponseFromText,
  type TaskId,
  jsonNumber,
} from '@task-outcome/core'
import type { Reason } from './Task.js'

/**
 * How task ids stand in bodies: `"6356502"` or `6356502`.
 *
 * @category model
 * @since 0.1.0
 */
export type IdFormat = 'string' | 'number'

export const acceptedBody = (
  format: IdFormat,
  requestId: TaskId,
  extra: OrdinaryTaskResponse['extra'],
): string =>
  JsonValueFromText.encode(
    withIds(
      format,
      OrdinaryTaskResponse.encode({ code: 0, message: '', codeDesc: 'Success', requestId, extra }),
    ),
  )

/** PROTOCOL.md, section 1: "0 all resources succeeded · 5100 all failed · 5400 some failed". */
export const batchBody = (format: IdFormat, detail: BatchTaskResponse['detail']): string => {
  const rejectedCount = detail.filter(([, entry]) => entry.code !== 0).length
  const [code, message] =
    rejectedCount === 0
      ? [0, 'success']
      : rejectedCount === detail.length
        ? [5100, 'the operation failed for all resources']
        : [5400, 'the operation failed for some resources']
  return JsonValueFromText.encode(
    withIds(format, BatchTaskResponse.encode({ code, message, codeDesc: '', detail, extra: {} })),
  )
}

/** A request that is refused as a whole: no `detail`, no id. */
export const refusalBody = ({ code, message }: Reason, codeDesc = ''): string =>
  OrdinaryTaskResponseFromText.encode({ code, message, codeDesc, extra: {} })

/** PROTOCOL.md, section 4: "`status` 0 succeeded, 1 failed, 2 in progress". */
export const stateBody = (status: 0 | 1 | 2, failure: Reason | undefined): string =>
  OrdinaryTaskResponseFromText.encode({
    code: 0,
    message: '',
    codeDesc: 'Success',
    extra: { data: failure === undefined ? { status } : { status, output: { ...failure } } },
  })

/** The codecs write ids as strings: as numbers they are put in afterwards, digit for digit. */
const withIds = (format: IdFormat, value: JsonValue): JsonValue => {
  if (format === 'string' || value === null || typeof value !== 'object' || value._tag !== 'JsonObject')
    return value
  return {
    ...value,
    members: value.members.map(({ name, value: member }) => ({
      name,
      value:
        name === 'requestId' && typeof member === 'string' ? jsonNumber(member) : withIds(format, member),
    })),
  }
}
