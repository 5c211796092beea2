import { describe, expect, test } from 'vitest'
import { readJsonDocument } from './JsonDocument.js'

const bytes = (...parts: ReadonlyArray<string | number>): Uint8Array =>
  Uint8Array.from(
    parts.flatMap(part => (typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)])),
  )

describe('describes what is found at an issue', () => {
  test.each([
    ['[', 'the end of the text'],
    ['[x', '"x"'],
    ['[,', '","'],
    ['[€', '"€"'],
    ['[🚀', '"🚀"'],
    ['[\u0000', 'U+0000'],
    ['[\u00a0', 'U+00A0'],
    ['[\ufeff', 'U+FEFF'],
    ['[\ud800', 'U+D800'],
    ['[\u{e0001}', 'U+E0001'],
  ])('%j: %s', (text, found) => {
    expect(readJsonDocument(text)).toMatchObject({ left: { found } })
  })
})

describe('bytes that are not UTF-8', () => {
  const notUtf8 = { expected: 'UTF-8', found: 'a byte that is not UTF-8' }

  test.each([
    ['within a string', bytes('{"a":1,"b":"', 0xff, '"}'), 12],
    ['within a number', bytes('[1', 0xff), 2],
    ['after a complete value', bytes('{} ', 0xff), 3],
    ['at the start', bytes(0xff, '{}'), 0],
  ])('are an issue %s', (_, body, offset) => {
    expect(readJsonDocument(body)).toMatchObject({ left: { ...notUtf8, position: { offset } } })
  })

  test('are not reported if the text before them has an issue', () => {
    expect(readJsonDocument(bytes('[1,,', 0xff))).toMatchObject({
      left: { expected: 'a value', found: '","', position: { offset: 3 } },
    })
  })
})

test('equal duplicates are removed', () => {
  const a = { _tag: 'JsonObject', members: [{ name: 'a', value: 'x' }] }
  expect(readJsonDocument('{"a":"x","a":"x"}')).toStrictEqual({
    _tag: 'Right',
    right: { root: a, repeated: [], tooDeepAt: undefined, text: '{"a":"x","a":"x"}' },
  })
})

test('keeps the whole text of a malformed document, with U+0000 for every byte that is not UTF-8', () => {
  expect(readJsonDocument('{,}')).toMatchObject({ left: { text: '{,}' } })
  expect(readJsonDocument(bytes('{,}'))).toMatchObject({ left: { text: '{,}' } })
  expect(readJsonDocument(bytes('{,}\ufffd', 0xff, '"'))).toMatchObject({ left: { text: '{,}\ufffd\0"' } })
  expect(readJsonDocument(bytes('{"', 0xff, 0xff, '"}'))).toMatchObject({ left: { text: '{"\0\0"}' } })
})
