import { documentedResponses, protocolCases } from '@task-outcome/fixtures'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { anyBody } from '../../test/bodies.js'
import { decodeStrict as decodeBatchStrict } from '../decode/decodeBatchTask.js'
import { decodeOrdinaryTask, decodeStrict as decodeOrdinaryStrict } from '../decode/decodeOrdinaryTask.js'
import { decodeStrict as decodeStatusStrict } from '../decode/decodeTaskStatus.js'
import { fastDecodeBatch, fastDecodeOrdinary, fastDecodeStatus } from './fastDecode.js'

const ways = {
  ordinary: { quick: fastDecodeOrdinary, careful: decodeOrdinaryStrict('requestId') },
  batch: { quick: fastDecodeBatch, careful: decodeBatchStrict },
  status: { quick: fastDecodeStatus, careful: decodeStatusStrict },
}

/** What is said at a glance is what is said with care; of anything else nothing is said. */
const expectTheSame = (body: string | Uint8Array): void => {
  for (const { quick, careful } of Object.values(ways)) {
    const clean = quick(body)
    if (clean === undefined) continue
    expect(clean).toStrictEqual(careful(body))
    expect(JSON.stringify(clean)).toBe(JSON.stringify(careful(body))) // members in the same order
  }
}

const mostly = (usual: fc.Arbitrary<string>, unusual: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: unusual })

const ids = mostly(
  fc.constantFrom('"17"', '18', '9007199254740993123', '0', '"\u4e91-1"', '"\\u0031"'),
  fc.constantFrom('""', 'null', '-1', '[]'),
)
const texts = fc.constantFrom(
  '""',
  '"ok"',
  'null',
  '"(7)busy"',
  '"\u670d\u52a1\u5668"',
  '"occup\u00e9"',
  '"\ud83d\ude80 sent"',
  '"\\u5b9e\\u4f8b \\"busy\\"\\n"',
  '"\\ud83d\\ude80"',
  '"\\ud83d"',
  '"\\x"',
  '"\\"',
  '"\\/\\b\\f\\r\\t\\u00e9\u4e91\ud83d\ude80\\uD83d"',
  '"\\u12"',
  '"\\u12g4"',
  '"[1]\\u0020"',
)
const names = mostly(
  fc.constantFrom('a', 'dealId', 'zone'),
  fc.constantFrom(
    '__proto__',
    'toString',
    'constructor',
    'requestId',
    'detail',
    'data',
    'code',
    'a\tb',
    'a\\u0062',
    '\\u0061',
    'cod\\u0065',
    'stat\\u0075s',
    '\\ud83d',
    'a\\',
  ),
)
const numbers = fc.oneof(
  fc.constantFrom('-1', '-0', '12.5', '0.1', '1e3', '1E-7', '-0.0', '1234567890123456', '9007199254740993'),
  fc.constantFrom(
    '0.10000000000000000001',
    '1e400',
    '-12.50e+2',
    '01',
    '1.',
    '.5',
    '-',
    '1e',
    '- 1',
    '+1',
    '1.5.5',
  ),
  fc.double({ noDefaultInfinity: true, noNaN: true }).map(String),
  fc.tuple(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), fc.nat(20)).map(([digits, places]) => {
    const text = String(digits < 0n ? -digits : digits).padStart(places + 1, '0')
    const at = text.length - places
    return `${digits < 0n ? '-' : ''}${text.slice(0, at)}${places === 0 ? '' : `.${text.slice(at)}`}`
  }),
)
const { values } = fc.letrec<{ values: string; list: string; record: string }>(tie => ({
  values: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(
      '"x"',
      '0',
      '12',
      '123456789012345',
      'true',
      'false',
      'null',
      '""',
      '"\u00e9\ud83d\ude80"',
    ),
    numbers,
    texts,
    tie('list'),
    tie('record'),
  ),
  list: fc.array(tie('values'), { maxLength: 3 }).map(items => `[${items.join(', ')}]`),
  record: fc
    .array(fc.tuple(names, tie('values')), { maxLength: 2 })
    .map(members => `{${members.map(([name, value]) => `"${name}" :${value}`).join()}}`),
}))
const entryCodes = mostly(
  fc.constantFrom('"code":0', '"code":5100'),
  fc.constantFrom('"code":-1', '"code":01', '"code":1.0', '"code":9007199254740993', '"x":0'),
)
const codes = mostly(
  fc.constantFrom('"code":0', '"code":5400', '"code":5100'),
  fc.constantFrom('"code":1', '"code":0.0'),
)

/** Members in any order, now and then one that is unusual, or twice. */
const object = (members: fc.Arbitrary<ReadonlyArray<string>>, space: string): fc.Arbitrary<string> =>
  members.map(some => `{${space}${some.join(`,${space}`)}${space}}`)

const maybe = <A>(arbitrary: fc.Arbitrary<A>, weight = 1): fc.Arbitrary<ReadonlyArray<A>> =>
  fc.oneof(
    { weight: 3 - weight, arbitrary: fc.constant([]) },
    { weight, arbitrary: arbitrary.map(value => [value]) },
  )

const shuffled = (...parts: ReadonlyArray<fc.Arbitrary<ReadonlyArray<string>>>): fc.Arbitrary<string[]> =>
  fc
    .tuple(...parts)
    .chain(some =>
      fc.shuffledSubarray(some.flat(), { minLength: some.flat().length, maxLength: some.flat().length }),
    )

const member = (name: string, value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  value.map(literal => `"${name}":${literal}`)

const entry = (space: string): fc.Arbitrary<string> =>
  object(
    shuffled(
      entryCodes.map(code => [code]),
      member('requestId', ids).map(id => [id]),
      maybe(member('message', texts), 2),
      maybe(member('codeDesc', texts)),
      maybe(names.chain(name => member(name, values))),
    ),
    space,
  )

/** The `data` of a state. */
const data = (space: string): fc.Arbitrary<string> =>
  mostly(
    object(
      shuffled(
        member(
          'status',
          mostly(fc.constantFrom('0', '1', '2'), fc.constantFrom('3', '-1', '"2"', '0.0')),
        ).map(status => [status]),
        maybe(member('output', values)),
        maybe(member('data', values)),
        maybe(names.chain(name => member(name, values))),
      ),
      space,
    ),
    fc.constantFrom('[]', '{}', 'null', '[ ]', '[1]', '"x"'),
  )

/** Whole members, now and then repeated as they are written. */
const repeating = (members: ReadonlyArray<string>): fc.Arbitrary<ReadonlyArray<string>> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(members) },
    {
      weight: 1,
      arbitrary: fc.nat().map(at => [...members, ...members.slice(at % (members.length + 1)).slice(0, 1)]),
    },
  )

const body: fc.Arbitrary<string> = fc.constantFrom('', ' ', '\n  ').chain(space =>
  fc.oneof(
    entry(space),
    object(
      shuffled(
        mostly(fc.constant('"code":0'), fc.constantFrom('"code":4400', '"code":"0"')).map(code => [code]),
        member('data', data(space)).map(state => [state]),
        maybe(member('message', texts)),
        maybe(member('codeDesc', texts)),
        maybe(names.chain(name => member(name, values))),
      ),
      space,
    ),
    object(
      shuffled(
        mostly(fc.constantFrom('"code":4400', '"code":5100', '"code":-7'), codes).map(code => [code]),
        maybe(member('message', texts)),
        maybe(member('codeDesc', texts)),
        maybe(member('requestId', ids)),
        maybe(
          fc.constantFrom('"detail":[]', '"detail":{}', '"data":null', '"data":{"taskId":1}', '"detail":[1]'),
        ),
      ),
      space,
    ),
    object(
      shuffled(
        codes.map(code => [code]),
        fc
          .array(
            fc.tuple(
              fc.constantFrom(
                'ins-1',
                'ins-2',
                '30',
                '4',
                '__proto__',
                '',
                'i\tx',
                '\\u0034',
                '\u00fc\ud83d\ude80',
                '\\u00fc\\ud83d\ude80',
                'a\\/b',
                'a/b',
                '\\ud83d',
                '\\u00FC\\"',
              ),
              entry(space),
            ),
            {
              maxLength: 4,
            },
          )
          .chain(entries => repeating(entries.map(([id, text]) => `"${id}":${text}`)))
          .map(entries => [`"detail":{${entries.join(`,${space}`)}}`]),
        maybe(member('message', texts)),
        maybe(member('codeDesc', texts)),
        maybe(names.chain(name => member(name, values))),
      ),
      space,
    ),
  ),
)

/** Left out, put in, or another one: a single character. */
const spoiled = fc
  .tuple(
    fc.oneof(
      body,
      anyBody.map(({ text }) => text),
    ),
    fc.nat(),
    fc.constantFrom(
      '',
      '"',
      '\\',
      '{',
      '}',
      ',',
      ':',
      '0',
      '-',
      ' ',
      '\n',
      '\u0001',
      '\ufeff',
      'e',
      '\ud800',
    ),
    fc.boolean(),
  )
  .map(([text, at, character, replaces]) => {
    const index = at % (text.length + 1)
    return text.slice(0, index) + character + text.slice(index + (replaces ? 1 : 0))
  })

/** What JSON is made of, and anything between. */
const tokensOf = (text: string): ReadonlyArray<string> =>
  text.match(/"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^"{}[\]:,]+|"/gs) ?? []

/** A token or a few left out, said twice, or in another place. */
const rearranged = fc
  .tuple(
    body,
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom('drop', 'double', 'move', 'repeat')), {
      maxLength: 3,
    }),
  )
  .map(([text, changes]) => {
    const tokens = [...tokensOf(text)]
    for (const [from, to, change] of changes) {
      const at = from % tokens.length
      const until = at + 1 + (to % 4)
      if (change === 'drop') tokens.splice(at, 1)
      else if (change === 'double') tokens.splice(at, 0, ...tokens.slice(at, at + 1))
      else if (change === 'repeat') tokens.splice(until, 0, ',', ...tokens.slice(at, until))
      else tokens.splice(to % tokens.length, 0, ...tokens.splice(at, 1))
    }
    return tokens.join('')
  })

describe('the fast path and the strict path agree', () => {
  test.each([
    ['clean or nearly', body],
    ['of any shape', anyBody.map(({ text }) => text)],
    ['with a superfluous, missing or replaced character', spoiled],
    ['with a superfluous, missing or moved token', rearranged],
  ])('on bodies %s', (_, bodies) => {
    fc.assert(fc.property(bodies, expectTheSame), { numRuns: 1000 })
  })

  test('on the bytes of bodies', () => {
    fc.assert(
      fc.property(spoiled, fc.option(fc.nat()), (text, flip) => {
        const bytes = new TextEncoder().encode(text)
        if (flip !== null && bytes.length > 0) bytes[flip % bytes.length]! ^= 0x80
        expectTheSame(bytes)
      }),
    )
  })

  test('on the bodies of every rule', () => {
    for (const { body: known } of [...protocolCases, ...documentedResponses]) expectTheSame(known)
  })
})

test('the fast path decodes many bodies, as tasks, batches, states and refusals', () => {
  const bodies = fc.sample(body, { numRuns: 1000, seed: 1 })
  expect(bodies.filter(text => fastDecodeOrdinary(text) !== undefined).length).toBeGreaterThan(20)
  expect(bodies.filter(text => fastDecodeBatch(text) !== undefined).length).toBeGreaterThan(20)
  expect(bodies.filter(text => fastDecodeStatus(text) !== undefined).length).toBeGreaterThan(20)
  const refused = bodies.flatMap(text =>
    [fastDecodeOrdinary, fastDecodeBatch, fastDecodeStatus].map(decode => decode(text)),
  )
  expect(refused.filter(result => result?._tag === 'Left').length).toBeGreaterThan(20)
})

describe('the fast path decodes', () => {
  const clean = [
    '{"code":0,"requestId":"17"}',
    '{"code":0,"requestId":9007199254740993}',
    '{"code":0,"message":"\u007f~","requestId":"17"}',
    '{"code":0,"requestId":"\\u0031","message":"\\"a\\\\"}',
    '{ "code" : 0 ,\r\n\t"requestId" : "17" }\n',
    '{"requestId":0,"code":0,"message":null,"codeDesc":"Success","n":1,"zero":0,"nine":9,"long":123456789012345,"b":true,"c":false,"d":null,"e":"x"}',
    '{"code":0,"dealIds":["1", "2" ],"none":[],"nothing":{},"ids":{"30":[ {"a":1} ],"4":{"detail":2}},"requestId":17}',
    '{"code":0,"requestId":"1","x":[-1,1.5,-0.0,0,1e3,-2.5E-1,1234567890123456,9007199254740993,0.10000000000000000001]}',
    '{"code":0,"requestId":"1","data":1,"a\\/\\u0062":"\\ud83d","\\u4e91":"\\"\\\\\\/\\b\\f\\n\\r\\t\u4e91\ud83d\ude80"}',
    `{"code":0,"requestId":"1","message":"${'\\u4e91'.repeat(10_000)}"}`,
    '{"code":4400}',
    '{"code":-8000,"message":"(7)no","codeDesc":"InternalError"}',
    '{"code":5100,"requestId":"17"}',
    `{"code":0,"requestId":"1","x":${'['.repeat(8)}${']'.repeat(8)}}`,
    `{"code":0,"requestId":"1","x":${'{"a":'.repeat(8)}1${'}'.repeat(8)}}`,
  ]
  const batches = [
    '{"code":0,"message":"success","detail":{"a":{"code":0,"message":"","requestId":"1"}}}',
    '{"detail":{"a":{"code":0,"requestId":1},"b":{"code":5100,"message":"(7)busy"}},"code":5400}',
    '{"code":0,"detail":{"a b\u007f":{"code":0,"requestId":"1"}}}',
    '{"code":5100,"detail":{"30":{"code":5000,"requestId":""},"4":{"code":5100,"requestId":"9"}}}',
    '{"code":0,"requestId":"5","detail":{"a":{"code":0,"requestId":"1"}}}',
    '{"code":0,"detail":{"a":{"code":0,"requestId":"1"}, "a":{"code":0,"requestId":"1"}}}',
    '{"code":5400,"detail":{"a\\/b":{"code":0,"requestId":"1","x":1,"y":2},"\\u4e91":{"code":-7,"x":1},"\u00fc":{"code":7,"y":1}}}',
    '{"code":4000,"message":"(100004)projectId is incorrect"}',
    '{"code":5100,"detail":[]}',
    '{"code":4000,"detail": {} }',
    '{"code":4000,"detail":null}',
  ]
  const states = [
    '{"code":0,"data":{"status":0}}',
    '{"code":0,"message":"","codeDesc":"Success","data":{"status":2},"requestId":17}',
    '{"code":0,"data":{"status":1,"output":{"code":7,"message":"disk full"},"data":[1.5],"step":9007199254740993}}',
    '{"code":0,"data":{"output":null,"data":null,"status":0}}',
    '{"code":4400,"message":"(9300)too fast"}',
    '{"code":4400,"data":[]}',
  ]

  test.each(clean)('a task: %s', text => {
    expect(fastDecodeOrdinary(text)).toStrictEqual(decodeOrdinaryStrict('requestId')(text))
    expect(fastDecodeOrdinary(new TextEncoder().encode(text))).toEqual(fastDecodeOrdinary(text))
  })

  test.each(batches)('a batch: %s', text => {
    expect(fastDecodeBatch(text)).toStrictEqual(decodeBatchStrict(text))
    expect(fastDecodeBatch(new TextEncoder().encode(text))).toEqual(fastDecodeBatch(text))
  })

  test.each(states)('a state: %s', text => {
    expect(fastDecodeStatus(text)).toStrictEqual(decodeStatusStrict(text))
    expect(fastDecodeStatus(new TextEncoder().encode(text))).toEqual(fastDecodeStatus(text))
  })

  test.each([
    '{"code":0}',
    '{"code":4400,"x":1}',
    '{"code":4400,"codeDesc":"[]"}',
    '{"code":4400.0}',
    '{"code":9007199254740993}',
    '{"code":0,"requestId":"1","requestId":"1"}',
    '{"code":0,"requestId":"a\nb"}',
    '{"code":0,"requestId":"a\\x"}',
    '{"code":0,"requestId":"a\\"}',
    '{"cod\\u0065":0,"code":0,"requestId":"1"}',
    '{"code":0,"requestId":1e3}',
    '{"code":,"requestId":"1"}',
    '{"code":0,"code":0,"requestId":"1"}',
    '{"code":0,"requestId":"1","message":"","message":""}',
    '{"code":0,"requestId":01}',
    ...['1.', '1.e3', '.5', '-', '- 1', '+1', '01', '-01', '1e', '1e+', '1.5.5', '0x1'].map(
      number => `{"code":0,"requestId":"1","x":${number}}`,
    ),
    '{"code":0,"requestId":"1","x":"\\u12g4"}',
    '{"code":0,"requestId":"1","x":"\\u"}',
    '{"code":0,"requestId":"1","detail":1}',
    '{"code":0,"requestId":"1","det\\u0061il":{"a":{"code":0}}}',
    '{"code":0,"requestId":"1","x":"\\n\n"}',
    '{"code":0,"requestId":"1","x":[1,]}',
    '{"code":0,"requestId":"1","x":[1',
    '{"code":0,"requestId":"1","x":[1}',
    '{"code":0,"requestId":"1","x":{"a":1,}}',
    '{"code":0,"requestId":"1","x":{"a":1]',
    '{"code":0,"requestId":"1","x":{"a":1,"a":1}}',
    '{"code":0,"requestId":"1","x":[{"__proto__":1}]}',
    `{"code":0,"requestId":"1","x":${'['.repeat(9)}${']'.repeat(9)}}`,
    `{"code":0,"requestId":"1","x":${'{"a":'.repeat(9)}1${'}'.repeat(9)}}`,
    '{"code":0,"requestId":"1","x":1,"x":1}',
    '{"code":0,"requestId":"1","__proto__":1}',
    '{"code":0,"requestId":"1"',
    '{"code":0,"requestId":"1',
    '{"code":0,"requestId":"1"}x',
    '\ufeff{"code":0,"requestId":"1"}',
    '',
  ])('neither a task nor a batch: %s', text => {
    expect(fastDecodeOrdinary(text)).toBeUndefined()
  })

  test.each([
    '{"code":0,"detail":{"a":{"code":0}}}',
    '{"code":0,"detail":{"a":{"code":5100}}}',
    '{"code":0,"detail":{}}',
    '{"code":0}',
    '{"code":0,"detail":{"a":{"code":0,"requestId":"1"}},"detail":{"b":{"code":0,"requestId":"2"}}}',
    '{"code":5400,"detail":{"a":{"code":5100}},"detail":{"b":{"code":0,"requestId":"2"}}}',
    '{"code":0,"detail":{"a":{"code":0,"requestId":"1"},"a":{"code":0, "requestId":"1"}}}',
    '{"code":0,"detail":{"a\\/b":{"code":0,"requestId":"1"},"a/b":{"code":0,"requestId":"1"}}}',
    '{"code":0,"detail":{"\\u00fc":{"code":0,"requestId":"1"},"\u00fc":{"code":0,"requestId":"1"}}}',
    '{"code":5400}',
    '{"code":0,"detail":{"a":{"code":0,"requestId":"1","x":1},"b":{"code":0,"requestId":"2","x":1,"x":1}}}',
  ])('not a batch: %s', text => {
    expect(fastDecodeBatch(text)).toBeUndefined()
  })

  test.each([
    '{"code":0}',
    '{"code":0,"data":[]}',
    '{"code":0,"data":{"status":3}}',
    '{"code":0,"data":{"status":2,"status":2}}',
    '{"code":0,"data":{"stat\\u0075s":2}}',
    '{"code":0,"dat\\u0061":{"status":2}}',
    '{"code":4400,"data":{"taskId":17}}',
    '{"code":4400,"requestId":17}',
  ])('not a state: %s', text => {
    expect(fastDecodeStatus(text)).toBeUndefined()
  })

  test('not bytes that are not UTF-8', () => {
    const bytes = new TextEncoder().encode('{"code":0,"requestId":"x"}')
    bytes[bytes.indexOf(0x78)] = 0xff
    expect(fastDecodeOrdinary(bytes)).toBeUndefined()
    expect(fastDecodeBatch(bytes)).toBeUndefined()
  })
})

describe('if the platform has no TextEncoder', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  test('the fast path bails out, and decoding returns the same', () => {
    vi.stubGlobal('TextEncoder', undefined)
    const text = '{"code":0,"message":"","requestId":"17"}'
    expect(fastDecodeOrdinary(text)).toBeUndefined()
    expect(decodeOrdinaryTask(text)).toMatchObject(E.right({ taskId: '17' }))
  })
})
