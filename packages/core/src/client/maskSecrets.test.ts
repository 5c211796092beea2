import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBatchResponse, decodeOrdinaryResponse } from '../decode/decodeResponse.js'
import { type HttpStatusError, type SentMoreThanOnce, TaskError } from '../error/TaskError.js'
import { maskSecrets } from './maskSecrets.js'

const errorOf = (body: string, status = 200): TaskError => {
  const result = decodeOrdinaryResponse({ status, body })
  if (result._tag === 'Right') throw new Error('an error was expected')
  return result.left
}

const secret = 'AKID/z8krb+sJ5&"y'

/** An error whose excerpt begins and ends where this text does. */
const withExcerpt = (line: string): TaskError => ({
  _tag: 'MalformedJson',
  line: 1,
  column: 1,
  offset: 0,
  expected: 'a value',
  found: 'a quote',
  excerpt: `${line}\n^`,
  recovered: [],
})

/** What a text becomes in an error that shows it whole. */
const masked = (text: string, ...secrets: ReadonlyArray<string>): string => {
  const error = maskSecrets(secrets, errorOf(JSON.stringify({ code: 4100, message: text })))
  return error._tag === 'Rejected' ? error.message : ''
}

describe('secrets are masked', () => {
  test.each([
    ['as they are', secret],
    ['in a URL', encodeURIComponent(secret)],
    ['in a URL in lower case', encodeURIComponent(secret).toLowerCase()],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in JSON as PHP writes it', JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/')],
    ['in HTML', 'AKID/z8krb+sJ5&amp;&quot;y'],
  ])('%s', (_, spelling) => {
    const error = maskSecrets([secret], errorOf(`<p>${spelling}</p>`, 500))
    expect(error).toMatchObject({ bodyStart: `<p>${'*'.repeat(spelling.length)}</p>` })
  })

  test('in HTML, with a reference for every character that has one', () => {
    expect(maskSecrets([`<a>&"b'`], errorOf('x&lt;a&gt;&amp;&quot;b&#039;x', 500))).toMatchObject({
      bodyStart: `x${'*'.repeat(27)}x`,
    })
  })

  test('in a form, where a space is a plus', () => {
    expect(maskSecrets(['one two'], errorOf('x=one+two', 500))).toMatchObject({ bodyStart: 'x=*******' })
  })

  test('a longer one before a part of it', () => {
    expect(maskSecrets(['abcd', 'abcdefgh'], errorOf('abcdefgh abcd', 500))).toMatchObject({
      bodyStart: '******** ****',
    })
  })

  test('in messages, names of results and duplicate values', () => {
    const body = `{"code":4100,"message":"of s3cret","codeDesc":"s3cret","x":"s3cret","x":[{"y":"s3cret"}]}`
    expect(JSON.stringify(maskSecrets(['s3cret'], errorOf(body)))).not.toContain('s3cret')
  })

  test('in the excerpt, and the caret keeps its position', () => {
    const error = maskSecrets(['s3cret'], errorOf('{"debug":"s3cret",,}'))
    expect(error).toMatchObject({ excerpt: '{"debug":"******",,}\n                  ^' })
  })

  test.each([
    ['is masked', 4, '****'],
    ['is shorter than a secret can be', 3, '***'],
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
  ])('where an excerpt shows only %s of one, with as many asterisks as characters', (_, ...secrets) => {
    expect(maskSecrets(secrets, withExcerpt('01234'))).toMatchObject({ excerpt: '*****\n^' })
  })

  test('where an excerpt begins or ends in the middle of one', () => {
    const long = 'S'.repeat(20) + 'T'.repeat(20)
    const error = JSON.stringify(maskSecrets([long], errorOf(`["${long}","${'x'.repeat(20)}",,"${long}"]`)))
    expect(error).not.toMatch(/S{4}|T{4}/)
  })

  test('where a found value is truncated', () => {
    const error = maskSecrets(['0123456789'], errorOf(`{"code":"${'x'.repeat(52)}0123456789"}`))
    expect(JSON.stringify(error)).not.toContain('01234')
  })

  test('in what a schema of the caller says of a value', () => {
    const message = 'Invalid value: expected a name, received "s3cret"'
    const issue = {
      _tag: 'ShapeIssue',
      path: '/name',
      expected: 'a name',
      found: '"s3cret"',
      message,
    } as const
    const error: TaskError = { _tag: 'ShapeError', issues: [issue], alsoFound: [], recovered: [] }
    expect(maskSecrets(['s3cret'], error)).toMatchObject({
      issues: [{ found: '"******"', message: 'Invalid value: expected a name, received "******"' }],
    })
  })

  test('in the path and the Action of the request, and not in its method and its origin', () => {
    const request = { method: 'POST', origin: 'https://s3cret', path: '/s3cret', action: 's3cret' }
    expect(maskSecrets(['s3cret', 'POST'], { ...errorOf(''), request }).request).toEqual({
      method: 'POST',
      origin: 'https://s3cret',
      path: '/******',
      action: '******',
    })
  })

  test('in the reason of an abort, but not in the names of formats', () => {
    const reason = { _tag: 'Aborted', name: 'Error', message: 'no s3cret' } as const
    expect(maskSecrets(['s3cret'], { _tag: 'NotSent', reason, recovered: [] })).toMatchObject({
      reason: { message: 'no ******' },
    })
    const formatMismatch = errorOf('{"code":0,"detail":{"a":{"code":0,"requestId":"1"}}}')
    expect(maskSecrets(['ordinary', 'batch'], formatMismatch)).toEqual(formatMismatch)
  })

  test('in the result of the last of several responses, but not in its ids', () => {
    const body =
      '{"code":5400,"message":"of s3cret","x":{"s3cret":"s3cret"},"detail":{' +
      '"s3cret":{"code":0,"requestId":"s3cret","message":"s3cret"},' +
      '"b":{"code":5100,"message":"s3cret","codeDesc":"s3cret"}}}'
    const batch = decodeBatchResponse({ status: 200, body })
    if (batch._tag === 'Left') throw new Error('an outcome was expected')
    const inDoubtAfter = (lastResult: SentMoreThanOnce['lastResult']): TaskError => ({
      _tag: 'DeliveryUnknown',
      reason: { _tag: 'SentMoreThanOnce', lastResult },
      recovered: [],
    })
    expect(maskSecrets(['s3cret'], inDoubtAfter(batch.right))).toMatchObject({
      reason: {
        _tag: 'SentMoreThanOnce',
        lastResult: {
          message: 'of ******',
          extra: { x: { '******': '******' } },
          accepted: [{ resourceId: 's3cret', taskId: 's3cret', message: '******' }],
          rejected: [{ message: '******', codeDesc: '******', meaning: 'operation on the resource failed' }],
        },
      },
    })
    const rejected = errorOf('{"code":4100,"message":"s3cret","requestId":"s3cret"}')
    if (rejected._tag !== 'Rejected') throw new Error('a refusal was expected')
    expect(maskSecrets(['s3cret'], inDoubtAfter(rejected))).toMatchObject({
      reason: { lastResult: { message: '******', taskId: 's3cret', recovered: [{ taskId: 's3cret' }] } },
    })
  })

  test('in an address that could not be reached', () => {
    const reason = { _tag: 'NetworkFailed', code: 'ENOTFOUND', address: 's3cret.example' } as const
    expect(maskSecrets(['s3cret'], { _tag: 'NotSent', reason, recovered: [] })).toMatchObject({
      reason: { code: 'ENOTFOUND', address: '******.example' },
    })
  })

  test('but not in ids, tags and what does not come from the body', () => {
    const error = errorOf('{"code":4100,"requestId":"s3cret"}')
    expect(maskSecrets(['s3cret', 'Rejected', 'authentication'], error)).toEqual(error)
  })

  test('and an error without any stays unchanged', () => {
    const error = errorOf('{"code":4100}')
    expect(maskSecrets([], error)).toBe(error)
  })

  test('in the entries of a contradictory batch, but not in their ids', () => {
    const entry = (code: number): string =>
      `{"code":${String(code)},"requestId":"1","message":"s3cret","x":["s3cret",7]}`
    const result = decodeBatchResponse({ status: 500, body: `{"code":0,"detail":{"a":${entry(0)}}}` })
    if (result._tag === 'Right') throw new Error('an error was expected')
    expect(JSON.stringify(maskSecrets(['s3cret'], result.left))).not.toContain('s3cret')
  })

  test('in values of the body, whatever the names of their members', () => {
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

  test('and the rest of such values stays unchanged', () => {
    const value = (text: string): string =>
      `{"of ${text}":["${text}",7,-0.5,true,null,[],{}],"n":null,"f":false,"o":{"${text}":"x ${text}"}}`
    const repeated = (text: string): TaskError =>
      errorOf(`{"code":0,"requestId":"1","x":1,"x":${value(text)}}`)
    expect(maskSecrets(['s3cret'], repeated('s3cret'))).toEqual(repeated('******'))
  })

  test('with a lone surrogate, also as UTF-8 encodes it', () => {
    expect(masked('x abc\ud800 abc\ufffd x', 'abc\ud800')).toBe('x **** **** x')
  })

  test('wherever they are in a body', () => {
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
            const result = decodeOrdinaryResponse({ status, body })
            if (result._tag === 'Right') continue
            const error = JSON.stringify(maskSecrets([token], result.left))
            expect(error).not.toContain(token)
            expect(error).not.toContain(token.slice(0, 8))
            expect(TaskError.is(JSON.parse(error))).toBe(true)
          }
        },
      ),
    )
  })
})

const html = (text: string, quote: string, reference: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(quote, reference)

describe('a secret is masked however a server spells it', () => {
  const odd = 'aB1!()*~\'/ &<>"\\+%=ä密🔑'
  const units = odd.split('')
  const hex = (character: string): string[] =>
    Array.from(new TextEncoder().encode(character), byte => byte.toString(16).padStart(2, '0'))
  const percent = (character: string): string => hex(character).reduce((all, byte) => `${all}%${byte}`, '')
  const unicode = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  const everyOther = (letters: string): string =>
    letters.replace(/[a-f]/g, (letter, index: number) => (index % 2 === 0 ? letter : letter.toUpperCase()))

  test.each([
    ['as it is', odd],
    ['in a URL', encodeURIComponent(odd)],
    ['in a form', new URLSearchParams({ a: odd }).toString().slice(2)],
    ['by PHP, in a URL', encodeURIComponent(odd).replace(/[!()*~']/g, percent)],
    ['in a URL, each character encoded', Array.from(odd, percent).join('')],
    ['in a URL, in capitals', encodeURIComponent(odd).toUpperCase()],
    ['in a URL, with capitals here and there', everyOther(Array.from(odd, percent).join(''))],
    ['in a URL, twice', encodeURIComponent(encodeURIComponent(odd))],
    ['in a URL, three times', encodeURIComponent(encodeURIComponent(encodeURIComponent(odd)))],
    ['by escape()', units.map(unit => unicode(unit).replace('\\', '%')).join('')],
    ['in JSON', JSON.stringify(odd).slice(1, -1)],
    ['in JSON by PHP', JSON.stringify(odd).slice(1, -1).replaceAll('/', '\\/').replaceAll('ä', '\\u00e4')],
    ['in JSON, each character escaped', units.map(unicode).join('')],
    ['in JSON, with capitals here and there', everyOther(units.map(unicode).join(''))],
    ['in JSON within JSON', JSON.stringify(JSON.stringify(odd)).slice(3, -3)],
    ['in JavaScript', odd.replace(/[^ä密🔑]/gu, character => `\\x${hex(character).join('')}`)],
    ['in HTML', html(odd, "'", '&#39;')],
    ['in HTML by PHP', html(odd, "'", '&#039;').replace('ä', '&auml;')],
    ['in HTML by others', html(odd, "'", '&#x27;')],
    ['in XML', html(odd, "'", '&apos;')],
    ['in HTML, by numbers', Array.from(odd, c => `&#${String(c.codePointAt(0))};`).join('')],
    [
      'in HTML, by hexadecimal numbers',
      Array.from(odd, c => `&#X${(c.codePointAt(0) ?? 0).toString(16)};`).join(''),
    ],
    ['in a URL in HTML in JSON', JSON.stringify(html(encodeURIComponent(odd), "'", '&#39;')).slice(1, -1)],
    [
      'in all ways in turn',
      Array.from(odd, (character, index) =>
        index % 3 === 0
          ? percent(character)
          : index % 3 === 1
            ? `&#${String(character.codePointAt(0))};`
            : character.split('').map(unicode).join(''),
      ).join(''),
    ],
    ['in small letters', odd.toLowerCase()],
  ])('%s', (_, spelling) => {
    expect(masked(`x=${spelling}=x`, odd)).toBe(`x=${'*'.repeat(spelling.length)}=x`)
  })

  test.each([
    ['percent signs', '50%25x%zz'],
    ['backslashes', 'C:\\u0041bc\\n'],
    ['references', 'a&amp;b&#1114112;c'],
    ['a byte that is not UTF-8', 'a%ff%c3bc%c3'],
    ['all of them', '\\u00e4%25&lt;secret'],
  ])('if it contains %s itself', (_, secret) => {
    for (const spelling of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
      expect(masked(`x ${spelling} x`, secret)).toBe(`x ${'*'.repeat(spelling.length)} x`)
  })

  test('if it forms an escape with the text before or after it', () => {
    expect(masked('DOMAIN\\n3cret', 'n3cret')).toBe('DOMAIN\\******')
    expect(masked('100%41secret', '41secret')).toBe('100%********')
    expect(masked('s3cret\\nnew', 's3cret\\')).toBe('*******nnew')
  })

  test('and the text around it stays unchanged', () => {
    expect(masked('%41 \\u0041 &amp; + s3cret &amp; %2 \\', 's3cret')).toBe(
      '%41 \\u0041 &amp; + ****** &amp; %2 \\',
    )
  })

  test.each(['\u007f', '\u00ff', '\u2028', '\u2029', '\ufeff', '+', '\t'])(
    'if it has a space where the text has U+%#, or any character that is shown as one',
    character => {
      expect(masked(`ab${character}cd`, 'ab cd')).toBe('*****')
    },
  )

  test('but not if another letter stands for one of it', () => {
    expect(masked('ab\u0100cd ab[cd', 'ab cd', 'ab{cd')).toBe('ab\u0100cd ab[cd')
    expect(masked('aZ12', 'Az12')).toBe('****')
  })

  test('at the end of a text whose only escape is in it', () => {
    expect(masked('s3\\"cret', 's3"cret')).toBe('********')
  })

  test('if it overlaps with another, or contains it', () => {
    expect(masked('x abcdefgh x', 'abcde', 'cdefgh', 'cdef', 'defg')).toBe('x ******** x')
    expect(masked('ababababab x', 'abab')).toBe('********** x')
    expect(masked('xabcdeabcd', 'abcd', 'xabcde')).toBe('**********')
  })

  test('as a number in a value', () => {
    const error = errorOf('{"code":0,"requestId":12345678,"x":[12345678,1],"x":{"y":12345678}}')
    expect(maskSecrets(['12345678'], error)).toMatchObject({
      issues: [{ values: [['********', 1], { y: '********' }] }],
      recovered: [{ taskId: '12345678' }],
    })
  })

  test('but not if less than four characters of it remain', () => {
    expect(masked('AB abc', '%41%42', 'abc', '')).toBe('AB abc')
  })

  test.each([
    ['a URL', 'secr%C3%A4t', 'x secr%C3%A4'],
    ['JSON', 'secrät', 'x secr\\u00e4'],
    ['HTML', 'secr&t', 'x secr&amp;'],
  ])('if it is truncated within an escape of %s', (_, secret, text) => {
    for (let length = 6; length <= text.length; length++) {
      const body = 'x'.repeat(1024 - length) + text
      const { bodyStart } = maskSecrets([secret, 'secrät', 'secr&t'], errorOf(body, 500)) as HttpStatusError
      expect(bodyStart).toBe(`${'x'.repeat(1024 - length)}x ${'*'.repeat(length - 2)}`)
    }
  })

  test('if only its first character is left of it where a text is truncated', () => {
    const secret = 's3cret-of-mine'
    for (let length = 1; length < 10; length++) {
      const part = secret.slice(0, length)
      const body = `${'x'.repeat(1024 - length)}${secret}`
      expect(maskSecrets([secret], errorOf(body, 500))).toMatchObject({
        bodyStart: `${'x'.repeat(1024 - length)}${'*'.repeat(length)}`,
      })
      const found = errorOf(`{"code":"${'x'.repeat(59 - length)}${secret}"}`)
      expect(maskSecrets([secret], found)).toMatchObject({
        issues: [{ found: `"${'x'.repeat(59 - length)}${'*'.repeat(length)}…` }],
      })
      const excerpt = errorOf(`{,${'x'.repeat(23 - length)}${secret}`)
      expect(maskSecrets([secret], excerpt)).toMatchObject({
        excerpt: `{,${'x'.repeat(23 - length)}${'*'.repeat(length)}\n ^`,
      })
      expect(maskSecrets([secret], errorOf(part, 500))).toMatchObject({
        bodyStart: length < 4 ? part : '*'.repeat(length),
      })
    }
  })

  test('but not what looks like its start or its end where nothing is cut', () => {
    expect(maskSecrets(['s3cret'], errorOf('{"x":s'))).toMatchObject({ excerpt: '{"x":s\n     ^' })
    expect(maskSecrets(['s3cret'], withExcerpt('et x'))).toMatchObject({ excerpt: 'et x\n^' })
    expect(maskSecrets(['s3cret'], withExcerpt('cret'))).toMatchObject({ excerpt: '****\n^' })
    expect(maskSecrets(['0123456789'], withExcerpt('12345678'))).toMatchObject({ excerpt: '********\n^' })
    expect(maskSecrets(['0123456789'], withExcerpt('1234567'))).toMatchObject({ excerpt: '1234567\n^' })
  })

  test('if it stands within the start of another', () => {
    expect(masked('abcdeX', 'abcdef', 'bcde')).toBe('a****X')
  })

  test('but not a number that an error itself tells', () => {
    const tooLarge = {
      _tag: 'ResponseTooLarge',
      httpStatus: 200,
      maxBodyBytes: 12345678,
      recovered: [],
    } as const
    expect(maskSecrets(['12345678'], tooLarge)).toEqual(tooLarge)
  })

  test('if a found value is truncated within an escape', () => {
    const found = errorOf(`{"code":"${'x'.repeat(52)}secr\\u00e4t"}`)
    expect(JSON.stringify(maskSecrets(['secrät'], found))).not.toContain('secr')
  })

  test('if an excerpt begins within an escape', () => {
    for (const cut of ['%2Fsecret', '\\u002fsecret', '&#x2f;secret', '&quot;secret'])
      for (let from = 0; from < cut.length - 6; from++)
        expect(maskSecrets(['s3/secret', 's3"secret'], withExcerpt(`${cut.slice(from)},x`))).toMatchObject({
          excerpt: `${'*'.repeat(cut.length - from)},x\n^`,
        })
  })

  test('if an excerpt shows its middle', () => {
    const long = Array.from({ length: 40 }, (_, index) => index.toString(36)).join('/')
    for (const line of [
      long.slice(10, 60),
      encodeURIComponent(long).slice(10, 60),
      encodeURIComponent(long).slice(12, 62),
    ])
      expect(maskSecrets([long], withExcerpt(line))).toMatchObject({ excerpt: `${'*'.repeat(50)}\n^` })
    expect(maskSecrets([long], withExcerpt('a/b/c/d'))).toMatchObject({ excerpt: 'a/b/c/d\n^' })
  })

  test('if an excerpt shows a control character in it as a dot or a space', () => {
    const error = errorOf('{"x":"of one\ttwo\u0007three"')
    expect(maskSecrets(['one\ttwo\u0007three'], error)).toMatchObject({
      excerpt: expect.stringMatching(/^\{"x":"of \*{13}"\n/) as string,
    })
  })

  test('by any mix of spellings', () => {
    const spellings = (character: string): ReadonlyArray<string> => [
      character,
      percent(character),
      percent(character).toUpperCase(),
      encodeURIComponent(percent(character)),
      character.split('').map(unicode).join(''),
      `&#${String(character.codePointAt(0))};`,
    ]
    const character = fc.constantFrom('a', 'Z', '0', ' ', '/', '"', '<', 'ä', '密', '🔑')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(character, fc.nat(5)), { minLength: 4, maxLength: 12 }),
        fc.stringMatching(/^[g-v]{0,5}$/),
        (characters, around) => {
          const secret = characters.map(([one]) => one).join('')
          const spelling = characters.map(([one, way]) => spellings(one)[way] ?? one).join('')
          expect(masked(`|${around}|${spelling}|${around}|`, secret)).toBe(
            `|${around}|${'*'.repeat(spelling.length)}|${around}|`,
          )
        },
      ),
    )
  })
})
