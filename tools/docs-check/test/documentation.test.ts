import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { compile } from '../src/compile.js'
import { documentation, pages, root } from '../src/documentation.js'
import { brokenLinks } from '../src/links.js'
import { runProgram, runTests } from '../src/run.js'

const folder = fileURLToPath(new URL('../dist/documentation', import.meta.url))
const examples = compile(folder, documentation()).map(example => ({
  ...example,
  at: `${example.file}:${example.line}`,
}))

for (const file of pages())
  test(`the links of ${file} lead somewhere`, () => {
    expect(brokenLinks(root, file)).toEqual([])
  })

for (const { at, faults } of examples)
  test(`${at} compiles`, () => {
    expect(faults).toEqual([])
  })

describe.concurrent('programs', () => {
  for (const { at, program, prints } of examples) {
    if (prints === undefined) continue
    test(`${at} prints what is shown`, async () => {
      const { exitCode, stdout, stderr } = await runProgram(program)
      expect({ stdout: stdout.trimEnd(), stderr, exitCode }).toEqual({
        stdout: prints.trimEnd(),
        stderr: '',
        exitCode: 0,
      })
    })
  }
})

for (const { at, name = '', source } of examples)
  if (name.endsWith('.test.ts'))
    test(`${at} passes`, async () => {
      const { exitCode, stdout, stderr } = await runTests(source)
      expect(exitCode, stdout + stderr).toBe(0)
    })
