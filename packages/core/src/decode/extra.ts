/**
 * The fields that the format does not name, as the caller's codecs read them.
 *
 * PROTOCOL.md, section 3: "A caller can hand in io-ts codecs for the extras of the response and of accepted entries and
 * gets them typed; a codec that fails on an accepted task gives a `ShapeError`, the id recovered."
 *
 * @internal
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { isNonEmpty, lefts } from 'fp-ts/lib/ReadonlyArray.js'
import * as RNEA from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type * as t from 'io-ts'
import type { TaskError } from '../error/TaskError.js'
import { JsonRecord } from '../json/Json.js'
import { type JsonPointer, child, root } from '../json/JsonPointer.js'
import { fromPlain } from '../json/JsonValue.js'
import type { AcceptedTask } from '../outcome/AcceptedTask.js'
import { type AcceptedEntry, type BatchOutcome, entries } from '../outcome/BatchOutcome.js'
import { type ShapeFault, describeFound, shapeFault } from '../wire/ShapeFault.js'
import type { BatchExtraCodecs } from './BatchExtraCodecs.js'
import { shapeError } from './conclude.js'
import { recoveredFromEntries, recoveredFromTask } from './recovered.js'

/** The extra fields of an accepted task as a codec reads them. */
export const withExtra =
  <Extra>(codec: t.Decoder<unknown, Extra>) =>
  (task: AcceptedTask): E.Either<TaskError, AcceptedTask<Extra>> =>
    pipe(
      readExtra(codec, task.extra, root),
      E.bimap(
        faults => shapeError(faults, recoveredFromTask(task)),
        extra => ({ ...task, extra }),
      ),
    )

/** The extra fields of a batch as codecs read them; every fault of every entry is listed. */
export const withExtras =
  <ResponseExtra, EntryExtra>(codecs: BatchExtraCodecs<ResponseExtra, EntryExtra>) =>
  (outcome: BatchOutcome): E.Either<TaskError, BatchOutcome<ResponseExtra, EntryExtra>> => {
    // Nothing was accepted, so nothing came of which the codecs could know.
    if (outcome._tag === 'AllRejected') return E.right(outcome)
    const fail = (faults: RNEA.ReadonlyNonEmptyArray<ShapeFault>): TaskError =>
      shapeError(faults, recoveredFromEntries(entries(outcome)))
    const response = readExtra(codecs.response ?? untyped<ResponseExtra>(), outcome.extra, root)
    const accepted = pipe(outcome.accepted, RNEA.map(readEntry(codecs.entry ?? untyped<EntryExtra>())))
    const failures = lefts<RNEA.ReadonlyNonEmptyArray<ShapeFault>, unknown>([response, ...accepted])
    if (isNonEmpty(failures)) return E.left(fail(RNEA.flatten(failures)))
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

/** Where no codec is given, `Extra` is its default, `JsonRecord`. */
const untyped = <Extra>(): t.Decoder<unknown, Extra> =>
  JsonRecord as t.Decoder<unknown, unknown> as t.Decoder<unknown, Extra>

const readEntry =
  <Extra>(codec: t.Decoder<unknown, Extra>) =>
  (entry: AcceptedEntry): Read<AcceptedEntry<Extra>> =>
    pipe(
      readExtra(codec, entry.extra, child(child(root, 'detail'), entry.resourceId)),
      E.map(extra => ({ ...entry, extra })),
    )

type Read<A> = E.Either<RNEA.ReadonlyNonEmptyArray<ShapeFault>, A>

/** A codec that throws has failed: throwing on would lose the id. */
const readExtra = <Extra>(
  codec: t.Decoder<unknown, Extra>,
  extra: JsonRecord,
  path: JsonPointer,
): Read<Extra> => {
  const fail = (found: string): Read<never> => E.left([shapeFault(path, codec.name, found)])
  try {
    const decoded = codec.decode(extra)
    if (E.isRight(decoded)) return decoded
    const faults = decoded.left.map(error => faultOf(error, codec.name, path))
    return isNonEmpty(faults) ? E.left(faults) : fail('a value that the codec refuses')
  } catch (thrown) {
    return fail(`a value on which the codec throws ${thrown instanceof Error ? thrown.name : typeof thrown}`)
  }
}

/** The first entry of a context stands for the extra fields as a whole. */
const faultOf = (error: t.ValidationError, codecName: string, path: JsonPointer): ShapeFault => {
  const inner = error.context.slice(1)
  return shapeFault(
    inner.reduce((at, { key }) => child(at, key), path),
    error.message ?? inner[inner.length - 1]?.type.name ?? codecName,
    describeFound(fromPlain(error.value)),
  )
}
