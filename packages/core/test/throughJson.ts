import type * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'

/** Sends a value through JSON, as to another service. */
export const throughJson = <A, O>(codec: t.Type<A, O>, value: A): E.Either<t.Errors, A> =>
  codec.decode(JSON.parse(JSON.stringify(codec.encode(value))))
