import * as t from 'io-ts'
import type { Codecs } from './Decoder.js'

/** Also accepts long integers in the form that some JSON parsers return. */
const Id = t.union([t.string, t.number, t.bigint])

const Fields = t.intersection([
  t.type({ code: t.number, message: t.string }),
  t.partial({ codeDesc: t.string, requestId: Id }),
])

const Batch = t.intersection([Fields, t.type({ detail: t.record(t.string, Fields) })])

export const ioTs: Codecs = {
  ordinary: value => rightOf(Fields.decode(value)),
  batch: value => rightOf(Batch.decode(value)),
}

const rightOf = <A>(result: t.Validation<A>): A | undefined =>
  result._tag === 'Left' ? undefined : result.right
