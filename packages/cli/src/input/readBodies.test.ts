import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { textOf } from '../read/decodeBody.js'
import { readBodies } from './readBodies.js'

const accepted = '{"code":0,"requestId":9007199254740993123}'

const read = (input: string | Uint8Array) => {
  const { bodies, notes } = readBodies(typeof input === 'string' ? Buffer.from(input) : input)
  return { texts: bodies.map(({ content }) => textOf(content)), bodies, notes }
}

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()

describe('finds a body', () => {
  test.each<[string, string | Uint8Array]>([
    ['that is all of the input', accepted],
    ['in gzip', gzipSync(accepted)],
    [
      'in gzip after the head of curl -i',
      Buffer.concat([Buffer.from('HTTP/2 200\r\n\r\n'), gzipSync(accepted)]),
    ],
    ['after the head of curl -i', `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n${accepted}`],
    ['after a head whose lines end with LF', `HTTP/1.1 200 OK\nContent-Type: text/html\n\n${accepted}`],
    [
      'after the heads of a proxy and of an interim response',
      `HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n\r\n${accepted}`,
    ],
    ['in UTF-16 with a byte order mark', Buffer.from(`\ufeff${accepted}`, 'utf16le')],
    ['in UTF-16 without one', Buffer.from(accepted, 'utf16le')],
    ['in big-endian UTF-16', utf16be(`\ufeff${accepted}`)],
    ['in big-endian UTF-16 without a byte order mark', utf16be(accepted)],
    ['in a JSON string', JSON.stringify(accepted)],
    ['in a JSON string in a JSON string', JSON.stringify(JSON.stringify(accepted))],
    ['behind the prefix of a log', `2026-11-01T10:00:00Z INFO response: ${accepted}`],
    ['before the suffix of a log', `INFO ${accepted} (12 ms)\n`],
    ['in a JSON string of a log', `level=info body=${JSON.stringify(accepted)} took=12`],
    ['beside a request in a log', `request={"Action":"StartInstances"} response=${accepted}`],
  ])('%s', (_, input) => {
    const { texts } = read(input)
    expect(texts.map(text => text.replace('\ufeff', ''))).toEqual([accepted])
  })

  test('whose bytes are not UTF-8, as it is', () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x7d, 0x0a, 0x7b, 0x7d])
    expect(readBodies(bytes).bodies).toEqual([{ source: '', content: bytes }])
  })

  test('in UTF-16 with half a character, as it is', () => {
    const bytes = Buffer.concat([Buffer.from(`\ufeff${accepted}`, 'utf16le'), Buffer.from([0x7b])])
    expect(readBodies(bytes).bodies).toEqual([{ source: '', content: bytes }])
  })

  test('and the status and the delay of its head', () => {
    const { bodies } = read(`HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3\r\n\r\n${accepted}`)
    expect(bodies).toMatchObject([{ head: { status: 429, retryAfterMs: 3000 } }])
  })

  test('at the start of broken gzip, and says so', () => {
    const zipped = gzipSync(accepted + ' '.repeat(100_000))
    const { texts, notes } = read(zipped.subarray(0, zipped.length - 4))
    expect(texts[0]?.trim()).toBe(accepted)
    expect(notes).toEqual([expect.stringContaining('the gzip data is broken')])
    expect(readBodies(zipped.subarray(0, zipped.length - 4)).isCutOff).toBe(true)
    expect(read(Buffer.from([0x1f, 0x8b, 1, 2])).texts).toEqual([''])
  })
})

describe('finds many bodies', () => {
  test('in NDJSON, each with its line', () => {
    const { bodies } = read(`${accepted}\n\n{"code":4400}\r\n${accepted}\n`)
    expect(bodies.map(({ source }) => source)).toEqual(['line 1', 'line 3', 'line 4'])
  })

  test('in a log, and skips the lines without JSON', () => {
    const { bodies, notes } = read(`starting\nA ${accepted}\nB {"code":4400}\ndone\n`)
    expect(bodies.map(({ source, content }) => [source, content])).toEqual([
      ['line 2', accepted],
      ['line 3', '{"code":4400}'],
    ])
    expect(notes).toEqual([
      'skipped the text around the JSON in lines of a log',
      'skipped 2 lines without JSON',
    ])
  })

  test('in NDJSON with a broken line, which it keeps', () => {
    expect(read(`${accepted}\n{"code":0,"requ\n${accepted}\n`).texts).toEqual([
      accepted,
      '{"code":0,"requ',
      accepted,
    ])
  })

  test('in a log with a line of text that has an id', () => {
    expect(read(`A ${accepted}\nretrying, "requestId":17, again\n`).texts).toEqual([
      accepted,
      'retrying, "requestId":17, again',
    ])
  })

  test('in an HTTP archive, without what is not of a task API', () => {
    const entry = (url: string, text: string, more: object = {}, headers: ReadonlyArray<object> = []) => ({
      request: { method: 'POST', url, headers },
      response: { status: 200, content: { text, ...more } },
    })
    const { bodies, notes } = read(
      JSON.stringify({
        log: {
          entries: [
            entry('https://user:secret@cvm.api.qcloud.com/v2/index.php?Action=X&Signature=secret', accepted),
            entry('https://example.com/style.css', 'body {}'),
            entry('https://clb.tencentcloudapi.com/', '<html>', {}, [{ name: 'X-TC-Action', value: 'Y' }]),
            entry('https://example.com/v2', Buffer.from(accepted).toString('base64'), { encoding: 'base64' }),
            entry('https://example.com/v2?Action=X', 'eyJ!', { encoding: 'base64' }),
            { request: null, response: { status: 0, content: { text: accepted } } },
            17,
          ],
        },
      }),
    )
    expect(bodies.map(({ source, content, head }) => [source, textOf(content), head?.status])).toEqual([
      ['entry 1, POST cvm.api.qcloud.com', accepted, 200],
      ['entry 3, POST clb.tencentcloudapi.com', '<html>', 200],
      ['entry 4, POST example.com', accepted, 200],
      ['entry 5, POST example.com', 'eyJ!', 200],
      ['entry 6, ? ?', accepted, undefined],
    ])
    expect(notes).toEqual(['an HTTP archive with 5 of 7 responses that can be of a task API; skipped 2'])
  })

  test.each<[string, object]>([
    ['its form', { postData: { text: 'Region=gz&Action=StartInstances' } }],
    ['the parameters of its form', { postData: { params: [{ name: 'Action', value: 'StartInstances' }] } }],
    ['its JSON', { postData: { text: '{"Action": "StartInstances"}' } }],
  ])('in an HTTP archive, with a lost response to a request with an action in %s', (_, request) => {
    const archive = {
      log: {
        entries: [
          { request: { method: 'POST', url: 'https://a.example/', ...request }, response: { status: 0 } },
        ],
      },
    }
    expect(read(JSON.stringify(archive)).texts).toEqual([''])
  })

  test.each([
    ['https://u:p@ss@a.example/x?y', 'a.example'],
    ['https://u:1/p@a.example/', '?'],
    ['a.example', '?'],
  ])('in an HTTP archive, and prints %s as %s', (url, host) => {
    const entry = { request: { method: 'GET', url }, response: { content: { text: accepted } } }
    const { bodies } = read(JSON.stringify({ log: { entries: [entry] } }))
    expect(bodies).toMatchObject([{ source: `entry 1, GET ${host}` }])
  })

  test.each([
    ['that is cut off', '{"log":{"entries":[{"response":{"content":'],
    ['without entries', '{"log":{"a":1}}'],
  ])('but not in an HTTP archive %s', (_, text) => {
    expect(read(text).texts).toEqual([text])
  })
})

describe('gives a body the status of its head', () => {
  const other = '{"code":0,"requestId":7}'

  test.each<[string, string | Uint8Array, ReadonlyArray<readonly [number | undefined, string]>]>([
    ['behind a blank line', `\nHTTP/1.1 500 x\r\nA: b\r\n\r\n${accepted}`, [[500, accepted]]],
    ['behind a byte order mark', `\ufeffHTTP/1.1 500 x\r\n\r\n${accepted}`, [[500, accepted]]],
    ['in UTF-16', Buffer.from(`\ufeffHTTP/1.1 500 x\r\n\r\n${accepted}`, 'utf16le'), [[500, accepted]]],
    [
      'that is longer than 64 KiB',
      `HTTP/1.1 500 x\r\nA: ${'b'.repeat(70_000)}\r\n\r\n${accepted}`,
      [[500, accepted]],
    ],
    [
      'also if it is not the first of the file',
      `HTTP/1.1 200 OK\r\nA: b\r\n\r\n${accepted}\nHTTP/1.1 500 x\r\nA: b\r\n\r\n${other}\n`,
      [
        [200, accepted],
        [500, other],
      ],
    ],
    [
      'also if the body before has no line break',
      `HTTP/2 200 \r\n\r\n${accepted}HTTP/2 502 \r\na: b\r\n\r\n${other}`,
      [
        [200, accepted],
        [502, other],
      ],
    ],
    [
      'also if there is no blank line',
      `HTTP/1.1 500 x\n${accepted}\nHTTP/1.1 502 x\nA: b\n${other}`,
      [
        [500, accepted],
        [502, other],
      ],
    ],
    [
      'behind a body without one',
      `${other}\nHTTP/1.1 500 x\n\n${accepted}`,
      [
        [undefined, other],
        [500, accepted],
      ],
    ],
    [
      'of curl -v',
      `* Connected\n> GET / HTTP/1.1\n> A: b\n>\r\n< HTTP/1.1 500 x\r\n< A: b\r\n< \r\n{ [42 bytes data]\n${accepted}* Connection #0 to host a left intact\n`,
      [[500, accepted]],
    ],
    [
      'without a body',
      `HTTP/1.1 200 OK\n\n${accepted}\nHTTP/1.1 502 x\nA: b\n\n`,
      [
        [200, accepted],
        [502, ''],
      ],
    ],
  ])('%s', (_, input, expected) => {
    const { bodies } = read(input)
    expect(bodies.map(({ head, content }) => [head?.status, textOf(content).trim()])).toEqual(expected)
  })

  test('but takes no text in JSON for a head', () => {
    const text = '{"code":5100,"message":"}HTTP/1.1 500 x",\n"requestId":7}'
    expect(read(text).bodies).toMatchObject([{ content: text }])
    expect(read(text).bodies[0]).not.toHaveProperty('head')
  })

  test('in a time that grows with its length only', () => {
    const spaces = ' '.repeat(1_000_000)
    const { bodies } = read(`HTTP/1.1 500 x\r\nA: ${spaces}b\r\n\r\n${accepted}`)
    expect(bodies).toMatchObject([{ head: { status: 500 }, content: accepted }])
  })
})

describe('does not take a part of a body for a body', () => {
  test.each([
    [
      'a broken batch, spread over lines',
      `{"code":0,"detail":{\n"ins-1":${accepted},\n"ins-2":${accepted},\n}}`,
    ],
    ['the end of a batch', `"ins-1":${accepted},\n"ins-2":${accepted}}}`],
    ['the end of a batch without names', `0,"requestId":1},\n${accepted}\n}}`],
    ['the middle of an array', `1},${accepted} x`],
    ['a broken array', `[\n${accepted},\n${accepted},\n]`],
    ['a script in HTML', `<html><script>state = ${accepted}</script>`],
    ['a notice before a body', `PHP Notice: undefined index\n${accepted}`],
    ['a body after the head of a response', `HTTP/1.1 200 OK\r\n\r\nPHP Notice: x in ${accepted}`],
    ['an indented object', `{"code":0,\n  ${accepted}\n`],
  ])('%s', (_, text) => {
    const { texts } = read(text)
    expect(texts).toHaveLength(1)
    expect(text.endsWith(texts[0]!)).toBe(true)
    expect(texts[0]).not.toBe(accepted)
  })
})
