/**
 * The responses that services get all day, told at a glance: every field in its place and of its type, no name twice, nothing
 * refused as a whole. Any other response, wrong or only irregular, is read again with
 * care. A law holds the two ways together: what is said here is what would be said there.
 *
 * @internal
 */
import { acceptedEntry, rejectedEntry } from '../decode/entries.js'
import { codeOf, outcomeOf } from '../decode/outcomeOf.js'
import { type Json, type JsonRecord, noExtra } from '../json/Json.js'
import { borrowUtf8, decodeUtf8 } from '../json/utf8.js'
import type { AcceptedTask } from '../outcome/AcceptedTask.js'
import type { AcceptedEntry, BatchOutcome, RejectedEntry } from '../outcome/BatchOutcome.js'
import { rejection } from '../wire/Rejection.js'
import type { ResourceId } from '../wire/ResourceId.js'
import type { TaskId } from '../wire/TaskId.js'
import { FastJsonReader, closeBrace, colon, comma, openBrace, wordOf } from './FastJsonReader.js'
import { UniqueNameTable } from './UniqueNameTable.js'

/** Row 1: `code` 0 and an id. */
export const fastDecodeOrdinary = (body: string | Uint8Array): AcceptedTask | undefined => {
  const text = readerOf(body)
  if (text === undefined) return undefined
  const fields = new FastFields()
  readFields(text, fields)
  const taskId = fields.requestId as TaskId | ''
  if (!text.isDone() || fields.code !== 0 || taskId === '') return undefined
  return {
    _tag: 'AcceptedTask',
    taskId,
    message: fields.message,
    codeDesc: fields.codeDesc,
    extra: fields.extra,
  }
}

/** Rows 4 to 6: the code and the entries agree, and every accepted entry has an id. */
export const fastDecodeBatch = (body: string | Uint8Array): BatchOutcome | undefined => {
  const text = readerOf(body)
  if (text === undefined) return undefined
  const fields = new FastFields()
  const entries: Entries = { accepted: [], rejected: [] }
  readFields(text, fields, entries)
  if (!text.isDone()) return undefined
  const outcome = outcomeOf(entries, fields)
  return outcome !== undefined && codeOf[outcome._tag] === fields.code ? outcome : undefined
}

const readerOf = (body: string | Uint8Array): FastJsonReader | undefined => {
  if (typeof body !== 'string') {
    const decoded = decodeUtf8(body)
    return decoded._tag === 'Left' ? undefined : new FastJsonReader(decoded.right, body)
  }
  const bytes = borrowUtf8(body)
  return bytes && new FastJsonReader(body, bytes)
}

interface Entries {
  readonly accepted: AcceptedEntry[]
  readonly rejected: RejectedEntry[]
}

/** What an object says, as far as it was read. */
class FastFields {
  code = 0
  message = ''
  codeDesc = ''
  /** `''` if absent. */
  requestId = ''
  extra = noExtra
  private seen = 0

  /** Before the next object: one of these for each of a thousand entries would only be thrown away. */
  reset(): void {
    this.code = 0
    this.message = ''
    this.codeDesc = ''
    this.requestId = ''
    this.extra = noExtra
    this.seen = 0
  }

  /** Whether this member is the next one; then goes on to its value. A duplicate is irregular. */
  comes(text: FastJsonReader, member: Member): boolean {
    if (!text.takeWord(member.name)) return false
    if (this.has(member)) text.bail(undefined)
    this.seen |= member.bit
    text.expect(colon)
    return true
  }

  has({ bit }: Member): boolean {
    return (this.seen & bit) !== 0
  }
}

/** Reads an object with the fields of a response or an entry; with the entries in its `detail`, if it is that of a batch. */
const readFields = (text: FastJsonReader, fields: FastFields, entries?: Entries): void => {
  text.expect(openBrace)
  do {
    text.skipSpace()
    if (fields.comes(text, code)) fields.code = text.integer()
    else if (fields.comes(text, message)) fields.message = text.stringOrNull()
    else if (entries === undefined && fields.comes(text, requestId)) fields.requestId = text.id()
    else if (entries !== undefined && fields.comes(text, detail)) readEntries(text, entries)
    else if (fields.comes(text, codeDesc)) fields.codeDesc = text.stringOrNull()
    else fields.extra = readExtra(text, fields.extra === noExtra ? {} : fields.extra)
  } while (text.ok && text.take(comma))
  text.expect(closeBrace)
  if (!fields.has(code)) text.bail(undefined)
}

const readExtra = (text: FastJsonReader, extra: Record<string, Json>): JsonRecord => {
  const name = text.name()
  if (neverExtra.has(name)) return text.bail(extra)
  text.putValue(extra, name, deepest)
  return extra
}

/** No documented response is nested half as deep. */
const deepest = 8

/** An id or entries in an unusual place: the careful way knows what to make of them. */
const neverExtra: ReadonlySet<string> = new Set(['requestId', 'detail', 'data'])

const readEntries = (text: FastJsonReader, { accepted, rejected }: Entries): void => {
  const resourceIds = new UniqueNameTable(text.bytes)
  const fields = new FastFields()
  text.expect(openBrace)
  do {
    const position = accepted.length + rejected.length
    const resourceId = text.name() as ResourceId
    if (!resourceIds.add(text.nameStart, text.hash)) text.bail(undefined)
    text.expect(colon)
    fields.reset()
    readFields(text, fields)
    const taskId = fields.requestId === '' ? undefined : (fields.requestId as TaskId)
    if (fields.code !== 0) {
      const why = rejection('entry', fields.code, fields)
      rejected.push(rejectedEntry(position, resourceId, why, taskId, fields.extra))
    } else if (taskId === undefined) text.bail(undefined)
    else accepted.push(acceptedEntry(position, resourceId, taskId, fields, fields.extra))
  } while (text.ok && text.take(comma))
  text.expect(closeBrace)
}

/** A member that the format names. */
interface Member {
  /** As it is in a body. */
  readonly name: Uint8Array
  /** For a set of members. */
  readonly bit: number
}

const member = (name: string, bit: number): Member => ({ name: wordOf(`"${name}"`), bit })

const code = /* @__PURE__ */ member('code', 1)
const message = /* @__PURE__ */ member('message', 2)
const codeDesc = /* @__PURE__ */ member('codeDesc', 4)
const requestId = /* @__PURE__ */ member('requestId', 8)
const detail = /* @__PURE__ */ member('detail', 16)
