import * as t from 'io-ts'

/** The types of the properties of an object. */
type TypesOf<P extends t.Props> = { readonly [K in keyof P]: t.TypeOf<P[K]> }
type OutputsOf<P extends t.Props> = { readonly [K in keyof P]: t.OutputOf<P[K]> }

/**
 * The codec of an object with required and optional properties. Unlike with `t.intersection([t.type, t.partial])`, its type does
 * not allow `undefined` for the optional ones: they are absent, as in JSON.
 *
 * @example
 * import * as t from 'io-ts'
 * import { struct } from '@task-outcome/core/codec'
 *
 * const Image = struct('Image', { imageId: t.string }, { sizeGb: t.number })
 *
 * Image.is({ imageId: 'img-1' }) // true
 *
 * @category codecs
 * @since 0.1.0
 */
export const struct = <Required extends t.Props, Optional extends t.Props>(
  name: string,
  required: Required,
  optional: Optional,
): t.Type<
  TypesOf<Required> & Partial<TypesOf<Optional>>,
  OutputsOf<Required> & Partial<OutputsOf<Optional>>
> => t.intersection([t.type(required), t.partial(optional)], name)
