import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DistinctNames } from './DistinctNames.js'

/** What a `Set` says of each. */
const areNew = (names: ReadonlyArray<string>): ReadonlyArray<boolean> => {
  const seen = new Set<string>()
  return names.map(name => seen.size < seen.add(name).size)
}

const add = (names: ReadonlyArray<string>, hashOf: (name: string) => number): ReadonlyArray<boolean> => {
  const distinct = new DistinctNames()
  return names.map(name => distinct.add(name, hashOf(name)))
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

  test('among 100,000', () => {
    const names = numbers(100_000)
    const distinct = new DistinctNames()
    const addAll = (): ReadonlySet<boolean> => new Set(names.map((name, index) => distinct.add(name, index)))
    expect(addAll()).toEqual(new Set([true]))
    expect(addAll()).toEqual(new Set([false]))
  })
})

test('of names that all have one hash it gives up, so that nobody makes it compare each with each', () => {
  const [first, ...others] = add(numbers(2000), () => 1)
  expect(first).toBe(true)
  expect(others.indexOf(false)).toBeGreaterThan(400)
  expect(others.at(-1)).toBe(false)
})
