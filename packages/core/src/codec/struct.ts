import * as t from 'io-ts'

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
  { readonly [K in keyof Required]: t.TypeOf<Required[K]> } & {
    readonly [K in keyof Optional]?: t.TypeOf<Optional[K]>
  },
  { readonly [K in keyof Required]: t.OutputOf<Required[K]> } & {
    readonly [K in keyof Optional]?: t.OutputOf<Optional[K]>
  }
> => t.intersection([t.type(required), t.partial(optional)], name)
