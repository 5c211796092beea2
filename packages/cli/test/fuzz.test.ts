/** Random files through `read`: `FUZZ_RUNS=100000 npx vitest run test/fuzz.test.ts` tries more. */
import { gunzipSync, gzipSync } from 'node:zlib'
import { documentedResponses, protocolCases } from '@task-outcome/fixtures'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { run } from '../src/run.js'

const bodies = [...protocolCases, ...documentedResponses]
  .map(({ body }) => Buffer.from(body))
  .filter(({ length }) => length < 4000)

const body = fc.oneof(
  fc.constantFrom(...bodies),
  fc
    .constantFrom(
      '{"Response":{"RequestId":"r-1"}}',
      '{"Response":{"Error":{"Code":"RequestLimitExceeded","Message":"x"},"RequestId":"r-2"}}',
      '{"code":0,"requestId":"a\\u202eb","flowId":9007199254740993001}',
    )
    .map(text => Buffer.from(text)),
)

/** What bodies are wrapped in. */
const wrapped = fc
  .tuple(fc.array(body, { minLength: 1, maxLength: 4 }), fc.nat({ max: 9 }))
  .map(([[first = Buffer.from(''), ...more], kind]): Buffer => {
    const text = first.toString()
    switch (kind) {
      case 0:
        return gzipSync(first)
      case 1:
        return Buffer.from(`\ufeff${text}`, 'utf16le')
      case 2:
        return Buffer.from(JSON.stringify(text))
      case 3:
        return Buffer.from(`HTTP/1.1 ${more.length % 2 === 0 ? 200 : 502} x\r\nRetry-After: 1\r\n\r\n${text}`)
      case 4:
        return Buffer.from([first, ...more].map(one => one.toString().replace(/\s*\n\s*/g, ' ')).join('\n'))
      case 5:
        return Buffer.from(
          [first, ...more].map(one => `INFO r=${one.toString().replace(/\s*\n\s*/g, ' ')} x`).join('\n'),
        )
      case 6:
        return Buffer.from(
          JSON.stringify({
            log: {
              entries: [first, ...more].map((one, index) => ({
                request: { method: 'GET', url: 'https://a.example/?Action=X', headers: [] },
                response: {
                  status: 200,
                  content:
                    index % 2 === 0
                      ? { text: one.toString() }
                      : { text: one.toString('base64'), encoding: 'base64' },
                },
              })),
            },
          }),
        )
      case 7:
        return Buffer.concat([Buffer.from('HTTP/2 200\r\n\r\n'), gzipSync(first)])
      default:
        return first
    }
  })

const splice = fc.record({
  at: fc.nat(),
  removed: fc.nat({ max: 6 }),
  inserted: fc.oneof(
    fc.constantFrom(
      '"',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '\\',
      '\n',
      '\r\n',
      '\u0000',
      '0',
      '-1',
      'null',
      '"requestId":7,',
    ),
    fc.string({ unit: 'binary', maxLength: 4 }),
  ),
})

const file = fc.oneof(
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map(bytes => Buffer.from(bytes)) },
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        wrapped,
        fc.array(splice, { maxLength: 4 }),
        fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
      )
      .map(([whole, splices, kept]) => {
        const spliced = splices.reduce((before, { at, removed, inserted }) => {
          const offset = at % (before.length + 1)
          return Buffer.concat([
            before.subarray(0, offset),
            Buffer.from(inserted),
            before.subarray(offset + removed),
          ])
        }, whole)
        return spliced.subarray(0, Math.ceil(spliced.length * kept))
      }),
  },
)

/** Everything that the file says, in every way to read it. */
const readings = (bytes: Buffer): string => {
  const start = bytes.indexOf(Buffer.from([0x1f, 0x8b]))
  const expanded = [bytes, bytes.subarray(Math.max(start, 0))].flatMap(part => {
    try {
      return [part, gunzipSync(part, { finishFlush: 2 })]
    } catch {
      return [part]
    }
  })
  const texts = expanded.flatMap(part => [
    part.toString(),
    part.toString('utf16le'),
    Buffer.from(part.subarray(0, part.length & ~1))
      .swap16()
      .toString('utf16le'),
  ])
  const encoded = texts.flatMap(text =>
    Array.from(text.matchAll(/[\w+/]{8,}=*/g), ([word]) => Buffer.from(word, 'base64').toString()),
  )
  return [...texts, ...encoded]
    .flatMap(text => [
      text,
      unescaped(text),
      unescaped(unescaped(text)),
      unescaped(unescaped(unescaped(text))),
    ])
    .join('\n')
}

const unescaped = (text: string): string =>
  text.replace(/\\(u[0-9a-f]{4}|["\\/bfnrt])/gi, (whole, escape: string) => {
    try {
      return JSON.parse(`"\\${escape.startsWith('U') ? escape.toLowerCase() : escape}"`) as string
    } catch {
      return whole
    }
  })

const readFile = async (bytes: Uint8Array, words: ReadonlyArray<string>) => {
  const written = { stdout: '', stderr: '' }
  const output = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => void (written[name] += text),
    flush: async () => undefined,
    isTerminal: true,
    columns: 80,
  })
  const status = await run(
    ['read', ...words, '-'],
    {
      stdout: output('stdout'),
      stderr: output('stderr'),
      readStdin: async () => bytes,
      stdinIsTerminal: false,
      env: { NO_COLOR: '1' },
    },
    '0.0.0',
  )
  return { ...written, status }
}

test('any file has an exit code of the table, no stack trace, no id that is not in it, and no control character', async () => {
  await fc.assert(
    fc.asyncProperty(
      file,
      fc.constantFrom('auto', 'auto', 'batch', 'ordinary', 'status'),
      fc.constantFrom('ndjson', 'ndjson', 'table', 'wide', 'csv', 'ids'),
      async (bytes, format, output) => {
        const { status, stdout, stderr } = await readFile(bytes, ['-f', format, '-o', output])
        expect([0, 1, 2, 3, 4]).toContain(status)
        expect(stderr).not.toMatch(/^ +at /m)
        expect(stderr).not.toContain('please report')
        expect(stdout + stderr).not.toMatch(/[^\P{C}\r\n\p{Co}\p{Cn}]/u)
        if (output !== 'ndjson' || stdout === '') return
        const text = readings(bytes)
        for (const line of stdout.trim().split('\n')) {
          const { task } = JSON.parse(line) as { readonly task: string | null }
          if (task !== null) expect(text).toContain(task)
        }
      },
    ),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 3000) },
  )
})
