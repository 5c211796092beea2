import { decodeBatchTask, decodeOrdinaryTask, decodeTaskStatus } from '@task-outcome/core'
import { describe, expect, test } from 'vitest'
import { batchBody, bodyKinds, ordinaryBody } from './responseBodies.js'
import { measureAllocations } from './allocation.js'
import { bodiesOf, compareDecoders, measureHostile } from './compareDecoders.js'
import { compareForms } from './compareForms.js'
import { everydayBodies } from './everydayBodies.js'
import { decoders, jsonParse } from './decoders/decoders.js'
import { taskOutcome } from './decoders/taskOutcome.js'
import { decoderSection } from './decoderSection.js'
import { decoderTable } from './decoderTables.js'
import { hostileBodies } from './hostileBodies.js'
import { mistakesOf } from './mistakes.js'
import { performancePage } from './performancePage.js'
import { performancePicture } from './performancePicture.js'
import { showText } from './Table.js'

const idsInDigits = (text: string): ReadonlyArray<string> =>
  [...text.matchAll(/"requestId":"?(\d+)/g)].map(([, digits]) => digits!)

describe.each(decoders)('$name', decoder => {
  test.each(['clean', 'extra fields'] as const)('returns every id of the responses that are %s', kind => {
    for (const resources of [1, 10, 100]) {
      const { text } = batchBody(kind, resources)
      expect(decoder.taskIds(text)).toEqual(idsInDigits(text))
    }
  })

  test('decodes the ordinary response', () => {
    expect(decoder.ordinary(ordinaryBody.text)).toBeDefined()
    expect(decoder.ordinary(ordinaryBody.text)).not.toHaveProperty('_tag', 'Left')
  })

  test('keeps long integers, unless the table says otherwise', () => {
    const { text } = batchBody('long integers', 10)
    const isKept = decoder.taskIds(text).join() === idsInDigits(text).join()
    expect(isKept).toBe(!mistakesOf(decoder).includes('rounds long ids'))
  })
})

test('every decoder except JSON.parse alone rejects a field of another type', () => {
  const text = '{"code":0,"message":"","detail":{"ins-1":{"code":true,"message":"","requestId":"17"}}}'
  for (const decoder of decoders)
    if (decoder === taskOutcome) expect(decoder.batch(text)).toHaveProperty('_tag', 'Left')
    else expect(decoder.batch(text) === undefined, decoder.name).toBe(decoder !== jsonParse)
})

test('each decoder makes the mistakes that the table shows', () => {
  const roundsAndDrops = ['rounds long ids', 'drops a repeat']
  const refuses = ['refuses a response with a duplicate, reports no id']
  expect(Object.fromEntries(decoders.map(decoder => [decoder.name, mistakesOf(decoder)]))).toEqual({
    'JSON.parse': roundsAndDrops,
    '@task-outcome/core': [],
    'JSON.parse + io-ts': roundsAndDrops,
    'JSON.parse + zod': roundsAndDrops,
    'JSON.parse + arktype': roundsAndDrops,
    'lossless-json + io-ts': refuses,
    'json-bigint + io-ts': refuses,
  })
})

test('the bodies have the sizes that the page states', () => {
  for (const kind of bodyKinds)
    for (const resources of [1, 10, 1000]) {
      const { text } = batchBody(kind, resources)
      expect(Object.keys((JSON.parse(text) as { readonly detail: object }).detail)).toHaveLength(resources)
    }
  const bytesAnEntry = batchBody('clean', 1000).text.length / 1000
  expect(bytesAnEntry).toBeGreaterThan(85)
  expect(bytesAnEntry).toBeLessThan(115)
})

test('the everyday responses are what their names say', () => {
  const decode = { ordinary: decodeOrdinaryTask, batch: decodeBatchTask, status: decodeTaskStatus }
  for (const { name, operation, resources, text } of everydayBodies([1, 10])) {
    const { _tag } = decode[operation](text)
    expect(_tag, name).toBe(name.endsWith('refused') ? 'Left' : 'Right')
    if (resources !== undefined)
      expect(Object.keys((JSON.parse(text) as { readonly detail: object }).detail)).toHaveLength(resources)
  }
})

test('a small run has every row, and its page and picture can be written', () => {
  const turns = { rounds: 2, turnMs: 0, callsAtOnce: 1 }
  const measured = compareDecoders(bodiesOf([1, 10], [10]), undefined, () => turns)
  const everyday = compareForms(everydayBodies([1]), undefined, () => turns)
  const smallBodies = hostileBodies.map(body => ({ ...body, size: 100 }))
  const hostile = measureHostile(smallBodies, undefined, () => turns)
  const collectGarbage = (): void => globalThis.gc?.()
  const allocations = measureAllocations(collectGarbage, [ordinaryBody, batchBody('clean', 10)])
  const section = decoderSection({ measured, everyday, hostile }, allocations)
  const picture = performancePicture(measured)
  for (const { name } of decoders) {
    expect(section).toContain(name)
    expect(picture).toContain(name)
  }
  for (const text of [section, picture]) expect(text).not.toMatch(/NaN|undefined|Infinity/)
  // Of the responses that are in order, one library refuses those with an equal repeat.
  const refused = showText(decoderTable({ measured }))
    .split('\n')
    .filter(line => line.includes('refused'))
  expect(refused).toHaveLength(1)
  expect(refused[0]).toMatch(/^repeated resource +json-bigint/)
})

test('replaces one part of the page and keeps the other', () => {
  const first = performancePage('', 'adapters', '## Over HTTP')
  const both = performancePage(first, 'decode', '## Bodies')
  expect(both).toContain('<!-- decode -->\n\n## Bodies\n\n<!-- /decode -->')
  expect(both).toContain('<!-- adapters -->\n\n## Over HTTP\n\n<!-- /adapters -->')
  expect(performancePage(both, 'decode', '## Bodies')).toBe(both)
})
