import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

/**
 * Narrows a codec to the values for which a predicate holds. The predicate is checked on the decoded value.
 *
 * @example
 * import * as t from 'io-ts'
 * import { refine } from '@task-outcome/core/codec'
 *
 * const Even = refine('Even', t.number, n => n % 2 === 0)
 *
 * Even.decode(2) // right: 2
 * Even.decode(3) // left: the issues, which name `Even`
 *
 * @category codecs
 * @since 0.1.0
 */
export const refine = <A, O>(name: string, codec: t.Type<A, O>, holds: (value: A) => boolean): t.Type<A, O> =>
  // A refinement by its `_tag`, so that a walk over the codecs finds what is narrowed, and a union its tags.
  new t.RefinementType<t.Type<A, O>, A, O>(
    name,
    (u): u is A => codec.is(u) && holds(u),
    (u, context) =>
      E.Chain.chain(codec.validate(u, context), value =>
        holds(value) ? t.success(value) : t.failure(u, context),
      ),
    codec.encode,
    codec,
    holds,
  )
