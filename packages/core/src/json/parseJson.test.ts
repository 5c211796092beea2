import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { json } from '../../test/values.js'
import { type Json } from './Json.js'
import { type JsonValue, fromPlain } from './JsonValue.js'
import { parseJson } from './parseJson.js'

describe('agrees with JSON.parse', () => {
  const parsedByPlatform = (text: string): E.Either<unknown, Json> =>
    E.tryCatch(() => JSON.parse(text) as Json, String)

  const agrees = (text: string): void => {
    const [ours, theirs] = [parseJson(text), parsedByPlatform(text)]
    expect(ours._tag).toBe(theirs._tag)
    if (E.isRight(ours)) expect(theirs).toEqual(E.right(asPlatformReads(ours.right.value)))
  }

  /** Numbers rounded, the last of repeated names. */
  const asPlatformReads = (value: JsonValue): unknown => {
    if (value === null || typeof value !== 'object') return value
    if (value._tag === 'JsonNumber') return Number(value.literal)
    if (value._tag === 'JsonArray') return value.items.map(asPlatformReads)
    return Object.fromEntries(value.members.map(member => [member.name, asPlatformReads(member.value)]))
  }

  const jsonText = fc
    .tuple(json, fc.constantFrom('', ' ', '\t', '\n '))
    .map(([value, space]) => JSON.stringify(value, undefined, space))

  test('on JSON texts', () => {
    fc.assert(fc.property(jsonText, agrees))
  })

  test('on texts that are almost JSON', () => {
    const splice = fc.record({
      at: fc.nat(),
      removed: fc.nat({ max: 2 }),
      inserted: fc.oneof(
        fc.constantFrom(
          ...Array.from('[]{},:"\\/-+.0123456789eEtfnu \t\r\n\0\u001f\u007f\u00a0\u2028\ufeff'),
        ),
        fc.constantFrom(
          'true',
          'false',
          'nul',
          'NaN',
          '\\u00',
          '\\ud83d',
          '"a":',
          '//',
          '0x1',
          '1e5',
          '-',
          '.5',
        ),
        fc.constant(''),
      ),
    })
    fc.assert(
      fc.property(jsonText, fc.array(splice, { minLength: 1, maxLength: 3 }), (text, splices) => {
        const spoiled = splices.reduce((before, { at, removed, inserted }) => {
          const offset = at % (before.length + 1)
          return before.slice(0, offset) + inserted + before.slice(offset + removed)
        }, text)
        fc.pre(!spoiled.startsWith('\ufeff'))
        agrees(spoiled)
      }),
    )
  })

  test('on texts of the characters that JSON is made of', () => {
    const characters = fc.constantFrom(...Array.from('[]{},:"\\u0a-.e1 truefalsnl'))
    fc.assert(fc.property(fc.string({ unit: characters, maxLength: 12 }), agrees))
  })

  test('on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        fc.pre(!text.startsWith('\ufeff'))
        agrees(text)
      }),
    )
  })
})

describe('an escape by its code', () => {
  test('has four digits from 0 to 9, a to f and A to F', () => {
    for (const digits of ['0123', '4567', '89ab', 'cdef', 'ABCD', 'EF00'])
      expect(parseJson(`"\\u${digits}"`)).toEqual(
        E.right({ value: String.fromCharCode(Number(`0x${digits}`)) }),
      )
  })

  test.each(Array.from('/:@G`g'))('and no %s', other => {
    expect(parseJson(`"\\u000${other}"`)).toMatchObject({ left: { offset: 6 } })
  })
})

test('skips one leading byte order mark', () => {
  expect(parseJson('\ufeff[]')).toEqual(parseJson('[]'))
  expect(parseJson('\ufeff\ufeff[]')).toMatchObject({ left: { offset: 1 } })
  expect(parseJson('[]\ufeff')).toMatchObject({ left: { offset: 2 } })
})

describe('issues', () => {
  const value = 'a value'
  const firstItem = 'a value or "]"'
  const name = 'a member name in double quotes'
  const firstName = 'a member name in double quotes or "}"'
  const nextItem = '"," or "]"'
  const nextMember = '"," or "}"'
  const end = 'the end of the text'
  const hexadecimal = 'four hexadecimal digits after "\\u"'
  const escape = 'one of " \\ / b f n r t u after a backslash'
  const control = 'an escaped control character'
  const closingQuote = 'a closing quotation mark'

  test.each<[string, number, string, Json | undefined]>([
    ['', 0, value, undefined],
    [' \n', 2, value, undefined],
    [']', 0, value, undefined],
    ["'a'", 0, value, undefined],
    ['[', 1, firstItem, []],
    ['[,', 1, firstItem, []],
    ['[1,', 3, value, [1]],
    ['[1,]', 3, value, [1]],
    ['[1 2]', 3, nextItem, [1]],
    ['[1}', 2, nextItem, [1]],
    ['["a"', 4, nextItem, ['a']],
    ['[1', 2, nextItem, []], // more digits may have been on their way
    ['{', 1, firstName, {}],
    ['{a:1}', 1, firstName, {}],
    ['{]', 1, firstName, {}],
    ['{"a"', 4, '":"', {}],
    ['{"a" 1}', 5, '":"', {}],
    ['{"a":', 5, value, {}],
    ['{"a":}', 5, value, {}],
    ['{"a":1', 6, nextMember, {}],
    ['{"a":1 "b"', 7, nextMember, { a: 1 }],
    ['{"a":1]', 6, nextMember, { a: 1 }],
    ['{"a":1,', 7, name, { a: 1 }],
    ['{"a":1,}', 7, name, { a: 1 }],
    ['{"a":[{"b":null}, tru', 21, '"true"', { a: [{ b: null }] }],
    ['1 2', 2, end, 1],
    ['[]]', 2, end, []],
    ['{}{}', 2, end, {}],
    ['nul', 3, '"null"', undefined],
    ['nulL', 3, '"null"', undefined],
    ['fals', 4, '"false"', undefined],
    ['True', 0, value, undefined],
    ['-', 1, 'a digit', undefined],
    ['-a', 1, 'a digit', undefined],
    ['+1', 0, value, undefined],
    ['.5', 0, value, undefined],
    ['1.', 2, 'a digit after the decimal point', undefined],
    ['1.e5', 2, 'a digit after the decimal point', undefined],
    ['1e', 2, 'a digit in the exponent', undefined],
    ['1E+', 3, 'a digit in the exponent', undefined],
    ['1e-x', 3, 'a digit in the exponent', undefined],
    ['01', 1, 'the end of the number', undefined],
    ['-00', 2, 'the end of the number', undefined],
    ['1x', 1, 'the end of the number', undefined],
    ['1.5.2', 3, 'the end of the number', undefined],
    ['0x1F', 1, 'the end of the number', undefined],
    ['"', 1, closingQuote, undefined],
    ['"a', 2, closingQuote, undefined],
    ['"a\\"', 4, closingQuote, undefined],
    ['"a\nb"', 2, control, undefined],
    ['"\u0000', 1, control, undefined],
    ['"\\', 2, escape, undefined],
    ['"\\x41"', 2, escape, undefined],
    ['"\\u"', 3, hexadecimal, undefined],
    ['"\\u00g0"', 5, hexadecimal, undefined],
    ['"\\u00', 5, hexadecimal, undefined],
    ['{"a":1,"b\u001f', 9, control, { a: 1 }],
  ])('%j: at %i expected %s', (text, offset, expected, partial) => {
    const issue = parseJson(text)
    expect(issue).toMatchObject(E.left({ offset, expected }))
    expect(E.isLeft(issue) && issue.left.partial).toEqual(
      partial === undefined ? undefined : fromPlain(partial),
    )
  })

  test('an issue is within the text or at its end, and the values before it do not depend on what follows', () => {
    fc.assert(
      fc.property(json, fc.nat(), (plain, cut) => {
        const whole = JSON.stringify(plain)
        const start = whole.slice(0, cut % whole.length)
        const [atEnd, atIssue] = [parseJson(start), parseJson(`${start}\u0000`)]
        if (E.isRight(atEnd)) return // a shorter number
        expect(atEnd.left.offset).toBe(start.length)
        expect(E.isLeft(atIssue) && atIssue.left.offset).toBe(start.length)
      }),
    )
  })
})

describe('depth', () => {
  test('reports the path of the first value that is nested deeper than 512, and omits it', () => {
    const around = (depth: number, inner: string): string =>
      '{"a":[0,'.repeat(depth / 2) + inner + ']}'.repeat(depth / 2)
    expect(parseJson(around(512, '1'))).toMatchObject({ right: { tooDeepAt: undefined } })
    const result = parseJson(around(512, '{"b":[7]},[8]'))
    expect(result).toMatchObject({ right: { tooDeepAt: '/a/1'.repeat(256) } })
    expect(result).toMatchObject({
      right: { value: E.isRight(result) && readBack(around(512, '').replace(',]', ']')) },
    })
  })

  const readBack = (text: string): unknown => {
    const result = parseJson(text)
    return E.isRight(result) && result.right.value
  }
})
