/**
 * Random bodies: written from nothing in the shape of the formats, or mutated from those that are known.
 */
import { documentedResponses, protocolCases } from '@task-outcome/fixtures'
import type { Random } from './random.js'

const seeds: ReadonlyArray<string> = [...protocolCases, ...documentedResponses]
  .map(({ body }) => (typeof body === 'string' ? body : new TextDecoder().decode(body)))
  .filter(body => body.length < 5000)

const fragments: ReadonlyArray<string> = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  '\\u0000',
  '\\ud800',
  '\ud800',
  '\ufeff',
  '\u0000',
  ' ',
  '\n',
  'null',
  'true',
  '0',
  '-0',
  '-5',
  '1e3',
  '0.0',
  '12.5',
  '9007199254740993',
  '9'.repeat(400),
  '1e999',
  '""',
  '"0"',
  '0x1',
  'NaN',
  '//',
  "'",
  '"code":0',
  '"code":5100',
  '"code":5400',
  ',"code":0',
  ',"taskId":"8"',
  '"FlowId":8,',
  '"RequestId" : 8 ',
  '"code":"0"',
  '"code":"5100",',
  '"status":"1"',
  'while(1);',
  ")]}'\n",
  'cb(',
  ');',
  '<p title="x>',
  '"data":{"taskId":8},',
  '"data":[{"flowId":8}]',
  '"requestId":"7"',
  ',"requestId":7',
  '"requestId":',
  '"detail":{',
  '"detail":[]',
  '"__proto__":{"code":0,"requestId":"1"}',
  '"message":""',
  '"a":{"code":0,"requestId":"1"},',
  '[[[[[[[[',
  '\u00a0',
  'ü',
  '服',
  '🚀',
  '\u2028',
]

export const randomBody = (random: Random): string | Uint8Array => {
  let text = random.chance(0.4) ? written(random) : random.pick(seeds)
  const mutations = random.pick([0, 0, 1, 1, 2, 3, 8])
  for (let count = 0; count < mutations; count++) text = mutate(text, random)
  if (!random.chance(0.3)) return text
  const bytes = new TextEncoder().encode(text)
  if (bytes.length > 0 && random.chance(0.5)) {
    const at = random.below(bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8)) // a flipped bit
  }
  return bytes
}

const mutate = (text: string, random: Random): string => {
  const from = random.below(text.length + 1)
  const to = Math.min(text.length, from + random.below(random.pick([2, 8, 64])))
  switch (random.below(8)) {
    case 0: // cut off
      return text.slice(0, from)
    case 1: // left out
      return text.slice(0, from) + text.slice(to)
    case 2: // twice
      return text.slice(0, to) + text.slice(from)
    case 3: // put in
    case 4:
      return text.slice(0, from) + random.pick(fragments) + text.slice(from)
    case 5: // put in somebody else's part
      return text.slice(0, from) + part(random.pick(seeds), random) + text.slice(to)
    case 6: // another character
      return (
        text.slice(0, from) +
        String.fromCharCode(random.below(random.pick([128, 0x10000]))) +
        text.slice(from + 1)
      )
    default: {
      // nested deep
      const depth = random.pick([3, 509, 511, 512, 513, 700])
      const [open, close] = random.pick([
        ['[', ']'],
        ['{"a":', '}'],
      ] as const)
      return (
        text.slice(0, from) + open.repeat(depth) + text.slice(from, to) + close.repeat(depth) + text.slice(to)
      )
    }
  }
}

const part = (text: string, random: Random): string => {
  const from = random.below(text.length + 1)
  return text.slice(from, from + random.below(80))
}

// -------------------------------------------------------------------------------------
// from nothing
// -------------------------------------------------------------------------------------

const written = (random: Random): string => random.pick([entry, entry, entry, batch, batch, state])(random)

const state = (random: Random): string =>
  object(random, [
    ['code', random.chance(0.9) ? '0' : value(random)],
    ['data', random.chance(0.9) ? stateData(random) : value(random)],
    ...(random.chance(0.1) ? [['data', stateData(random)] as const] : []),
    ...(random.chance(0.2) ? [['message', text(random)] as const] : []),
  ])

const stateData = (random: Random): string =>
  object(random, [
    ['status', random.chance(0.8) ? random.pick(['0', '1', '2', '"0"', '"1"']) : value(random)],
    ...(random.chance(0.1) ? [['status', random.pick(['0', '1', '2'])] as const] : []),
    ...(random.chance(0.2) ? [['output', value(random)] as const] : []),
    ...(random.chance(0.2) ? [[random.pick(['taskId', 'flowId']), id(random)] as const] : []),
  ])

const batch = (random: Random): string =>
  object(random, [
    ['code', random.pick(['0', '5100', '5400', '5400', '4000', value(random)])],
    ['detail', detail(random)],
    ...(random.chance(0.2) ? [['requestId', id(random)] as const] : []),
    ...(random.chance(0.1) ? [['detail', detail(random)] as const] : []),
    ...(random.chance(0.2) ? [['message', text(random)] as const] : []),
  ])

const detail = (random: Random): string => {
  if (random.chance(0.1)) return random.pick(['[]', '{}', 'null', '7', '[{"code":0,"requestId":"3"}]'])
  const names = ['ins-1', 'ins-2', '30', '4', '__proto__', '', '\\u0069ns-1', 'a/b', 'a\\/b', '服', '\\u670d']
  const allAccepted = random.chance(0.3)
  const entries = Array.from(
    { length: random.below(5) },
    () => [random.pick(names), allAccepted ? '{"code":0,"requestId":1}' : entry(random)] as const,
  )
  return object(random, random.chance(0.2) ? [...entries, ...entries.slice(0, 1)] : entries, true)
}

const entry = (random: Random): string =>
  object(random, [
    ['code', random.chance(0.9) ? random.pick(['0', '0', '5100', '4400', '"0"', '"-1"']) : value(random)],
    ...(random.chance(0.8) ? [['requestId', id(random)] as const] : []),
    ...(random.chance(0.1) ? [[random.pick(idNames), id(random)] as const] : []),
    ...(random.chance(0.1) ? [['data', entryIn(random)] as const] : []),
    ...(random.chance(0.1) ? [['requestId', id(random)] as const] : []),
    ...(random.chance(0.5) ? [['message', text(random)] as const] : []),
    ...(random.chance(0.2) ? [['codeDesc', text(random)] as const] : []),
    ...(random.chance(0.3) ? [['x', value(random)] as const] : []),
    ...(random.chance(0.1) ? [['x', value(random)] as const] : []),
  ])

const idNames = ['requestId', 'taskId', 'flowId', 'RequestId', 'TaskId', 'FlowId']

/** What an entry, or a response, has within: an id in another place, perhaps. */
const entryIn = (random: Random): string => {
  const inner = object(random, [
    [random.pick(idNames), id(random)],
    ...(random.chance(0.2) ? [['code', random.pick(['0', '"0"', '7'])] as const] : []),
    ...(random.chance(0.2) ? [[random.pick(['ins-3', 'detail', 'result']), entryIn(random)] as const] : []),
  ])
  return random.chance(0.3) ? `[${inner}]` : inner
}

const object = (
  random: Random,
  members: ReadonlyArray<readonly [string, string]>,
  inOrder = false,
): string => {
  const ordered = inOrder ? members : [...members].sort(() => random.below(3) - 1)
  const space = random.pick(['', '', ' ', '\n\t'])
  return `{${ordered.map(([name, member]) => `${space}"${name}"${space}:${member}`).join(',')}${space}}`
}

const id = (random: Random): string =>
  random.chance(0.8)
    ? random.pick([
        `"${String(random.below(1000))}"`,
        String(random.below(1000)),
        '9007199254740993123',
        '"\\u0031"',
      ])
    : value(random)

const text = (random: Random): string =>
  random.chance(0.8)
    ? random.pick([
        '""',
        '"ok"',
        '"(7)busy"',
        '"\\n"',
        'null',
        '"(7)\\u5fd9\\/\\ud83d\\uDE80"',
        '"[{\\"taskId\\":8}]"',
      ])
    : value(random)

const value = (random: Random, depth = 3): string => {
  if (depth > 0 && random.chance(0.3))
    return random.chance(0.5)
      ? `[${Array.from({ length: random.below(3) }, () => value(random, depth - 1)).join(',')}]`
      : object(
          random,
          Array.from(
            { length: random.below(3) },
            () =>
              [
                random.pick(['a', 'b', 'code', 'detail', 'data', ...idNames]),
                value(random, depth - 1),
              ] as const,
          ),
        )
  return random.pick([
    'null',
    'true',
    '0',
    '-0',
    '1',
    '1.0',
    '-5',
    '1e3',
    '12.5',
    '-0.0',
    '-2.50E-7',
    '0.10000000000000000001',
    '123456789.0123456789',
    '""',
    '"0"',
    '"a"',
    '"\\/\\u4e91"',
    '9007199254740993',
  ])
}
