import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { textPosition } from './TextPosition.js'

test.each([
  ['', 0, 1, 1],
  ['ab', 0, 1, 1],
  ['ab', 2, 1, 3],
  ['a\nb', 2, 2, 1],
  ['a\r\nb', 3, 2, 1],
  ['a\rb', 2, 2, 1],
  ['a\n\r\n\rb', 5, 4, 1],
  ['a\n', 2, 2, 1],
  ['\ta', 1, 1, 2],
  ['🚀a', 2, 1, 3],
])('in %j the offset %i is line %i, column %i', (text, offset, line, column) => {
  expect(textPosition(text, offset)).toMatchObject({ offset, line, column })
})

test.each([
  ['the end of the text', '{"a":1', 6, '{"a":1\n      ^'],
  ['an empty text', '', 0, '\n^'],
  ['only its own line', 'one\r\ntwo\r\nthree', 6, 'two\n ^'],
  ['tabs as one column', '\t\t"a"\tx', 6, '  "a" x\n      ^'],
  ['control characters as dots', 'a\u0000\u001b[31m\u2028b', 2, 'a··[31m·b\n  ^'],
])('the excerpt shows %s', (_, text, offset, excerpt) => {
  expect(textPosition(text, offset).excerpt).toBe(excerpt)
})

test('the excerpt of a long line shows the text around the offset', () => {
  const text = 'a'.repeat(1000) + 'X' + 'b'.repeat(1000)
  expect(textPosition(text, 1000)).toEqual({
    offset: 1000,
    line: 1,
    column: 1001,
    excerpt: `${'a'.repeat(48)}X${'b'.repeat(23)}\n${' '.repeat(48)}^`,
  })
})

test('the caret is below the character at the offset, and the excerpt has two lines', () => {
  const line = fc.string({ unit: fc.constantFrom('a', '"', '\t', '\u0000', '\n', '\r', '\u2028', '\u0085') })
  fc.assert(
    fc.property(line, fc.nat(), (text, at) => {
      const offset = at % (text.length + 1)
      const [shown = '', caret = '', ...more] = textPosition(text, offset).excerpt.split(
        /\r\n|[\n\r\u2028\u0085]/,
      )
      expect(more).toEqual([])
      expect(caret).toBe(`${' '.repeat(caret.length - 1)}^`)
      const below = shown[caret.length - 1] ?? ''
      expect([text[offset], ' ', '·', '']).toContain(below)
      expect(below === '').toBe(/^[\n\r]?$/.test(text[offset] ?? ''))
    }),
  )
})
