/**
 * Reads the options of decoders once, and checks them: untyped callers can pass anything.
 *
 * @internal
 */
import * as E from 'fp-ts/lib/Either.js'
import type { TaskClientOptions } from '../client/onOutcome.js'
import type { SubmissionError } from '../error/TaskError.js'
import { property } from '../error/thrown.js'
import { root } from '../json/JsonPointer.js'
import { kindOf } from '../json/kindOf.js'
import { unpolluted } from '../json/unpolluted.js'
import { type ShapeIssue, shapeIssue } from '../wire/ShapeIssue.js'
import { isTaskIdPath } from '../wire/TaskIdPath.js'
import type { BatchDecodeOptions } from './BatchDecodeOptions.js'
import type { OrdinaryDecodeOptions } from './OrdinaryDecodeOptions.js'
import { recoverFromBody } from './recovered.js'
import { standardOf } from './StandardSchema.js'
import type { TaskStatusCodecs } from './TaskStatusCodecs.js'
import { shapeError } from './toResult.js'

/** The valid options, or what is wrong with them. */
export type ReadOptions<Options> = E.Either<ShapeIssue, Options>

/** What an option must be, and whether a value is that. */
interface Check {
  readonly expected: string
  readonly holds: (value: unknown) => boolean
}

const reader =
  (checks: Readonly<Record<string, Check>>) =>
  <Options extends object>(options: Options): ReadOptions<Options> => {
    const invalid = (expected: string, found: unknown): ReadOptions<never> =>
      E.left(shapeIssue(root, expected, kindOf(found)))
    if (typeof (options as unknown) !== 'object' || (options as unknown) === null)
      return invalid('an object with options', options)
    // Without a prototype, so that an absent option is not inherited from a polluted `Object.prototype`.
    const read = Object.create(null) as Record<string, unknown>
    for (const [name, { expected, holds }] of Object.entries(checks)) {
      try {
        const value: unknown = unpolluted(options, name as keyof Options)
        if (value !== undefined && !holds(value)) return invalid(`${expected} as the option "${name}"`, value)
        read[name] = value
      } catch (thrown) {
        return invalid(`the option "${name}" to be readable`, thrown)
      }
    }
    return E.right(read as Options)
  }

const codec: Check = {
  expected: 'a codec of io-ts or a Standard Schema',
  holds: value => typeof property(value, 'decode') === 'function' || standardOf(value) !== undefined,
}

export const readOrdinaryOptions: <Extra>(
  options: OrdinaryDecodeOptions<Extra>,
) => ReadOptions<OrdinaryDecodeOptions<Extra>> = reader({
  extra: codec,
  taskIdAt: { expected: 'the place of a task id, such as "data.taskId",', holds: isTaskIdPath },
})

export const readBatchOptions: <ResponseExtra, EntryExtra>(
  options: BatchDecodeOptions<ResponseExtra, EntryExtra>,
) => ReadOptions<BatchDecodeOptions<ResponseExtra, EntryExtra>> = reader({
  response: codec,
  entry: codec,
  expected: {
    expected: 'an array of strings',
    holds: value => Array.isArray(value) && Array.from(value).every(item => typeof item === 'string'),
  },
})

export const readStatusCodecs: <Output, Data>(
  codecs: TaskStatusCodecs<Output, Data>,
) => ReadOptions<TaskStatusCodecs<Output, Data>> = reader({ output: codec, data: codec })

export const readClientOptions: (options: TaskClientOptions) => ReadOptions<TaskClientOptions> = reader({
  onOutcome: { expected: 'a function', holds: value => typeof value === 'function' },
})

/** Makes a decoder with options. If these are invalid, it returns a `ShapeError` with the ids in the body. */
export const decoderWith = <Options, Rest extends ReadonlyArray<unknown>, Outcome>(
  options: ReadOptions<Options>,
  decoder: (
    options: Options,
  ) => (body: string | Uint8Array, ...rest: Rest) => E.Either<SubmissionError, Outcome>,
): ((body: string | Uint8Array, ...rest: Rest) => E.Either<SubmissionError, Outcome>) =>
  E.isRight(options)
    ? decoder(options.right)
    : (body, ..._rest) => E.left(shapeError([options.left], recoverFromBody(body)))
