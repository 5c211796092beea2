import * as t from 'io-ts'

/** The types of the properties of a codec's props. */
type TypesOf<P extends t.Props> = { readonly [K in keyof P]: t.TypeOf<P[K]> }
type OutputsOf<P extends t.Props> = { readonly [K in keyof P]: t.OutputOf<P[K]> }

/**
 * An object with properties that must and properties that may be there. Unlike `t.intersection([t.type, t.partial])`
 * its type does not allow `undefined` for the latter: absent is absent, as in JSON.
 *
 * @internal
 */
export const struct = <Required extends t.Props, Optional extends t.Props>(
  name: string,
  required: Required,
  optional: Optional,
): t.Type<
  TypesOf<Required> & Partial<TypesOf<Optional>>,
  OutputsOf<Required> & Partial<OutputsOf<Optional>>
> => t.intersection([t.type(required), t.partial(optional)], name)
