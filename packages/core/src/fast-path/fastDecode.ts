/**
 * The fast path: decodes regular responses in one pass. In a regular response every field is in its place and has the right
 * type, no name is a duplicate, and the request was not rejected as a whole. For any other response, wrong or merely irregular,
 * the fast path returns `undefined`, and the strict path decodes it. A property test checks that both paths agree.
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

/** Decodes row 1: `code` 0 and an id. Returns `undefined` if the body is irregular. */
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

/** Decodes rows 4 to 6: the code and the entries agree, and every accepted entry has an id. Else returns `undefined`. */
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

/** The fields of an object, as far as they have been read. */
class FastFields {
  code = 0
  message = ''
  codeDesc = ''
  /** `''` if absent. */
  requestId = ''
  extra = noExtra
  private seen = 0

  /** Clears the fields for the next object, to avoid an allocation for each entry. */
  reset(): void {
    this.code = 0
    this.message = ''
    this.codeDesc = ''
    this.requestId = ''
    this.extra = noExtra
    this.seen = 0
  }

  /** Skips to the value of a member if it is the next one. Returns whether it is. A duplicate is irregular. */
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

/** Reads the fields of a response or an entry, and for a batch response the entries in its `detail`. */
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

/** The maximum nesting of extra fields. No documented response is nested half as deep. */
const deepest = 8

/** Names that are irregular as extra fields: they may hold an id or entries. */
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

/** A member that the format defines. */
interface Member {
  /** The bytes of the name in a body, with quotation marks. */
  readonly name: Uint8Array
  /** The bit of the member in a set of members. */
  readonly bit: number
}

const member = (name: string, bit: number): Member => ({ name: wordOf(`"${name}"`), bit })

const code = /* @__PURE__ */ member('code', 1)
const message = /* @__PURE__ */ member('message', 2)
const codeDesc = /* @__PURE__ */ member('codeDesc', 4)
const requestId = /* @__PURE__ */ member('requestId', 8)
const detail = /* @__PURE__ */ member('detail', 16)
