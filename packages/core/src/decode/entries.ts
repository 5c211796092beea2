/**
 * The entries of a batch response, judged one by one.
 *
 * @internal
 */
import type { MissingTaskId } from '../error/ContractIssue.js'
import { child } from '../json/JsonPointer.js'
import type { AcceptedEntry, BatchEntry, RejectedEntry } from '../outcome/BatchOutcome.js'
import type { JsonRecord } from '../json/Json.js'
import { unpolluted } from '../json/unpolluted.js'
import type { EntryReading } from '../wire/BatchTaskResponse.js'
import { toExtra } from '../wire/fields.js'
import type { Rejection } from '../wire/Rejection.js'
import type { ResourceId } from '../wire/ResourceId.js'
import type { TaskId } from '../wire/TaskId.js'
import { classify } from './classification.js'

export interface JudgedEntries {
  /** All entries that could be classified, in the order of the body. */
  readonly entries: ReadonlyArray<BatchEntry>
  readonly accepted: ReadonlyArray<AcceptedEntry>
  readonly rejected: ReadonlyArray<RejectedEntry>
  /** Row 10: "an entry with `code` 0 and no id". */
  readonly idsMissing: ReadonlyArray<MissingTaskId>
}

export const judgeEntries = (readings: ReadonlyArray<EntryReading>): JudgedEntries => {
  const entries: BatchEntry[] = []
  const accepted: AcceptedEntry[] = []
  const rejected: RejectedEntry[] = []
  const idsMissing: MissingTaskId[] = []
  readings.forEach(({ resourceId, path, fields }, position) => {
    if (fields === undefined) return
    const classification = classify('entry', fields)
    if (classification._tag === 'Accepted') {
      const entry = acceptedEntry(position, resourceId, classification.taskId, fields, toExtra(fields.others))
      accepted.push(entry)
      entries.push(entry)
    } else if (classification._tag === 'Refused') {
      const { rejection, taskId } = classification
      const entry = rejectedEntry(position, resourceId, rejection, taskId, toExtra(fields.others))
      rejected.push(entry)
      entries.push(entry)
    } else if (classification._tag === 'IdMissing')
      idsMissing.push({ _tag: 'MissingTaskId', path: child(path, 'requestId') })
  })
  return { entries, accepted, rejected, idsMissing }
}

export const acceptedEntry = (
  position: number,
  resourceId: ResourceId,
  taskId: TaskId,
  { message, codeDesc }: { readonly message: string; readonly codeDesc: string },
  extra: JsonRecord,
): AcceptedEntry => ({
  _tag: 'AcceptedEntry',
  position,
  resourceId,
  taskId,
  message,
  codeDesc,
  extra,
})

export const rejectedEntry = (
  position: number,
  resourceId: ResourceId,
  rejection: Rejection,
  taskId: TaskId | undefined,
  extra: JsonRecord,
): RejectedEntry => {
  const { code, meaning, advice, message, codeDesc } = rejection
  const moduleCode = unpolluted(rejection, 'moduleCode')
  const entry: { -readonly [Name in keyof RejectedEntry]: RejectedEntry[Name] } = {
    _tag: 'RejectedEntry',
    position,
    resourceId,
    code,
    meaning,
    advice,
    message,
    codeDesc,
    extra,
  }
  if (moduleCode !== undefined) entry.moduleCode = moduleCode
  // "A rejected entry keeps its id if it has one."
  if (taskId !== undefined) entry.taskId = taskId
  return entry
}
