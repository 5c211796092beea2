import { describe, expect, test } from 'vitest'
import { bodyOfValue } from './bodyOfValue.js'

const bytes = new TextEncoder().encode('{"code":0}')

const circular: Record<string, unknown> = { name: 'ins-1' }
circular.self = circular

describe('the body of a value', () => {
  test.each<[string, unknown, string | Uint8Array]>([
    ['text', 'no JSON', 'no JSON'],
    ['bytes', bytes, bytes],
    ['an ArrayBuffer', bytes.buffer, bytes],
  ])('is the value itself for %s', (_, value, body) => {
    expect(bodyOfValue(value)).toEqual(body)
  })

  test.each<[string, unknown, string]>([
    ['data', { code: 0, requestId: 17, ids: ['a', null] }, '{"code":0,"requestId":17,"ids":["a",null]}'],
    ['texts that are JSON, which it parses', { data: '{"requestId":17}' }, '{"data":{"requestId":17}}'],
    ['bytes that are JSON', { data: bytes }, '{"data":{"code":0}}'],
    ['other texts, and without other bytes', { a: 'no', b: new Uint8Array([1]) }, '{"a":"no"}'],
    ['what has no form in JSON, which it leaves out', { a: undefined, b: () => 1, c: 1 }, '{"c":1}'],
    ['what has no form in JSON in an array', [undefined, 1], '[null,1]'],
    [
      'the description of a request, which it leaves out',
      { config: 1, request: 1, options: 1, req: 1 },
      '{}',
    ],
    ['an object within itself, which it leaves out', circular, '{"name":"ins-1"}'],
    ['nothing', undefined, 'null'],
    ['a function', () => 1, 'null'],
  ])('is JSON for %s', (_, value, body) => {
    expect(bodyOfValue(value)).toBe(body)
  })

  test('is JSON without what is nested more than 16 deep', () => {
    const nested = (depth: number): unknown =>
      Array.from({ length: depth }).reduce<unknown>(inner => ({ inner }), { requestId: 17 })
    expect(bodyOfValue(nested(15))).toContain('17')
    expect(bodyOfValue(nested(16))).not.toContain('17')
    expect(bodyOfValue({ deep: nested(100_000), requestId: 17 })).toContain('"requestId":17')
  })

  test('is JSON of the first 100,000 objects', () => {
    const items = Array.from({ length: 100_001 }, (_, index) => ({ index }))
    const body = String(bodyOfValue(items))
    expect(body).toContain('{"index":99998}')
    expect(body).not.toContain('{"index":99999}')
  })
})
