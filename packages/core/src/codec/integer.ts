import * as t from 'io-ts'
import { refine } from './refine.js'

/**
 * An integer that a double holds exactly.
 *
 * @internal
 */
export const integer: t.Type<number> = refine('integer', t.number, Number.isSafeInteger)
