import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { caretAt } from './caret.js'
import { hasColour } from './Shell.js'
import { table } from './table.js'
import { isVisible, visible, visibleJson } from './visible.js'
import { cutToWidth, padToWidth, widthOf } from './width.js'

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))

describe('text for a terminal', () => {
  test.each([
    ['a line break', 'a\nb', 'a\\u000ab'],
    ['an escape sequence', '\u001b[31m', '\\u001b[31m'],
    ['a control character of C1', '\u009b31m', '\\u009b31m'],
    ['a character that reverses text', 'a\u202eb', 'a\\u202eb'],
    ['a zero-width character', 'a\u200bb', 'a\\u200bb'],
    ['a tag', '\u{e0041}', '\\udb40\\udc41'],
    ['a lone surrogate', '\ud800', '\\ud800'],
  ])('has an escape for %s', (_, text, shown) => {
    expect(visible(text)).toBe(shown)
    expect(isVisible(text)).toBe(false)
  })

  test('keeps what can be seen', () => {
    expect(visible('ins-1 服务器 🚀 ñ')).toBe('ins-1 服务器 🚀 ñ')
  })

  test('as JSON has the same value', () => {
    fc.assert(
      fc.property(
        fc.dictionary(anyText, anyText, { noNullPrototype: true }),
        fc.constantFrom(0, 2),
        (value, space) => {
          const json = visibleJson(value, space)
          expect(JSON.parse(json)).toEqual(value)
          expect(isVisible(json.replaceAll('\n', ''))).toBe(true)
        },
      ),
    )
  })
})

describe('width', () => {
  test('counts CJK and emoji twice', () => {
    expect(['a', '服', '🚀', 'é'].map(widthOf)).toEqual([1, 2, 2, 1])
  })

  test('of a cut text is at most the limit', () => {
    fc.assert(
      fc.property(anyText.map(visible), fc.integer({ min: 1, max: 20 }), (text, width) => {
        expect(widthOf(cutToWidth(text, width))).toBeLessThanOrEqual(width)
        expect(widthOf(padToWidth(cutToWidth(text, width), width))).toBe(width)
      }),
    )
  })
})

describe('a table', () => {
  const columns = [
    { title: 'ID', cell: ([id]: ReadonlyArray<string>) => id ?? '' },
    { title: 'NONE', cell: () => '' },
    { title: 'REASON', cell: ([, reason]: ReadonlyArray<string>) => reason ?? '', canShrink: true },
  ]

  test('aligns wide characters, and leaves out empty columns', () => {
    expect(
      table(
        [
          ['服务器', 'a'],
          ['b', 'c'],
        ],
        columns,
        undefined,
      ),
    ).toBe('ID      REASON\n服务器  a\nb       c\n')
  })

  test('cuts only what can be cut', () => {
    expect(table([['0123456789', 'a reason that is too long']], columns, 24)).toBe(
      'ID          REASON\n0123456789  a reason th…\n',
    )
    expect(table([['0123456789', 'a reason that is too long']], columns, 5)).toBe(
      'ID          REASON\n0123456789  a reason th…\n',
    )
  })

  test('without rows is its titles, and has none then', () => {
    expect(table([], columns, 80)).toBe('\n')
  })
})

describe('a caret', () => {
  test.each([
    ['the start', 'abc', 0, 'abc\n^'],
    ['the end', 'abc', 3, 'abc\n   ^'],
    ['another line', 'a\r\nbcd\ne', 4, 'bcd\n ^'],
    ['CJK', '服务x', 2, '服务x\n    ^'],
    ['a tab', '\tx', 1, ' x\n ^'],
    ['a control character', '\u0007x', 1, '\\u0007x\n      ^'],
    ['an empty text', '', 0, '\n^'],
    [
      'a long line',
      `${'a'.repeat(60)}x${'b'.repeat(60)}`,
      60,
      `…${'a'.repeat(48)}x${'b'.repeat(47)}…\n${' '.repeat(49)}^`,
    ],
  ])('is below %s', (_, text, offset, shown) => {
    expect(caretAt(text, offset)).toBe(shown)
  })
})

test('there is colour only on a terminal that has it, and without NO_COLOR', () => {
  const terminal = { write: () => undefined, flush: async () => undefined, isTerminal: true, columns: 80 }
  expect(hasColour(terminal, {})).toBe(true)
  expect(hasColour(terminal, { NO_COLOR: '' })).toBe(true)
  expect(hasColour(terminal, { NO_COLOR: '1' })).toBe(false)
  expect(hasColour(terminal, { TERM: 'dumb' })).toBe(false)
  expect(hasColour({ ...terminal, isTerminal: false }, {})).toBe(false)
})
