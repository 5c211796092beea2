import type * as t from 'io-ts'

/** The codecs whose structure can be read: those of io-ts, by their `_tag`. */
export type Codec =
  | (t.LiteralType<string | number | boolean> & Named)
  | (t.KeyofType<Record<string, unknown>> & Named)
  | (t.StringType & Named)
  | (t.NumberType & Named)
  | (t.InterfaceType<Record<string, Codec>> & Named)
  | (t.PartialType<Record<string, Codec>> & Named)
  | (t.ReadonlyArrayType<Codec> & Named)
  | (t.UnionType<Codec[]> & Named)
  | (t.IntersectionType<Codec[]> & Named)
  | (t.RefinementType<Codec> & Named)

interface Named {
  readonly name: string
}
