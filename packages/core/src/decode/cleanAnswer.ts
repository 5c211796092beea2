/**
 * The answers that services get all day, told at a glance: every field in its place and of its type, no name twice, nothing
 * refused as a whole. An answer that is not that clean, be it faulty or only unusual, is none here: it is read again with
 * care. A law holds the two ways together: what is said here is what would be said there.
 *
 * @internal
 */
import { acceptedEntry, rejectedEntry } from './entries.js'
import { codeOf, outcomeOf } from './outcomeOf.js'
import { type Json, type JsonRecord, noExtra } from '../json/Json.js'
import { borrowUtf8, decodeUtf8 } from '../json/utf8.js'
import type { AcceptedTask } from '../outcome/AcceptedTask.js'
import type { AcceptedEntry, BatchOutcome, RejectedEntry } from '../outcome/BatchOutcome.js'
import { rejection } from '../wire/Rejection.js'
import type { ResourceId } from '../wire/ResourceId.js'
import type { TaskId } from '../wire/TaskId.js'
import { CleanText, closeBrace, colon, comma, openBrace, wordOf } from '../json/CleanText.js'
import { DistinctNames } from '../json/DistinctNames.js'

/** Row 1: `code` 0 and an id. */
export const cleanTask = (body: string | Uint8Array): AcceptedTask | undefined => {
  const text = cleanTextOf(body)
  if (text === undefined) return undefined
  const { code, message, codeDesc, requestId, extra } = readFields(text)
  if (!text.isCleanToTheEnd() || code !== 0 || requestId === '') return undefined
  return { _tag: 'AcceptedTask', taskId: requestId as TaskId, message, codeDesc, extra }
}

/** Rows 4 to 6: the code and the entries agree, and every accepted entry has an id. */
export const cleanBatch = (body: string | Uint8Array): BatchOutcome | undefined => {
  const text = cleanTextOf(body)
  if (text === undefined) return undefined
  const entries: Entries = { accepted: [], rejected: [] }
  const { code, message, codeDesc, extra } = readFields(text, entries)
  if (!text.isCleanToTheEnd()) return undefined
  const outcome = outcomeOf(entries, { message, codeDesc, extra })
  return outcome !== undefined && codeOf[outcome._tag] === code ? outcome : undefined
}

const cleanTextOf = (body: string | Uint8Array): CleanText | undefined => {
  if (typeof body !== 'string') {
    const decoded = decodeUtf8(body)
    return decoded._tag === 'Left' ? undefined : new CleanText(decoded.right, body)
  }
  const bytes = borrowUtf8(body)
  return bytes && new CleanText(body, bytes)
}

interface Entries {
  readonly accepted: AcceptedEntry[]
  readonly rejected: RejectedEntry[]
}

interface CleanFields {
  readonly code: number
  readonly message: string
  readonly codeDesc: string
  /** `''` where there is none. */
  readonly requestId: string
  readonly extra: JsonRecord
}

/** Reads an object with the fields of an answer or an entry; with the entries in its `detail`, if it is that of a batch. */
const readFields = (text: CleanText, entries?: Entries): CleanFields => {
  let code: number | undefined
  let message: string | undefined
  let codeDesc: string | undefined
  let requestId: string | undefined
  let extra: Record<string, Json> | undefined
  text.expect(openBrace)
  do {
    text.skipSpace()
    if (text.takeWord(name.code)) {
      text.expectValue(code)
      code = text.integer()
    } else if (text.takeWord(name.message)) {
      text.expectValue(message)
      message = text.stringOrNull()
    } else if (entries === undefined && text.takeWord(name.requestId)) {
      text.expectValue(requestId)
      requestId = text.id()
    } else if (entries !== undefined && text.takeWord(name.detail)) {
      readEntries(text, entries)
    } else if (text.takeWord(name.codeDesc)) {
      text.expectValue(codeDesc)
      codeDesc = text.stringOrNull()
    } else {
      extra = readExtra(text, extra ?? {})
    }
  } while (text.isClean && text.take(comma))
  text.expect(closeBrace)
  return {
    code: code ?? text.giveUp(0),
    message: message ?? '',
    codeDesc: codeDesc ?? '',
    requestId: requestId ?? '',
    extra: extra ?? noExtra,
  }
}

const readExtra = (text: CleanText, extra: Record<string, Json>): Record<string, Json> => {
  const other = text.name()
  if (other === '__proto__' || neverExtra.has(other) || Object.hasOwn(extra, other)) return text.giveUp(extra)
  text.expect(colon)
  extra[other] = text.scalar()
  return extra
}

/** An id or entries in an unusual place: the careful way knows what to make of them. */
const neverExtra: ReadonlySet<string> = new Set(['requestId', 'detail', 'data'])

const readEntries = (text: CleanText, { accepted, rejected }: Entries): void => {
  text.expect(colon)
  // Those of a second `detail` would begin anew at position 0.
  if (accepted.length + rejected.length > 0) text.giveUp(undefined)
  const resourceIds = new DistinctNames()
  text.expect(openBrace)
  do {
    const position = accepted.length + rejected.length
    const resourceId = text.name() as ResourceId
    if (!resourceIds.add(resourceId, text.hash)) text.giveUp(undefined)
    text.expect(colon)
    const fields = readFields(text)
    const { code, requestId, extra } = fields
    const taskId = requestId === '' ? undefined : (requestId as TaskId)
    if (code !== 0)
      rejected.push(rejectedEntry(position, resourceId, rejection('entry', code, fields), taskId, extra))
    else if (taskId === undefined) text.giveUp(undefined)
    else accepted.push(acceptedEntry(position, resourceId, taskId, fields, extra))
  } while (text.isClean && text.take(comma))
  text.expect(closeBrace)
}

/** As the names stand in a body. */
const name = {
  code: /* @__PURE__ */ wordOf('"code"'),
  message: /* @__PURE__ */ wordOf('"message"'),
  codeDesc: /* @__PURE__ */ wordOf('"codeDesc"'),
  requestId: /* @__PURE__ */ wordOf('"requestId"'),
  detail: /* @__PURE__ */ wordOf('"detail"'),
}
