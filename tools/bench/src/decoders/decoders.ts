/**
 * The contenders.
 */
import jsonBigint from 'json-bigint'
import { isInteger, isSafeNumber, parse as parseLossless } from 'lossless-json'
import { arktype } from './arktype.js'
import { type Decoder, decoderOf } from './Decoder.js'
import { ioTs } from './ioTs.js'
import { taskOutcome } from './taskOutcome.js'
import { unchecked } from './unchecked.js'
import { zod } from './zod.js'

const parse = (text: string): unknown => JSON.parse(text)

const parseBigint = jsonBigint({ strict: true, useNativeBigInt: true }).parse

/** Integers that a double can represent stay numbers, so that `code` can be compared with 0. */
const readNumber = (digits: string): number | bigint =>
  isInteger(digits) && !isSafeNumber(digits) ? BigInt(digits) : Number(digits)

/** All others are measured against it. */
export const jsonParse: Decoder = decoderOf('JSON.parse', 'alone: nothing is checked.', parse, unchecked)

export const decoders: ReadonlyArray<Decoder> = [
  jsonParse,
  taskOutcome,
  decoderOf('JSON.parse + io-ts', '`t.type`, `t.partial`, `t.record`.', parse, ioTs),
  decoderOf('JSON.parse + zod', '`z.looseObject`, `z.record`, `safeParse`.', parse, zod),
  decoderOf('JSON.parse + arktype', '`type({ … })`, with an index signature.', parse, arktype),
  decoderOf(
    'lossless-json + io-ts',
    'a number parser that returns a `bigint` for integers that a double can’t represent; the same io-ts codecs.',
    text => parseLossless(text, null, readNumber),
    ioTs,
  ),
  decoderOf(
    'json-bigint + io-ts',
    '`strict`, `useNativeBigInt`; the same io-ts codecs.',
    text => parseBigint(text) as unknown,
    ioTs,
  ),
]
