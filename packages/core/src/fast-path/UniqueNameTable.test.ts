import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UniqueNameTable } from './UniqueNameTable.js'

/** What a `Set` says of each. */
const areNew = (names: ReadonlyArray<string>): ReadonlyArray<boolean> => {
  const seen = new Set<string>()
  return names.map(name => seen.size < seen.add(name).size)
}

/** The names in a body of their own, and where each begins there. */
const inBody = (names: ReadonlyArray<string>) => {
  const starts: number[] = []
  let body = ''
  for (const name of names) {
    starts.push(body.length + 1)
    body += `"${name}"`
  }
  return { bytes: new TextEncoder().encode(body), starts }
}

const add = (names: ReadonlyArray<string>, hashOf: (name: string) => number): ReadonlyArray<boolean> => {
  const { bytes, starts } = inBody(names)
  const distinct = new UniqueNameTable(bytes, bytes.length)
  return names.map((name, index) => distinct.add(starts[index] ?? 0, hashOf(name)) === 0)
}

const numbers = (count: number): ReadonlyArray<string> =>
  Array.from({ length: count }, (_, index) => `ins-${index}`)

describe('a name is new once', () => {
  test.each([
    ['that differ', (name: string) => Number(name.slice(4))],
    ['that are negative', (name: string) => -Number(name.slice(4))],
    ['of which eight names share each', (name: string) => Number(name.slice(4)) >> 3],
    ['that share their last bits', (name: string) => Number(name.slice(4)) << 20],
  ])('with hashes %s', (_, hashOf) => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 400 }), picked => {
        const names = picked.map(number => `ins-${number}`)
        expect(add(names, hashOf)).toEqual(areNew(names))
      }),
    )
  })

  test('if one is a prefix or a suffix of another', () => {
    expect(add(['a', 'ab', 'b', 'a', '', ''], () => 7)).toEqual([true, true, true, false, true, false])
  })

  test.each([1000, 100_000])('among %s', count => {
    const names = numbers(count)
    const hashes = new Map(names.map((name, index) => [name, index]))
    const areAllNew = add([...names, ...names], name => hashes.get(name) ?? -1)
    expect(new Set(areAllNew.slice(0, count))).toEqual(new Set([true]))
    expect(new Set(areAllNew.slice(count))).toEqual(new Set([false]))
  })

  test('whatever names were added to other tables before', () => {
    const names = numbers(300)
    const hashOf = (name: string): number => Number(name.slice(4))
    expect(new Set(add(names, hashOf))).toEqual(new Set([true]))
    expect(new Set(add(names, hashOf))).toEqual(new Set([true]))
  })
})

test('returns where the name was before, or one that may be the same because either has escapes', () => {
  const { bytes, starts } = inBody(['a', 'b', 'b', '\\u00e9', '\\u00E9', 'c\\/d', 'c/d', 'c'])
  const distinct = new UniqueNameTable(bytes, bytes.length)
  const found = starts.map(start => distinct.add(start, 1))
  expect(found[2]).toBe(starts[1])
  expect(found.map(offset => offset === 0)).toEqual([true, true, false, false, false, false, true, true])
})

test('bails out on names that all collide, so that an attacker can’t cause quadratic time', () => {
  // What `spread` multiplies with has an inverse, by which a hash can be chosen for any product.
  let inverse = 0x9e3779b1
  for (let step = 0; step < 5; step++) inverse = Math.imul(inverse, 2 - Math.imul(0x9e3779b1, inverse))
  const hashOf = (name: string): number => {
    const high = Number(name.slice(4))
    return Math.imul((high << 15) | (high & 0x7fff), inverse)
  }
  const [first, ...others] = add(numbers(2000), hashOf)
  expect(first).toBe(true)
  expect(others.indexOf(false)).toBeGreaterThan(400)
  expect(others.at(-1)).toBe(false)
})

test('bails out early on long names with the same hash, because it compares them byte by byte', () => {
  const prefix = 'x'.repeat(1000)
  const areNew = add(
    numbers(100).map(name => prefix + name),
    () => 1,
  )
  expect(areNew.slice(0, 5)).not.toContain(false)
  expect(areNew.indexOf(false)).toBeLessThan(50)
})
