import * as t from 'io-ts'
import { refine } from './refine.js'

/**
 * The codec of safe integers.
 *
 * @category codecs
 * @since 0.1.0
 */
export const integer: t.Type<number> = refine('integer', t.number, Number.isSafeInteger)
