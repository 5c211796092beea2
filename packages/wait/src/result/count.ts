/**
 * @internal
 */
import { integer, refine } from '@task-outcome/core/codec'
import type * as t from 'io-ts'

/** How many: a whole number from 0. */
export const count: t.Type<number> = refine('a whole number from 0', integer, number => number >= 0)
