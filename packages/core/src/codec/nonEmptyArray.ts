import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import * as t from 'io-ts'
import { refine } from './refine.js'

/**
 * The codec of an array with at least one item.
 *
 * @example
 * import * as t from 'io-ts'
 * import { nonEmptyArray } from '@task-outcome/core/codec'
 *
 * const Names = nonEmptyArray(t.string)
 *
 * Names.is(['ins-1']) // true
 * Names.is([]) // false
 *
 * @category codecs
 * @since 0.1.0
 */
export const nonEmptyArray = <A, O>(
  item: t.Type<A, O>,
): t.Type<ReadonlyNonEmptyArray<A>, ReadonlyNonEmptyArray<O>> =>
  refine(`ReadonlyNonEmptyArray<${item.name}>`, t.readonlyArray(item), items => items.length > 0) as never
