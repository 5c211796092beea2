import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { PathReporter } from 'io-ts/lib/PathReporter.js'
import { describe, expect, test } from 'vitest'
import { batchTaskResponse, json, ordinaryTaskResponse } from '../../test/values.js'
import { fromPlain } from '../json/JsonValue.js'
import { BatchTaskResponseFromText, JsonValueFromText, OrdinaryTaskResponseFromText } from './fromText.js'

describe('decode reverses encode', () => {
  test('for JSON values', () => {
    fc.assert(
      fc.property(json, plain => {
        const value = fromPlain(plain)!
        expect(JsonValueFromText.is(value)).toBe(true)
        expect(JsonValueFromText.decode(JsonValueFromText.encode(value))).toEqual(E.right(value))
      }),
    )
  })

  test('for ordinary responses', () => {
    fc.assert(
      fc.property(ordinaryTaskResponse, response => {
        const text = OrdinaryTaskResponseFromText.encode(response)
        expect(OrdinaryTaskResponseFromText.decode(text)).toEqual(E.right(response))
      }),
    )
  })

  test('for batch responses', () => {
    fc.assert(
      fc.property(batchTaskResponse, response => {
        const text = BatchTaskResponseFromText.encode(response)
        expect(BatchTaskResponseFromText.decode(text)).toEqual(E.right(response))
      }),
    )
  })
})

test('keeps every digit and the order of the entries', () => {
  const entry = '{"code":0,"message":"","requestId":"9007199254740993123"}'
  const text = `{"code":0,"message":"","detail":{"30":${entry},"4":${entry}}}`
  const decoded = BatchTaskResponseFromText.decode(text)
  expect(E.map(BatchTaskResponseFromText.encode)(decoded)).toEqual(E.right(text))
  expect(BatchTaskResponseFromText.decode(text.replaceAll(/"(\d{19})"/g, '$1'))).toEqual(decoded)
})

const noDocuments: ReadonlyArray<readonly [text: string, message: string]> = [
  ['{"code":0,\n}', 'line 2, column 1: expected a member name in double quotes, found "}"'],
  ['', 'line 1, column 1: expected a value, found the end of the text'],
  [`{"a":${'['.repeat(512)}${']'.repeat(512)}}`, 'more than 512 levels of nesting'],
  ['{"a":{"b":1,"b":2}}', '/a/b: duplicate member with different values'],
]

test.each<readonly [text: string, message: string]>([
  ...noDocuments,
  ['{"code":false}', '/code: expected an integer in the safe range, found false'],
  ['[]', 'expected an object, found an array (0 items)'],
])('rejects %j: %s', (text, message) => {
  expect(PathReporter.report(OrdinaryTaskResponseFromText.decode(text))).toEqual([message])
  expect(PathReporter.report(BatchTaskResponseFromText.decode(text))).toEqual([message])
})

test.each(noDocuments)('rejects %j: %s, whatever the format', (text, message) => {
  expect(PathReporter.report(JsonValueFromText.decode(text))).toEqual([message])
})

test.each([null, undefined, 5, {}, ['{}']])('rejects %o, which is no text', notText => {
  for (const codec of [JsonValueFromText, OrdinaryTaskResponseFromText, BatchTaskResponseFromText])
    expect(codec.decode(notText as string)).toMatchObject({
      left: [{ value: notText, message: 'expected a string' }],
    })
})
