import { describe, expect, test } from 'vitest'
import { decodeBatchTask } from './decodeBatchTask.js'
import { decodeOrdinaryTask } from './decodeOrdinaryTask.js'

const list = (length: number, item: (index: string) => string): string =>
  Array.from({ length }, (_, index) => item(String(index))).join(',')

const entry = (id: string): string => `{"code":0,"requestId":${id}}`
const longName = 'x'.repeat(1_000_000)
const notUtf8 = new Uint8Array(2_000_000).fill(0x31)
notUtf8.set([0xff], 1_500_000)

const bodies: ReadonlyArray<readonly [string, string | Uint8Array]> = [
  ['a million opening brackets', '['.repeat(1_000_000)],
  ['a million nested lists', '['.repeat(1_000_000) + ']'.repeat(1_000_000)],
  ['half a million nested objects', '{"a":'.repeat(500_000) + '1' + '}'.repeat(500_000)],
  ['one id thirty thousand times', `{"code":0,${list(30_000, index => `"requestId":${index}`)}}`],
  ['one resource thirty thousand times', `{"code":0,"detail":{${list(30_000, id => `"a":${entry(id)}`)}}}`],
  [
    'one equal entry thirty thousand times',
    `{"code":0,"detail":{${list(30_000, () => `"a":${entry('1')}`)}}}`,
  ],
  [
    'thirty thousand ids under a name of a megabyte',
    `{"detail":{"${longName}":{${list(30_000, id => `"requestId":${id}`)}}}}`,
  ],
  [
    'thirty thousand issues under a name of a megabyte',
    `{"detail":{"${longName}":{${list(30_000, index => `"message":${index}`)}}}}`,
  ],
  [
    'thirty thousand long integers',
    `{"code":0,"requestId":1,"x":[${list(30_000, index => index + '1'.repeat(40))}]}`,
  ],
  [
    'a number of ten million digits',
    `{"code":${'1'.repeat(5_000_000)},"requestId":${'1'.repeat(5_000_000)}}`,
  ],
  [
    'a fraction of a million zeros',
    `{"code":0,"requestId":1,"x":0.${'0'.repeat(1_000_000)}1${'0'.repeat(1_000_000)}}`,
  ],
  ['an exponent of a million digits', `{"code":0,"requestId":1,"x":1e${'9'.repeat(1_000_000)}}`],
  ['a string of ten million characters', `{"code":0,"requestId":"${'x'.repeat(10_000_000)}"}`],
  ['a million escapes', `{"code":0,"requestId":"${'\\u0041'.repeat(1_000_000)}"}`],
  ['two million line ends', '\n'.repeat(2_000_000)],
  ['two million bytes, one of them not UTF-8', notUtf8],
  [
    'five hundred repeats, each within the one before, around fifty thousand numbers',
    `{"code":0,"requestId":1,"x":${'{"a":1,"a":'.repeat(500)}[${list(50_000, index => index)}]${'}'.repeat(500)}}`,
  ],
]

describe('decodes a body to an Either, however long, deep or hostile it is', () => {
  test.each(bodies)('%s', { timeout: 60_000 }, (_, body) => {
    expect(decodeOrdinaryTask(body)).toHaveProperty('_tag')
    expect(decodeBatchTask(body)).toHaveProperty('_tag')
  })
})
