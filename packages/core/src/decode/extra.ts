/**
 * Decodes the extra fields with the codecs or schemas of the caller.
 *
 * PROTOCOL.md, section 3: "A caller can pass io-ts codecs for the extras of the response and of accepted entries, and
 * gets typed extras. If a codec fails on an accepted task, the result is a `ShapeError`, and the id is recovered."
 *
 * @internal
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { isNonEmpty, lefts } from 'fp-ts/lib/ReadonlyArray.js'
import * as RNEA from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type * as t from 'io-ts'
import type { SubmissionError } from '../error/TaskError.js'
import { nameOf, property, textAt } from '../error/thrown.js'
import type { Json } from '../json/Json.js'
import { type JsonPointer, child, root } from '../json/JsonPointer.js'
import { unpolluted } from '../json/unpolluted.js'
import type { AcceptedTask } from '../outcome/AcceptedTask.js'
import type { AcceptedEntry, BatchOutcome } from '../outcome/BatchOutcome.js'
import type { TaskStatus } from '../outcome/TaskStatus.js'
import { type ShapeIssue, describePlain, shapeIssue } from '../wire/ShapeIssue.js'
import type { BatchDecodeOptions } from './BatchDecodeOptions.js'
import { type CodecOrSchema, readWithSchema, standardOf } from './StandardSchema.js'
import type { TaskStatusCodecs } from './TaskStatusCodecs.js'
import { shapeError } from './toResult.js'
import { recoverFromBody } from './recovered.js'

/** Decodes the extra fields of an accepted task. */
export const decodeTaskExtra =
  <Extra>(codec: CodecOrSchema<Extra> | undefined, body: string | Uint8Array) =>
  (task: AcceptedTask): E.Either<SubmissionError, AcceptedTask<Extra>> =>
    pipe(
      readExtra(codec, task.extra, root),
      E.bimap(
        issues => shapeError(issues, recoverFromBody(body)),
        extra => ({ ...task, extra }),
      ),
    )

/** Decodes the extra fields of a batch. An error lists every issue of every entry. */
export const decodeBatchExtras =
  <ResponseExtra, EntryExtra>(
    codecs: BatchDecodeOptions<ResponseExtra, EntryExtra>,
    body: string | Uint8Array,
  ) =>
  (outcome: BatchOutcome): E.Either<SubmissionError, BatchOutcome<ResponseExtra, EntryExtra>> => {
    // Nothing was accepted, and the codecs describe only what comes with accepted tasks.
    if (outcome._tag === 'AllRejected') return E.right(outcome)
    const fail = (issues: RNEA.ReadonlyNonEmptyArray<ShapeIssue>): SubmissionError =>
      shapeError(issues, recoverFromBody(body))
    const response = readExtra(codecs.response, outcome.extra, root)
    const accepted = pipe(outcome.accepted, RNEA.map(readEntry(codecs.entry)))
    // Without the `flatten` of fp-ts: before 2.16.4 it overflows the stack on long arrays.
    const issues = lefts<RNEA.ReadonlyNonEmptyArray<ShapeIssue>, unknown>([response, ...accepted]).flat()
    if (isNonEmpty(issues)) return E.left(fail(issues))
    return pipe(
      E.Do,
      E.apS('extra', response),
      E.apS(
        'accepted',
        E.traverseReadonlyNonEmptyArrayWithIndex((_, read: Read<AcceptedEntry<EntryExtra>>) => read)(
          accepted,
        ),
      ),
      E.bimap(fail, typed => ({ ...outcome, ...typed })),
    )
  }

/** Decodes the output and the data of a task. An error lists every issue of both. */
export const withOutputAndData =
  <Output, Data>(codecs: TaskStatusCodecs<Output, Data>, body: string | Uint8Array) =>
  (state: TaskStatus): E.Either<SubmissionError, TaskStatus<Output, Data>> => {
    const { output: _output, data: _data, ...status } = state
    const [output, data] = [unpolluted(state, 'output'), unpolluted(state, 'data')]
    const fail = (issues: RNEA.ReadonlyNonEmptyArray<ShapeIssue>): SubmissionError =>
      shapeError(issues, recoverFromBody(body))
    const at = child(root, 'data')
    const readOutput: Read<{ readonly output?: Output }> =
      output === undefined
        ? E.right({})
        : pipe(readExtra(codecs.output, output, child(at, 'output')), E.bindTo('output'))
    const readData: Read<{ readonly data?: Data }> =
      data === undefined
        ? E.right({})
        : pipe(readExtra(codecs.data, data, child(at, 'data')), E.bindTo('data'))
    const issues = lefts<RNEA.ReadonlyNonEmptyArray<ShapeIssue>, unknown>([readOutput, readData]).flat()
    if (isNonEmpty(issues)) return E.left(fail(issues))
    return pipe(
      readOutput,
      E.chain(typedOutput =>
        pipe(
          readData,
          E.map(typedData => ({ ...status, ...typedOutput, ...typedData })),
        ),
      ),
      E.mapLeft(fail),
    )
  }

const readEntry =
  <Extra>(codec: CodecOrSchema<Extra> | undefined) =>
  (entry: AcceptedEntry): Read<AcceptedEntry<Extra>> =>
    pipe(
      readExtra(codec, entry.extra, child(child(root, 'detail'), entry.resourceId)),
      E.map(extra => ({ ...entry, extra })),
    )

type Read<A> = E.Either<RNEA.ReadonlyNonEmptyArray<ShapeIssue>, A>

/** Decodes a value. A codec fails if it throws or returns no `Either`: rethrowing would lose the id. */
const readExtra = <Extra>(
  codec: CodecOrSchema<Extra> | undefined,
  extra: Json,
  path: JsonPointer,
): Read<Extra> => {
  // Without a codec, `Extra` has its default type: plain JSON.
  if (codec === undefined) return E.right(extra as unknown as Extra)
  const name = textAt(codec, 'name') ?? 'a value that the codec accepts'
  const fail = (found: string): Read<never> => E.left([shapeIssue(path, name, found)])
  try {
    const value = withoutProto(extra)
    const standard = standardOf(codec)
    if (standard !== undefined) return readWithSchema(standard, value, path) as Read<Extra>
    const decoded = (codec as t.Decoder<unknown, Extra>).decode(value)
    // Read the codec's result only within this `try`: its properties may throw.
    if (E.isRight(decoded)) return E.right(decoded.right)
    const errors: unknown = decoded.left
    const issues = Array.isArray(errors) ? Array.from(errors, error => issueOf(error, name, path)) : []
    return isNonEmpty(issues) ? E.left(issues) : fail('a value that the codec rejects')
  } catch (thrown) {
    return fail(`a value that makes the codec throw ${nameOf(thrown)}`)
  }
}

/**
 * Removes members named `__proto__`. io-ts copies with `Object.assign`, which would make such a member the prototype of the copy:
 * "No prototype ever changes."
 */
const withoutProto = (json: Json): Json => {
  if (typeof json !== 'object' || json === null) return json
  if (isList(json)) return json.map(withoutProto)
  const members = Object.entries(json).filter(([name]) => name !== '__proto__')
  return Object.fromEntries(members.map(([name, member]) => [name, withoutProto(member)]))
}

const isList: (json: Json) => json is ReadonlyArray<Json> = Array.isArray

/** Converts an error of io-ts, or whatever another codec reports, to an issue. Does not inspect the values in it. */
const issueOf = (error: unknown, codecName: string, path: JsonPointer): ShapeIssue => {
  const found = property(error, 'context')
  const context = isContext(found) ? found : []
  // The first entry represents the extra fields as a whole.
  const inner = context.slice(1)
  return shapeIssue(
    inner
      .filter((entry, index) => !isSameValue(entry, context[index]))
      .reduce((at, { key }: { readonly key: unknown }) => child(at, String(key)), path),
    textAt(error, 'message') ?? textAt(inner[inner.length - 1]?.type, 'name') ?? codecName,
    describePlain(property(error, 'value')),
  )
}

const isContext = (context: unknown): context is t.Context => Array.isArray(context)

/** Whether a context entry is a step within the codec, such as from a union to one of its members, and not in the body. */
const isSameValue = (entry: t.ContextEntry, outer: t.ContextEntry | undefined): boolean =>
  'actual' in entry && entry.actual === outer?.actual
