import { Json, ResourceId } from '@task-outcome/core'
import { integer, nonEmptyArray, refine } from '@task-outcome/core/codec'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { schemaOf } from '../src/schemaOf.js'
import { textOf } from '../src/textOf.js'

const A = t.type({ _tag: t.literal('A'), id: ResourceId }, 'A')
const B = t.intersection([t.type({ _tag: t.literal('B'), n: integer }), t.partial({ json: Json })], 'B')

test('a union has its members, and an object its required and optional members', () => {
  expect(schemaOf(t.union([A, B], 'AOrB'), 'A or B.')).toEqual({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'AOrB',
    description: 'A or B.',
    anyOf: [
      {
        title: 'A',
        type: 'object',
        properties: { _tag: { const: 'A' }, id: { title: 'ResourceId', type: 'string' } },
        required: ['_tag', 'id'],
      },
      {
        title: 'B',
        type: 'object',
        properties: {
          _tag: { const: 'B' },
          n: { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
          json: { title: 'Json', $comment: 'Nested at most 512 deep.' },
        },
        required: ['_tag', 'n'],
      },
    ],
  })
})

test('a codec that occurs more than once is a definition', () => {
  expect(schemaOf(t.type({ one: A, many: nonEmptyArray(A) }, 'Some'), '')).toMatchObject({
    properties: {
      one: { $ref: '#/$defs/A' },
      many: { type: 'array', items: { $ref: '#/$defs/A' }, minItems: 1 },
    },
    $defs: { A: { type: 'object' } },
  })
})

test('codecs with the same name and structure share a definition', () => {
  const copy = t.type(A.props, 'A')
  expect(schemaOf(t.type({ one: A, other: copy }, 'Both'), '')).toMatchObject({
    properties: { one: { $ref: '#/$defs/A' }, other: { $ref: '#/$defs/A' } },
  })
})

test('two definitions with one name are an error', () => {
  const other = t.type({ _tag: t.literal('other') }, 'A')
  const codec = t.type({ a: A, b: A, c: other, d: other }, 'Four')
  expect(() => schemaOf(codec, '')).toThrow('two different codecs have the name A: rename one of them')
})

test('a union in a union without a name is one union', () => {
  const codec = t.union([t.union([t.string, t.number]), A], 'Any')
  expect(schemaOf(codec, '')).toMatchObject({
    anyOf: [{ type: 'string' }, { type: 'number' }, { title: 'A' }],
  })
})

test('a refinement without an annotation is an error', () => {
  const odd = refine('Odd', t.number, n => n % 2 === 1)
  expect(() => schemaOf(t.type({ odd }, 'Numbers'), '')).toThrow('the refinement Odd has no annotation')
})

test('a codec without a structure is an error', () => {
  const opaque = new t.Type<string>('Opaque', t.string.is, t.string.validate, t.identity)
  expect(() => schemaOf(t.type({ opaque }, 'Values'), '')).toThrow('the codec Opaque has no structure')
})

test('the text of a schema is the schema', () => {
  const schema = schemaOf(t.union([A, B], 'AOrB'), 'with "quotes" and {}')
  expect(JSON.parse(textOf(schema))).toEqual(schema)
})
