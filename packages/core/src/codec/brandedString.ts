import * as t from 'io-ts'

/**
 * Strings that hold a law and are told apart from others by their type. Unlike with `t.brand` the encoded string has
 * the type as well: encoding changes nothing.
 *
 * @internal
 */
export const brandedString = <A extends string>(name: string, holds: (s: string) => boolean): t.Type<A> => {
  const is = (u: unknown): u is A => typeof u === 'string' && holds(u)
  return new t.Type<A>(name, is, (u, context) => (is(u) ? t.success(u) : t.failure(u, context)), t.identity)
}
