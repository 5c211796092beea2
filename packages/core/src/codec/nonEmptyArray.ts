import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import * as t from 'io-ts'
import { refine } from './refine.js'

/**
 * A list that has at least one item.
 *
 * @internal
 */
export const nonEmptyArray = <A, O>(
  item: t.Type<A, O>,
): t.Type<ReadonlyNonEmptyArray<A>, ReadonlyNonEmptyArray<O>> =>
  refine(`ReadonlyNonEmptyArray<${item.name}>`, t.readonlyArray(item), items => items.length > 0) as never
