import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Emulator, type Fault, startEmulator } from '../index.js'
import { eventually, isWhole, rawExchange, split } from '../../test/rawExchange.js'

const body = '{"code":0,"message":"","requestId":"9007199254740993"}'
let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())

const serve = (fault: Fault) => emulator.serve({ body, fault })
const wholeHead = [
  'HTTP/1.1 200 OK',
  'Content-Type: application/json; charset=utf-8',
  'Access-Control-Allow-Origin: *',
  `Content-Length: ${body.length}`,
].join('\r\n')
const whole = `${wholeHead}\r\n\r\n${body}`

describe('the connection breaks', () => {
  const arrives = {
    beforeResponse: '',
    withinHead: whole.slice(0, (wholeHead.length + 4) / 2),
    withinBody: `${wholeHead}\r\n\r\n${body.slice(0, body.length / 2)}`,
    afterBody: whole,
  }
  const places = ['beforeResponse', 'withinHead', 'withinBody', 'afterBody'] as const

  it.each(places)('Reset resets it at %s', async at => {
    const { bytes, end } = await rawExchange(serve({ _tag: 'Reset', at }))
    expect({ text: bytes.toString(), end }).toEqual({ text: arrives[at], end: 'RST' })
  })

  it.each(places)('Close closes it at %s', async at => {
    const { bytes, end } = await rawExchange(serve({ _tag: 'Close', at }))
    expect({ text: bytes.toString(), end }).toEqual({ text: arrives[at], end: 'FIN' })
  })

  it.each(places)('Stall keeps it open at %s until the emulator is closed', async at => {
    const own = await startEmulator()
    const url = own.serve({ body, fault: { _tag: 'Stall', at } })
    let received = ''
    const exchange = rawExchange(url, {
      until: bytes => {
        received = bytes.toString()
        return false
      },
    })
    await eventually(() => own.requests.length === 1 && received === arrives[at])
    // the emulator still responds to other requests
    expect((await fetch(own.serve({ body }))).status).toBe(200)
    await own.close()
    expect((await exchange).bytes.toString()).toBe(arrives[at])
  })

  it.each([0, 1, body.length - 1])('bodyBytes cuts the body after %i bytes', async bodyBytes => {
    const { bytes } = await rawExchange(serve({ _tag: 'Close', at: 'withinBody', bodyBytes }))
    expect(split(bytes).body.toString()).toBe(body.slice(0, bodyBytes))
  })

  it('Drip sends every byte', async () => {
    const { bytes } = await rawExchange(serve({ _tag: 'Drip', msPerByte: 0 }), { until: isWhole })
    expect(bytes.toString()).toBe(whole)
  })

  it('Drip ends when the emulator is closed, however slow', async () => {
    const own = await startEmulator()
    const url = own.serve({ body, fault: { _tag: 'Drip', msPerByte: 3_600_000 } })
    const exchange = rawExchange(url)
    await eventually(() => own.requests.length === 1 && process.getActiveResourcesInfo().includes('Timeout'))
    await own.close()
    expect((await exchange).bytes.length).toBe(0)
  })
})

describe('the head and the body contradict each other', () => {
  it('WrongContentLength announces more bytes than it sends', async () => {
    const { bytes, end } = await rawExchange(serve({ _tag: 'WrongContentLength', differenceBytes: 7 }))
    expect(split(bytes).head).toContain(`Content-Length: ${body.length + 7}`)
    expect(split(bytes).body.toString()).toBe(body)
    expect(end).toBe('FIN')
  })

  it('WrongContentLength announces fewer bytes, but sends the whole body', async () => {
    const { bytes } = await rawExchange(serve({ _tag: 'WrongContentLength', differenceBytes: -7 }), {
      until: received => received.toString().endsWith(body),
    })
    expect(split(bytes).head).toContain(`Content-Length: ${body.length - 7}`)
  })

  it('DuplicateContentLength sends two lengths', async () => {
    const { bytes } = await rawExchange(serve({ _tag: 'DuplicateContentLength', differenceBytes: 3 }), {
      until: received => received.toString().endsWith(body),
    })
    expect(split(bytes).head).toContain(
      `Content-Length: ${body.length}\r\nContent-Length: ${body.length + 3}`,
    )
  })

  const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`
  const [first, second] = [body.slice(0, body.length / 2), body.slice(body.length / 2)]

  it('Chunked without damage can be read by HTTP clients', async () => {
    const url = serve({ _tag: 'Chunked', damage: 'none' })
    expect(await (await fetch(url)).text()).toBe(body)
    const { bytes } = await rawExchange(url, { until: received => received.toString().endsWith('0\r\n\r\n') })
    expect(split(bytes).head).toContain('Transfer-Encoding: chunked')
    expect(split(bytes).head).not.toContain('Content-Length')
    expect(split(bytes).body.toString()).toBe(`${chunk(first)}${chunk(second)}0\r\n\r\n`)
  })

  it.each([
    ['withoutLastChunk', `${chunk(first)}${chunk(second)}`],
    [
      'withinChunk',
      `${chunk(first)}${second.length.toString(16)}\r\n${second.slice(0, Math.floor(second.length / 2))}`,
    ],
  ] as const)('Chunked closes the connection %s', async (damage, expected) => {
    const { bytes, end } = await rawExchange(serve({ _tag: 'Chunked', damage }))
    expect({ text: split(bytes).body.toString(), end }).toEqual({ text: expected, end: 'FIN' })
  })

  it('Chunked sends an invalid length with badLength', async () => {
    const { bytes } = await rawExchange(serve({ _tag: 'Chunked', damage: 'badLength' }), {
      until: received => received.toString().endsWith('0\r\n\r\n'),
    })
    expect(split(bytes).body.toString()).toBe(`${chunk(first)}no number\r\n${second}0\r\n\r\n`)
  })

  it('Chunked ends an empty body only once', async () => {
    const url = emulator.serve({ fault: { _tag: 'Chunked', damage: 'none' } })
    const { bytes } = await rawExchange(url, { until: received => received.toString().endsWith('0\r\n\r\n') })
    expect(split(bytes).body.toString()).toBe('0\r\n\r\n')
  })

  it.each(['HTTP/1.1 200 OK\r\n', Buffer.from('HTTP/1.1 200 OK\r\n')])(
    'TrailingBytes sends bytes after the response',
    async trailing => {
      const { bytes } = await rawExchange(serve({ _tag: 'TrailingBytes', bytes: trailing }), {
        until: received => received.length >= whole.length + trailing.length,
      })
      expect(bytes.toString()).toBe(`${whole}HTTP/1.1 200 OK\r\n`)
    },
  )

  it('EndlessBody continues until the client disconnects', async () => {
    const { bytes, end } = await rawExchange(serve({ _tag: 'EndlessBody' }), {
      until: received => received.length > 1024 * 1024,
    })
    expect(end).toBe('left')
    expect(split(bytes).body.toString()).toMatch(new RegExp(`^36\r\n${body}\r\n4000\r\n {16384}\r\n`))
  })

  it('Informational sends responses before the final one', async () => {
    const { bytes } = await rawExchange(serve({ _tag: 'Informational', statuses: [100, 103] }), {
      until: received => received.toString().endsWith(body),
    })
    expect(bytes.toString()).toBe(
      `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n${whole}`,
    )
  })

  it('Expect: 100-continue gets a 100 before the body is sent', async () => {
    const { bytes } = await rawExchange(emulator.serve({ body }), {
      method: 'POST',
      headers: ['Expect: 100-continue', 'Content-Length: 5'],
      until: received => received.toString().includes('\r\n\r\n'),
    })
    expect(bytes.toString()).toBe('HTTP/1.1 100 Continue\r\n\r\n')
  })

  it('InvalidHttp sends bytes that are not HTTP', async () => {
    const { bytes, end } = await rawExchange(serve({ _tag: 'InvalidHttp' }))
    expect({ text: bytes.toString(), end }).toEqual({ text: 'SSH-2.0-OpenSSH_9.6\r\n', end: 'FIN' })
  })
})

describe('the body is not what its label says', () => {
  const decoders = { gzip: gunzipSync, br: brotliDecompressSync, deflate: inflateSync }
  const encodings = ['gzip', 'br', 'deflate'] as const

  const exchange = async (fault: Fault) => split((await rawExchange(serve(fault), { until: isWhole })).bytes)

  it.each(encodings)('Compressed sends an intact %s body', async encoding => {
    const response = await exchange({ _tag: 'Compressed', encoding, damage: 'none' })
    expect(response.head).toContain(`Content-Encoding: ${encoding}`)
    expect(decoders[encoding](response.body).toString()).toBe(body)
  })

  it.each(encodings)('Compressed sends half of a %s body', async encoding => {
    const sound = await exchange({ _tag: 'Compressed', encoding, damage: 'none' })
    const cut = await exchange({ _tag: 'Compressed', encoding, damage: 'cut' })
    expect(cut.body).toEqual(sound.body.subarray(0, Math.floor(sound.body.length / 2)))
    expect(() => decoders[encoding](cut.body)).toThrow('unexpected end of file')
  })

  it.each(encodings)('Compressed corrupts a %s body', async encoding => {
    const sound = await exchange({ _tag: 'Compressed', encoding, damage: 'none' })
    const corrupted = await exchange({ _tag: 'Compressed', encoding, damage: 'corrupted' })
    expect(corrupted.body.length).toBe(sound.body.length)
    expect(() => decoders[encoding](corrupted.body)).toThrow()
  })

  it.each(encodings)('CompressionBomb expands a %s body', async encoding => {
    const expandsToBytes = 10_000_000
    const bomb = await exchange({ _tag: 'CompressionBomb', encoding, expandsToBytes })
    expect(bomb.body.length).toBeLessThan(20_000)
    const unpacked = decoders[encoding](bomb.body)
    expect(unpacked.length).toBe(expandsToBytes)
    expect(unpacked.subarray(-body.length - 1).toString()).toBe(` ${body}`)
  })

  it('CompressionBomb sends just the body if that is larger', async () => {
    const bomb = await exchange({ _tag: 'CompressionBomb', encoding: 'gzip', expandsToBytes: 0 })
    expect(gunzipSync(bomb.body).toString()).toBe(body)
  })

  it('WrongCharset changes only the Content-Type', async () => {
    const response = await exchange({ _tag: 'WrongCharset', charset: 'utf-16le' })
    expect(response.head).toContain('Content-Type: application/json; charset=utf-16le')
    expect(response.body.toString()).toBe(body)
  })
})

describe('something else answers', () => {
  const exchange = async (fault: Fault) => {
    const url = serve(fault)
    const { bytes } = await rawExchange(url, {
      until: received => isWhole(received) || received.toString().startsWith('HTTP/1.1 204'),
    })
    return { ...split(bytes), path: new URL(url).pathname }
  }

  it('GatewayPage sends HTML with its status', async () => {
    const { head, body } = await exchange({ _tag: 'GatewayPage' })
    expect(head).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\nContent-Type: text\/html/)
    expect(body.toString()).toContain('<h1>502</h1>')
    expect((await exchange({ _tag: 'GatewayPage', status: 504 })).head).toContain('504 Gateway Timeout')
  })

  it('LoginPage sends HTML with 200', async () => {
    const { head, body } = await exchange({ _tag: 'LoginPage' })
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\nContent-Type: text\/html/)
    expect(body.toString()).toContain('<form method="post" action="/login">')
  })

  it('NoContent sends a 204', async () => {
    const { head, body } = await exchange({ _tag: 'NoContent' })
    expect(head).toBe('HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Origin: *')
    expect(body.length).toBe(0)
  })

  it('RedirectLoop redirects to the requested URL', async () => {
    const { head, path } = await exchange({ _tag: 'RedirectLoop', status: 307 })
    expect(head).toContain('HTTP/1.1 307 Temporary Redirect')
    expect(head).toContain(`Location: ${path}`)
  })

  it('RedirectElsewhere redirects to its location', async () => {
    const { head } = await exchange({ _tag: 'RedirectElsewhere', location: 'http://127.0.0.1:9/elsewhere' })
    expect(head).toContain('HTTP/1.1 302 Found')
    expect(head).toContain('Location: http://127.0.0.1:9/elsewhere')
  })

  it.each([
    [{ _tag: 'TooManyRequests', retryAfterSeconds: 3 }, 'HTTP/1.1 429 Too Many Requests'],
    [{ _tag: 'ServiceUnavailable', retryAfterSeconds: 3 }, 'HTTP/1.1 503 Service Unavailable'],
  ] as const)('%o sends Retry-After', async (fault, statusLine) => {
    const { head } = await exchange(fault)
    expect(head).toContain(statusLine)
    expect(head).toContain('Retry-After: 3')
  })
})
