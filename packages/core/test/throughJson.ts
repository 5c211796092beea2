import type * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'

/** What another service gets that is handed the value as JSON. */
export const throughJson = <A, O>(codec: t.Type<A, O>, value: A): E.Either<t.Errors, A> =>
  codec.decode(JSON.parse(JSON.stringify(codec.encode(value))))
