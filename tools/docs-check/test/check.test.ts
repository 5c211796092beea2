import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { compile } from '../src/compile.js'
import { anchorsOf, brokenLinks, linksOf } from '../src/links.js'
import { readComments } from '../src/readComments.js'
import { readMarkdown } from '../src/readMarkdown.js'
import { runProgram, runTests } from '../src/run.js'

const fence = '```'
const block = (language: string, text: string): string => `${fence}${language}\n${text}\n${fence}\n`

describe('Markdown', () => {
  test('only blocks tagged ts are examples', () => {
    const markdown = `# A\n\n${block('sh', 'ls')}\n${block('ts', 'one()\ntwo()')}\n${block('', 'text')}`
    expect(readMarkdown('a.md', markdown)).toEqual([{ file: 'a.md', line: 8, code: 'one()\ntwo()' }])
  })

  test('the untagged block after "It prints:" is the expected output', () => {
    const markdown = `${block('ts', 'one()')}\nIt prints:\n\n${block('', '1\n2')}\n${block('ts', 'two()')}`
    expect(readMarkdown('a.md', markdown)).toEqual([
      { file: 'a.md', line: 2, code: 'one()', prints: '1\n2' },
      { file: 'a.md', line: 13, code: 'two()' },
    ])
  })

  test('the first line can name a file', () => {
    expect(readMarkdown('a.md', block('ts', '// src/a.ts\none()'))).toMatchObject([{ name: 'src/a.ts' }])
  })

  test.each([
    ['"It prints:" without a program', `It prints:\n\n${block('', '1')}`, 'a.md:1'],
    ['"It prints:" without an output', `${block('ts', 'one()')}\nIt prints:\n\n1\n`, 'a.md:5'],
    ['a tag that would escape', block('js', 'one()'), 'a.md:1'],
    ['a block without an end', `${fence}ts\none()\n`, 'a.md:1'],
  ])('rejects %s', (_, markdown, place) => {
    expect(() => readMarkdown('a.md', markdown)).toThrow(place)
  })
})

describe('links', () => {
  test('ignores links in programs and in code', () => {
    const markdown = `[one](a.md) and ![two](b.svg)\n\n${block('ts', 'x[y](z)')}\n\`[three](c.md)\` [four](#d)`
    expect(linksOf('a.md', markdown)).toEqual([
      { target: 'a.md', line: 1 },
      { target: 'b.svg', line: 1 },
      { target: '#d', line: 7 },
    ])
  })

  test('makes the anchor of a heading from its words, and numbers duplicates', () => {
    const markdown = '# First steps\n\n## From `any` to 4,500: a "replay"\n\n## First steps\n'
    expect([...anchorsOf('a.md', markdown)]).toEqual([
      'first-steps',
      'from-any-to-4500-a-replay',
      'first-steps-1',
    ])
  })

  test('reports a link that leads nowhere with its place', () => {
    const folder = fileURLToPath(new URL('../dist/links', import.meta.url))
    mkdirSync(join(folder, 'docs'), { recursive: true })
    writeFileSync(join(folder, 'a.md'), '# One\n')
    const good = '[a](../a.md) [b](../a.md#one) [c](https://example.com/) [d](#two) [e](..)'
    const bad = '[a](a.md) [b](../a.md#two) [c](#three)'
    writeFileSync(join(folder, 'docs/b.md'), `# Two\n\n${good}\n\n${bad}\n`)
    expect(brokenLinks(folder, 'a.md')).toEqual([])
    expect(brokenLinks(folder, 'docs/b.md')).toEqual([
      'docs/b.md:5: a.md: there is no docs/a.md',
      'docs/b.md:5: ../a.md#two: a.md has no such heading',
      'docs/b.md:5: #three: docs/b.md has no such heading',
    ])
  })
})

test('an @example ends at the next tag', () => {
  const source = `const a = 1\n\n/**\n * Words.\n *\n * @example\n * one()\n *\n * two()\n *\n * @category x\n */\n`
  expect(readComments('a.ts', source)).toEqual([{ file: 'a.ts', line: 7, code: 'one()\n\ntwo()' }])
})

describe('the check reports', () => {
  const folder = fileURLToPath(new URL('../dist/check', import.meta.url))

  test('a type error, at its place in the documentation', () => {
    const [one] = compile(folder, [{ file: 'a.md', line: 10, code: 'export {}\nconst a: string = 1' }])
    expect(one?.faults).toEqual(["a.md:11:7: Type 'number' is not assignable to type 'string'. (TS2322)"])
  })

  test('a name that no package exports', () => {
    const code = "import { decodeTask } from '@task-outcome/core'\ndecodeTask('')"
    const [one] = compile(folder, [{ file: 'a.md', line: 1, code }])
    expect(one?.faults).toEqual([expect.stringContaining('a.md:1:10')])
  })

  test('examples share no scope, but one that has a name can be imported', () => {
    const examples = compile(folder, [
      { file: 'a.md', line: 1, code: 'export const a = 1', name: 'a.ts' },
      { file: 'a.md', line: 5, code: "import { a } from './a.js'\nconsole.log(a)" },
      { file: 'a.md', line: 9, code: 'console.log(a)' },
    ])
    expect(examples.map(({ faults }) => faults.length)).toEqual([0, 0, 1])
  })

  test('a different output, and a program that fails', async () => {
    const programs = compile(folder, [
      { file: 'a.md', line: 1, code: "console.log('one')" },
      { file: 'a.md', line: 5, code: "throw new Error('no')" },
    ])
    const [good, bad] = await Promise.all(programs.map(({ program }) => runProgram(program)))
    expect(good).toEqual({ exitCode: 0, stdout: 'one\n', stderr: '' })
    expect(bad).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Error: no') as string })
  })

  test('a test that fails', async () => {
    const code = (found: number): string =>
      `import { expect, test } from 'vitest'\ntest('one', () => expect(${found}).toBe(2))`
    const [good, bad] = compile(folder, [
      { file: 'a.md', line: 1, code: code(2), name: 'good.test.ts' },
      { file: 'a.md', line: 5, code: code(1), name: 'bad.test.ts' },
    ])
    expect(await runTests(good?.source ?? '')).toMatchObject({ exitCode: 0 })
    expect(await runTests(bad?.source ?? '')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('expected 1 to be 2') as string,
    })
  })
})
