/**
 * The response bodies of the API, written by core's codecs.
 *
 * @internal
 */
import { type TaskId } from '@task-outcome/core'
import { BatchTaskResponse, JsonValueFromText, OrdinaryTaskResponse } from '@task-outcome/core/wire'
import { type JsonValue, jsonNumber } from '@task-outcome/core/json'
import type { TaskState } from '../tasks/createTaskStore.js'
import type { EmulatedFailure } from '../tasks/EmulatedTask.js'

/**
 * How task ids are written in bodies: `"6356502"` or `6356502`.
 *
 * @category model
 * @since 0.1.0
 */
export type IdFormat = 'string' | 'number'

/**
 * How codes and the states of tasks are written in bodies: `"5100"` or `5100`.
 *
 * @category model
 * @since 0.1.0
 */
export type CodeFormat = 'string' | 'number'

export interface BodyFormat {
  readonly idFormat: IdFormat
  readonly codeFormat: CodeFormat
}

export const acceptedBody = (
  format: BodyFormat,
  idAt: 'requestId' | 'taskId',
  id: TaskId,
  extra: OrdinaryTaskResponse['extra'],
): string =>
  write(
    format,
    OrdinaryTaskResponse.encode({
      code: 0,
      message: '',
      codeDesc: 'Success',
      ...(idAt === 'requestId' ? { requestId: id, extra } : { extra: { taskId: id, ...extra } }),
    }),
  )

/** PROTOCOL.md, section 1: "0 all resources succeeded · 5100 all failed · 5400 some failed". */
export const batchBody = (format: BodyFormat, detail: BatchTaskResponse['detail']): string => {
  const rejectedCount = detail.filter(([, entry]) => entry.code !== 0).length
  const [code, message] =
    rejectedCount === 0
      ? [0, 'success']
      : rejectedCount === detail.length
        ? [5100, 'the operation failed for all resources']
        : [5400, 'the operation failed for some resources']
  return write(format, BatchTaskResponse.encode({ code, message, codeDesc: '', detail, extra: {} }))
}

/** The body for a request that is rejected as a whole: no `detail`, no id. */
export const refusalBody = (format: BodyFormat, { code, message, codeDesc = '' }: EmulatedFailure): string =>
  write(format, OrdinaryTaskResponse.encode({ code, message, codeDesc, extra: {} }))

/** PROTOCOL.md, section 4: "`status` 0 succeeded, 1 failed, 2 in progress". */
export const stateBody = (
  format: BodyFormat,
  state: TaskState,
  failure: EmulatedFailure | undefined,
): string => {
  const status = statuses[state]
  const output =
    state === 'failed' && failure !== undefined ? { code: failure.code, message: failure.message } : undefined
  return write(
    format,
    OrdinaryTaskResponse.encode({
      code: 0,
      message: '',
      codeDesc: 'Success',
      extra: { data: output === undefined ? { status } : { status, output } },
    }),
  )
}

const statuses = { succeeded: 0, failed: 1, inProgress: 2 } as const

const write = (format: BodyFormat, body: JsonValue): string =>
  JsonValueFromText.encode(inFormat(format, body))

/** Converts ids and codes to the format without losing a digit: the codecs write ids as strings and codes as numbers. */
const inFormat = (format: BodyFormat, value: JsonValue): JsonValue => {
  if (value === null || typeof value !== 'object' || value._tag !== 'JsonObject') return value
  return {
    ...value,
    members: value.members.map(({ name, value: member }) => ({
      name,
      value: memberIn(format, name, member),
    })),
  }
}

const memberIn = (format: BodyFormat, name: string, value: JsonValue): JsonValue => {
  if (typeof value === 'string')
    return idNames.has(name) && format.idFormat === 'number' ? jsonNumber(value) : value
  if (value !== null && typeof value === 'object' && value._tag === 'JsonNumber')
    return codeNames.has(name) && format.codeFormat === 'string' ? value.literal : value
  return inFormat(format, value)
}

const idNames = new Set(['requestId', 'taskId'])
const codeNames = new Set(['code', 'status'])
