/**
 * The fast path: decodes regular responses in one pass. In a regular response every field is in its place and has the right
 * type, and what is repeated is written in the same way. For any other response, wrong or merely irregular, the fast path
 * returns `undefined`, and the strict path decodes it. A property test checks that both paths agree.
 *
 * @internal
 */
import * as E from 'fp-ts/lib/Either.js'
import { acceptedEntry, rejectedEntry } from '../decode/entries.js'
import { codeOf, outcomeOf } from '../decode/outcomeOf.js'
import type { Rejected } from '../error/TaskError.js'
import { type Json, noExtra } from '../json/Json.js'
import { child, root } from '../json/JsonPointer.js'
import { unpolluted } from '../json/unpolluted.js'
import { borrowUtf8, decodeUtf8 } from '../json/utf8.js'
import type { AcceptedTask } from '../outcome/AcceptedTask.js'
import type { AcceptedEntry, BatchOutcome, RejectedEntry } from '../outcome/BatchOutcome.js'
import type { TaskStatus } from '../outcome/TaskStatus.js'
import { beginsJson } from '../wire/RecoveredTask.js'
import { rejection } from '../wire/Rejection.js'
import type { ResourceId } from '../wire/ResourceId.js'
import type { TaskId } from '../wire/TaskId.js'
import { FastJsonReader, closeBrace, colon, comma, openBrace, wordOf } from './FastJsonReader.js'
import { UniqueNameTable } from './UniqueNameTable.js'

type FastResult<Outcome> = E.Either<Rejected, Outcome> | undefined

/** Decodes rows 1 and 2: `code` 0 and an id, or another code. Returns `undefined` if the body is irregular. */
export const fastDecodeOrdinary = (body: string | Uint8Array): FastResult<AcceptedTask> => {
  const text = readerOf(body)
  if (text === undefined) return undefined
  const fields = new Fields()
  readFields(text, fields, ordinary, readId)
  if (!text.isDone()) return undefined
  if (fields.code !== 0) return refused(fields)
  const taskId = fields.requestId as TaskId | ''
  if (taskId === '') return undefined
  const { message, codeDesc, extra } = fields
  return E.right({ _tag: 'AcceptedTask', taskId, message, codeDesc, extra })
}

/**
 * Decodes rows 4 to 7: the code and the entries agree, and every accepted entry has an id; or a code that rejects the request, and
 * no entries. Else returns `undefined`.
 */
export const fastDecodeBatch = (body: string | Uint8Array): FastResult<BatchOutcome> => {
  const text = readerOf(body)
  if (text === undefined) return undefined
  const fields = new Fields()
  const entries: Entries = { accepted: [], rejected: [] }
  readFields(text, fields, batch, () => readEntries(text, entries))
  if (!text.isDone()) return undefined
  const outcome = outcomeOf(entries, fields)
  if (outcome !== undefined) return codeOf[outcome._tag] === fields.code ? E.right(outcome) : undefined
  return fields.code === 0 || fields.code === codeOf.PartlyAccepted ? undefined : refused(fields)
}

/** Decodes the state of a task, or a refused query. Returns `undefined` if the body is irregular. */
export const fastDecodeStatus = (body: string | Uint8Array): FastResult<TaskStatus> => {
  const text = readerOf(body)
  if (text === undefined) return undefined
  const fields = new Fields()
  const state = new Fields()
  readFields(text, fields, query, () => readState(text, state))
  if (!text.isDone()) return undefined
  const { message, codeDesc, extra } = fields
  if (fields.code !== 0) return state.isEmpty() ? refused(fields) : undefined
  const _tag = tags[state.status]
  if (_tag === undefined) return undefined
  // The order of the members is that of the strict path.
  const result: { -readonly [Name in keyof TaskStatus]?: TaskStatus[Name] } = { _tag, message, codeDesc }
  if (state.output !== null) result.output = state.output
  if (state.data !== null) result.data = state.data
  result.statusExtra = state.extra
  result.extra = extra
  return E.right(result as TaskStatus)
}

/** PROTOCOL.md, section 4: "`status` 0 succeeded, 1 failed, 2 in progress". */
const tags: Readonly<Partial<Record<number, TaskStatus['_tag']>>> = ['Succeeded', 'Failed', 'InProgress']

/** An id elsewhere than in `requestId` is irregular, because an error has every id. */
const refused = (fields: Fields): FastResult<never> => {
  const { code } = fields
  if (fields.extra !== noExtra || beginsJson(fields.codeDesc)) return undefined
  const taskId = fields.requestId as TaskId | ''
  const why = rejection('request', code, fields)
  const { meaning, advice, message, codeDesc } = why
  const error: { -readonly [Name in keyof Rejected]?: Rejected[Name] } = {
    _tag: 'Rejected',
    code,
    meaning,
    advice,
    message,
  }
  const moduleCode = unpolluted(why, 'moduleCode')
  if (moduleCode !== undefined) error.moduleCode = moduleCode
  error.codeDesc = codeDesc
  if (taskId !== '') error.taskId = taskId
  error.recovered = taskId === '' ? [] : [{ taskId, code, path: child(root, requestId.name) }]
  return E.left(error as Rejected)
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

/** The fields of a response, an entry or the `data` of a state, as far as they have been read. */
class Fields {
  code = 0
  message = ''
  codeDesc = ''
  /** `''` if absent. */
  requestId = ''
  status = -1
  output: Json = null
  data: Json = null
  extra = noExtra
  private seen = 0
  private extraCount = 0
  /** The names of extra fields, by their position in the objects before. Entries usually have the same in the same order. */
  private usual: Array<Pick<Member, 'name' | 'word'>> | undefined

  constructor(private readonly isReused = false) {}

  /** Clears them for the next object, to avoid an allocation for each entry. */
  reset(): void {
    this.code = 0
    this.message = ''
    this.codeDesc = ''
    this.requestId = ''
    this.extra = noExtra
    this.seen = 0
    this.extraCount = 0
  }

  /** Skips to the value of a member if it is the next one. Returns whether it is. A duplicate is irregular. */
  comes(text: FastJsonReader, member: Member): boolean {
    if (!text.takeWord(member.word)) return false
    if (this.has(member)) text.bail(undefined)
    this.seen |= member.bit
    text.expect(colon)
    return true
  }

  isEmpty(): boolean {
    return this.seen === 0 && this.extra === noExtra
  }

  has({ bit }: Member): boolean {
    return (this.seen & bit) !== 0
  }

  /** Reads an extra field. */
  readExtra(text: FastJsonReader, format: Format): void {
    const extra: Record<string, Json> = this.extra === noExtra ? {} : this.extra
    text.putValue(extra, this.extraName(text, format), deepest)
    this.extra = extra
  }

  private extraName(text: FastJsonReader, { names }: Format): string {
    const place = this.extraCount++
    const usual = this.usual?.[place]
    if (usual !== undefined && text.takeWord(usual.word)) return usual.name
    const name = text.name()
    // The name of a field of the format can only come here if it is written with escapes.
    if (names.has(name)) text.bail(undefined)
    if (this.isReused) (this.usual ??= [])[place] = { name, word: text.nameWord() }
    return name
  }
}

/** Reads the fields of a response or an entry. `readOwn` reads the field that only its format has. */
const readFields = (
  text: FastJsonReader,
  fields: Fields,
  format: Format,
  readOwn: (text: FastJsonReader, fields: Fields) => void,
): void => {
  text.expect(openBrace)
  do {
    text.skipSpace()
    if (fields.comes(text, code)) fields.code = text.integer()
    else if (fields.comes(text, message)) fields.message = text.stringOrNull()
    else if (fields.comes(text, format.own)) readOwn(text, fields)
    else if (fields.comes(text, codeDesc)) fields.codeDesc = text.stringOrNull()
    else fields.readExtra(text, format)
  } while (text.ok && text.take(comma))
  text.expect(closeBrace)
  if (!fields.has(code)) text.bail(undefined)
}

/** The maximum nesting of extra fields. No documented response is nested half as deep. */
const deepest = 8

const readId = (text: FastJsonReader, fields: Fields): void => {
  fields.requestId = text.id()
}

const readEntries = (text: FastJsonReader, { accepted, rejected }: Entries): void => {
  if (text.takeEmpty()) return
  const resourceIds = new UniqueNameTable(text.bytes, text.text.length)
  const fields = new Fields(true)
  text.expect(openBrace)
  do {
    const position = accepted.length + rejected.length
    const resourceId = text.name() as ResourceId
    const start = text.nameStart
    const first = resourceIds.add(start, text.hash)
    text.expect(colon)
    fields.reset()
    readFields(text, fields, ordinary, readId)
    const taskId = fields.requestId === '' ? undefined : (fields.requestId as TaskId)
    if (first !== 0) {
      if (!text.repeats(first, start)) text.bail(undefined)
    } else if (fields.code !== 0) {
      const why = rejection('entry', fields.code, fields)
      rejected.push(rejectedEntry(position, resourceId, why, taskId, fields.extra))
    } else if (taskId === undefined) text.bail(undefined)
    else accepted.push(acceptedEntry(position, resourceId, taskId, fields, fields.extra))
  } while (text.ok && text.take(comma))
  text.expect(closeBrace)
}

const readState = (text: FastJsonReader, state: Fields): void => {
  if (text.takeEmpty()) return

  text.expect(openBrace)
  do {
    text.skipSpace()
    if (state.comes(text, status)) state.status = text.integer()
    else if (state.comes(text, output)) state.output = text.plain(deepest)
    else if (state.comes(text, data)) state.data = text.plain(deepest)
    else state.readExtra(text, stateOfTask)
  } while (text.ok && text.take(comma))
  text.expect(closeBrace)
}

/** A member that a format defines. */
interface Member {
  readonly name: string
  /** The bytes of the name in a body, with quotation marks. */
  readonly word: Uint8Array
  /** The bit of the member in a set of members. */
  readonly bit: number
}

const member = (name: string, bit: number): Member => ({ name, word: wordOf(`"${name}"`), bit })

const code = /* @__PURE__ */ member('code', 1)
const message = /* @__PURE__ */ member('message', 2)
const codeDesc = /* @__PURE__ */ member('codeDesc', 4)
const requestId = /* @__PURE__ */ member('requestId', 8)
const detail = /* @__PURE__ */ member('detail', 16)
const data = /* @__PURE__ */ member('data', 32)
const status = /* @__PURE__ */ member('status', 64)
const output = /* @__PURE__ */ member('output', 128)

interface Format {
  /** The member that other formats don't have. */
  readonly own: Member
  /** The names that are no extra fields, or may be none. */
  readonly names: ReadonlySet<string>
}

const format = (own: Member, ...others: ReadonlyArray<Member>): Format => ({
  own,
  names: new Set([own, ...others].map(({ name }) => name)),
})

/** A `detail` with entries is that of a batch. */
const ordinary = /* @__PURE__ */ format(requestId, code, message, codeDesc, detail)
const batch = /* @__PURE__ */ format(detail, code, message, codeDesc)
const query = /* @__PURE__ */ format(data, code, message, codeDesc)
const stateOfTask = /* @__PURE__ */ format(status, output, data)
