import * as t from 'io-ts'

/**
 * Creates the codec of a branded string for which a predicate holds. Unlike with `t.brand`, the encoded string has the branded
 * type as well, because encoding changes nothing.
 *
 * @internal
 */
export const brandedString = <A extends string>(name: string, holds: (s: string) => boolean): t.Type<A> => {
  const is = (u: unknown): u is A => typeof u === 'string' && holds(u)
  return new t.Type<A>(name, is, (u, context) => (is(u) ? t.success(u) : t.failure(u, context)), t.identity)
}
