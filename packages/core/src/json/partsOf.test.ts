import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { partsOf } from './partsOf.js'

const long = Array.from({ length: 30_000 }, (_, index) => `${index} 云🚀`).join('')

test.each([
  ['short', 'abc云🚀'],
  ['long', long],
])('cuts the same strings out of a %s text as the text itself', (_, text) => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(text.length), fc.nat(10_000))), cuts => {
      const parts = partsOf(text)
      for (const [from, length] of cuts)
        expect(parts.slice(from, from + length)).toBe(text.slice(from, from + length))
    }),
  )
})
