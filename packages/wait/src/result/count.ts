/**
 * @internal
 */
import { integer, refine } from '@task-outcome/core/codec'
import type * as t from 'io-ts'

/** A count: an integer of at least 0. */
export const count: t.Type<number> = refine('an integer of at least 0', integer, number => number >= 0)
