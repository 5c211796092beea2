/**
 * Codecs between text and the wire formats.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { readJsonDocument } from '../json/JsonDocument.js'
import { type JsonValue, isJsonValue, stringifyJson } from '../json/JsonValue.js'
import { BatchTaskResponse } from './BatchTaskResponse.js'
import { OrdinaryTaskResponse } from './OrdinaryTaskResponse.js'

/**
 * The codec between JSON text and `JsonValue`. It keeps every digit and the order of members.
 *
 * @category codecs
 * @since 0.1.0
 */
export const JsonValueFromText: t.Type<JsonValue, string, string> = new t.Type<JsonValue, string, string>(
  'JsonValueFromText',
  isJsonValue,
  (text, context) => {
    if (typeof (text as unknown) !== 'string') return t.failure(text, context, 'expected a string')
    const document = readJsonDocument(text)
    if (E.isLeft(document)) {
      const { position, expected, found } = document.left
      return t.failure(
        text,
        context,
        `line ${position.line}, column ${position.column}: expected ${expected}, found ${found}`,
      )
    }
    const { root, repeated, tooDeepAt } = document.right
    if (tooDeepAt !== undefined) return t.failure(text, context, 'more than 512 levels of nesting')
    const [repeat] = repeated
    if (repeat !== undefined)
      return t.failure(text, context, `${repeat.path}: duplicate member with different values`)
    return t.success(root)
  },
  stringifyJson,
)

/**
 * The codec between text and the ordinary format.
 *
 * @example
 * import { OrdinaryTaskResponseFromText } from '@task-outcome/core/wire'
 *
 * OrdinaryTaskResponseFromText.decode('{"code":0,"requestId":9007199254740993}')
 * // right: requestId '9007199254740993'
 *
 * @category codecs
 * @since 0.1.0
 */
export const OrdinaryTaskResponseFromText: t.Type<OrdinaryTaskResponse, string, string> =
  JsonValueFromText.pipe(OrdinaryTaskResponse)

/**
 * The codec between text and the batch format. It keeps the order of the entries.
 *
 * @example
 * import { BatchTaskResponseFromText } from '@task-outcome/core/wire'
 * import { either as E } from 'fp-ts'
 *
 * const text = '{"code":5100,"message":"","detail":{"30":{"code":5000,"message":""},"4":{"code":5100,"message":""}}}'
 *
 * E.map(BatchTaskResponseFromText.encode)(BatchTaskResponseFromText.decode(text)) // right(text)
 *
 * @category codecs
 * @since 0.1.0
 */
export const BatchTaskResponseFromText: t.Type<BatchTaskResponse, string, string> =
  JsonValueFromText.pipe(BatchTaskResponse)
