import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { refinementOf } from '../src/annotations.js'
import { publishedSchemas } from '../src/publishedSchemas.js'
import { textOf } from '../src/textOf.js'
import { arbitraryOf } from './arbitraryOf.js'
import { spoiled } from './spoiled.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const nameOf = (file: string): string => file.replace(/^.*\/|\.json$/g, '')

/** Whether a codec rejects a value only for a rule that the schemas name in a comment. */
const isBeyondSchemas = (codec: t.Mixed, value: unknown): boolean => {
  const decoded = codec.decode(value)
  return (
    E.isLeft(decoded) &&
    decoded.left.some(({ context }) => {
      const { type, actual } = context.at(-1) ?? {}
      return (
        type instanceof t.RefinementType &&
        refinementOf(type.name)?.comment !== undefined &&
        (type.type as t.Mixed).is(actual)
      )
    })
  )
}

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown

describe.each(publishedSchemas.map(published => ({ name: nameOf(published.file), ...published })))(
  '$name',
  ({ file, codec, schema }) => {
    const validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(schema)
    const arbitrary = arbitraryOf(codec).map(throughJson)

    /** Whether the schema accepts a value. Fails if the codec decides differently. */
    const accepts = (value: unknown): boolean => {
      const accepted = validate(value)
      if (accepted !== codec.is(value) && !(accepted && isBeyondSchemas(codec, value)))
        expect.fail(
          `the schema ${accepted ? 'accepts' : 'rejects'} ${JSON.stringify(value)} ${JSON.stringify(validate.errors)}`,
        )
      return accepted
    }

    test('is published as its codec says', () => {
      expect(readFileSync(`${root}/${file}`, 'utf8')).toBe(textOf(schema))
    })

    test('decides like its codec on random values', () => {
      fc.assert(fc.property(arbitrary, value => void accepts(value)))
    })

    test('decides like its codec on values with one change', () => {
      fc.assert(
        fc.property(
          arbitrary.chain(value => spoiled(value)),
          value => void accepts(throughJson(value)),
        ),
        { numRuns: 1000 },
      )
    })

    test('is tried with values of both kinds', () => {
      const valid = fc.sample(arbitrary, { numRuns: 100, seed: 1 })
      expect(valid.filter(accepts).length).toBeGreaterThan(20)
      const changed = fc.sample(
        arbitrary.chain(value => spoiled(value)),
        { numRuns: 100, seed: 1 },
      )
      expect(changed.map(throughJson).filter(value => !accepts(value)).length).toBeGreaterThan(20)
    })
  },
)

test('each rule that a schema names in a comment is in the documentation', () => {
  const page = readFileSync(`${root}/docs/reference/schemas.md`, 'utf8')
  const comments = publishedSchemas.flatMap(({ schema }) =>
    [...JSON.stringify(schema).matchAll(/"\$comment":"([^"]*)"/g)].map(([, comment = '']) => comment),
  )
  expect(comments.length).toBeGreaterThan(0)
  for (const comment of new Set(comments)) expect(page).toContain(comment)
})

test('each schema is in the documentation', () => {
  const page = readFileSync(`${root}/docs/reference/schemas.md`, 'utf8')
  for (const { file } of publishedSchemas)
    expect(page).toContain(`\`${file.replace('packages', '@task-outcome')}\``)
})

test('publishes no schema that has no codec', () => {
  const folders = readdirSync(`${root}/packages`).map(name => `packages/${name}/schemas`)
  const files = folders.flatMap(folder => {
    try {
      return readdirSync(`${root}/${folder}`).map(name => `${folder}/${name}`)
    } catch {
      return []
    }
  })
  expect(files.sort()).toEqual(publishedSchemas.map(({ file }) => file).sort())
})
