import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBatchAnswer, decodeOrdinaryAnswer } from '../decode/HttpAnswer.js'
import { TaskError } from '../error/TaskError.js'
import { maskSecrets } from './maskSecrets.js'

const errorOf = (body: string, status = 200): TaskError => {
  const result = decodeOrdinaryAnswer({ status, body })
  if (result._tag === 'Right') throw new Error('an error was expected')
  return result.left
}

const secret = 'AKID/z8krb+sJ5&"y'

describe('secrets are masked', () => {
  test.each([
    ['as they are', secret],
    ['in a URL', encodeURIComponent(secret)],
    ['in a URL in lower case', encodeURIComponent(secret).toLowerCase()],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in JSON as PHP writes it', JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/')],
    ['in HTML', 'AKID/z8krb+sJ5&amp;&quot;y'],
  ])('%s', (_, spelling) => {
    const masked = maskSecrets([secret], errorOf(`<p>${spelling}</p>`, 500))
    expect(masked).toMatchObject({ bodyStart: `<p>${'*'.repeat(spelling.length)}</p>` })
  })

  test('in HTML, with every character that has a name there', () => {
    expect(maskSecrets([`<a>&"b'`], errorOf('x&lt;a&gt;&amp;&quot;b&#039;x', 500))).toMatchObject({
      bodyStart: `x${'*'.repeat(27)}x`,
    })
  })

  test('in a form, where a space is a plus', () => {
    expect(maskSecrets(['one two'], errorOf('x=one+two', 500))).toMatchObject({ bodyStart: 'x=*******' })
  })

  test('a longer one before one that is a part of it', () => {
    expect(maskSecrets(['abcd', 'abcdefgh'], errorOf('abcdefgh abcd', 500))).toMatchObject({
      bodyStart: '******** ****',
    })
  })

  test('in messages, names of outcomes, repeated values', () => {
    const body = `{"code":4100,"message":"of s3cret","codeDesc":"s3cret","x":"s3cret","x":[{"y":"s3cret"}]}`
    expect(JSON.stringify(maskSecrets(['s3cret'], errorOf(body)))).not.toContain('s3cret')
  })

  test('in the excerpt, the caret below staying where it belongs', () => {
    const masked = maskSecrets(['s3cret'], errorOf('{"debug":"s3cret",,}'))
    expect(masked).toMatchObject({ excerpt: '{"debug":"******",,}\n                  ^' })
  })

  test.each([
    ['is masked', 4, '****'],
    ['gives nothing away', 3, '012'],
  ])('where the first KiB ends in the middle of one: what %s (%s characters)', (_, count, shown) => {
    const before = 'x'.repeat(1024 - count)
    expect(maskSecrets(['0123456789'], errorOf(`${before}0123456789`, 500))).toMatchObject({
      bodyStart: before + shown,
    })
  })

  test.each([
    ['the start', '0123456789'],
    ['the rest', '9876501234'],
    ['the start and the rest', '01234501234'],
    ['the start of one and the rest of another', '01234567', '67801234'],
  ])('where all that is shown is %s of one, with as many stars as characters', (_, ...secrets) => {
    expect(maskSecrets(secrets, errorOf('01234', 500))).toMatchObject({ bodyStart: '*****' })
  })

  test('where an excerpt begins or ends in the middle of one', () => {
    const long = 'S'.repeat(20) + 'T'.repeat(20)
    const masked = JSON.stringify(maskSecrets([long], errorOf(`["${long}","${'x'.repeat(20)}",,"${long}"]`)))
    expect(masked).not.toMatch(/S{4}|T{4}/)
  })

  test('where a found value is cut', () => {
    const masked = maskSecrets(['0123456789'], errorOf(`{"code":"${'x'.repeat(52)}0123456789"}`))
    expect(JSON.stringify(masked)).not.toContain('01234')
  })

  test('but never in ids, tags and what does not come from the body', () => {
    const error = errorOf('{"code":4100,"requestId":"s3cret"}')
    expect(maskSecrets(['s3cret', 'Rejected', 'authentication'], error)).toEqual(error)
  })

  test('none: the error as it is', () => {
    const error = errorOf('{"code":4100}')
    expect(maskSecrets([], error)).toBe(error)
  })

  test('in the entries and the ids’ neighbours of a contradictory batch', () => {
    const entry = (code: number): string =>
      `{"code":${String(code)},"requestId":"1","message":"s3cret","x":["s3cret",7]}`
    const result = decodeBatchAnswer({ status: 500, body: `{"code":0,"detail":{"a":${entry(0)}}}` })
    if (result._tag === 'Right') throw new Error('an error was expected')
    expect(JSON.stringify(maskSecrets(['s3cret'], result.left))).not.toContain('s3cret')
  })

  test('in values of the body, whatever their members are called', () => {
    const names = [
      '_tag',
      'taskId',
      'resourceId',
      'meaning',
      'advice',
      'request',
      'values',
      'extra',
      's3cret',
    ]
    const value = `{${names.map(name => `"${name}":"s3cret"`).join(',')}}`
    const repeated = errorOf(`{"code":0,"requestId":"1","x":${value},"x":[${value},null,7]}`)
    // What is called `taskId` is an id, and stays readable.
    const masked = { ...maskSecrets(['s3cret'], repeated), recovered: [] }
    expect(JSON.stringify(masked)).not.toContain('s3cret')
  })

  test('and the rest of such values stays as it is', () => {
    const value = (text: string): string =>
      `{"of ${text}":["${text}",7,-0.5,true,null,[],{}],"n":null,"f":false,"o":{"${text}":"x ${text}"}}`
    const repeated = (text: string): TaskError =>
      errorOf(`{"code":0,"requestId":"1","x":1,"x":${value(text)}}`)
    expect(maskSecrets(['s3cret'], repeated('s3cret'))).toEqual(repeated('******'))
  })

  test('a lone surrogate in one does no harm', () => {
    expect(maskSecrets(['abc\ud800'], errorOf('abc\ud800', 500))).toMatchObject({
      bodyStart: expect.any(String) as string,
    })
  })

  test('wherever one stands in a body, no error shows it', () => {
    const token = 'tok3n-of-0123456789'
    fc.assert(
      fc.property(
        fc.string({ maxLength: 80 }),
        fc.string({ maxLength: 80 }),
        fc.constantFrom(200, 403),
        (before, after, status) => {
          for (const body of [
            before + token + after,
            JSON.stringify({ code: 4100, message: before + token + after }),
            JSON.stringify({ code: before + token + after, requestId: 1 }),
            JSON.stringify({ code: 0, requestId: 1, x: token }) + after,
          ]) {
            const result = decodeOrdinaryAnswer({ status, body })
            if (result._tag === 'Right') continue
            const masked = JSON.stringify(maskSecrets([token], result.left))
            expect(masked).not.toContain(token)
            expect(masked).not.toContain(token.slice(0, 8))
            expect(TaskError.is(JSON.parse(masked))).toBe(true)
          }
        },
      ),
    )
  })
})
