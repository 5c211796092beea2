import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { SourceMap, type SourceMapPayload, createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'
import { build } from 'tsdown'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { library } from '../src/index.ts'

const scratch = mkdtempSync(join(tmpdir(), 'task-outcome-build-'))
afterAll(() => rmSync(scratch, { recursive: true }))

/** Builds a package that consists of these sources, and gives its folder. */
const buildPackage = async (name: string, sources: Readonly<Record<string, string>>): Promise<string> => {
  const folder = join(scratch, name)
  const files = {
    'package.json': JSON.stringify({ name, type: 'module', sideEffects: false }),
    'tsconfig.json': JSON.stringify({
      compilerOptions: { target: 'es2022', module: 'nodenext', strict: true },
    }),
    ...sources,
  }
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  await build({ ...library, cwd: folder, entry: 'src/index.ts', config: false, logLevel: 'silent' })
  return folder
}

/** What a bundler keeps of a program. */
const bundle = async (folder: string, program: string): Promise<string> => {
  writeFileSync(join(folder, 'program.js'), program)
  const bundled = await rolldown({ input: join(folder, 'program.js'), logLevel: 'silent' })
  const { output } = await bundled.generate()
  await bundled.close()
  return output[0].code
}

/** As in a published package: codecs that are computed when the module is loaded, beside what computes nothing. */
const sources = {
  'src/index.ts': `export * from './codecs.ts'\n`,
  'src/codecs.ts': `import { string, type } from './combinators.ts'

export const User = type('User', string.name)
export const Order = type('Order', string.name)
export const table = new Map([['a', 1]])
export const limit = 3
export const isUser = (value: unknown): boolean => value === User
export class Reader {}
const [first, second] = type('Pair', 'x').split('')
export const letters = { first, second }
`,
  'src/combinators.ts': `export const string = { name: 'string' }
export const type = (name: string, member: string): string => name + ':' + member
`,
}

describe('of a library', () => {
  let folder: string
  beforeAll(async () => {
    folder = await buildPackage('library', sources)
  })
  const read = (file: string): string => readFileSync(join(folder, 'dist', file), 'utf8')

  test('a bundler keeps the constants that are imported, and leaves out those of the same module that are not', async () => {
    const bundled = await bundle(folder, "import { User } from './dist/index.js'\nconsole.log(User)\n")
    expect(bundled).toContain('"User"')
    for (const other of ['Order', 'Map', 'Reader']) expect(bundled).not.toContain(other)
  })

  test('ES modules and CommonJS export the same values as the source computes', async () => {
    const wanted = {
      User: 'User:string',
      Order: 'Order:string',
      limit: 3,
      letters: { first: 'P', second: 'a' },
    }
    const imported = (await import(pathToFileURL(join(folder, 'dist/index.js')).href)) as object
    const required = createRequire(import.meta.url)(join(folder, 'dist/index.cjs')) as object
    for (const exported of [imported, required]) {
      expect(exported).toMatchObject({ ...wanted, table: new Map([['a', 1]]) })
      expect(Object.keys(exported).sort()).toEqual(
        ['Order', 'Reader', 'User', 'isUser', 'letters', 'limit', 'table'].sort(),
      )
    }
  })

  test('a constant that computes something is a call marked as pure, in ES modules alone', () => {
    expect(read('codecs.js')).toMatch(
      /const User = \/\* @__PURE__ \*\/ ?\(\(\) => type\("User", string\.name\)\)\(\)/,
    )
    expect(read('codecs.cjs')).toContain('const User = require_combinators.type(')
  })

  test('literals, functions and classes stay as they are', () => {
    const code = read('codecs.js')
    expect(code).toContain('const limit = 3')
    expect(code).toContain('const isUser = value => value === User')
    expect(code).toContain('Reader = class {}')
    expect(read('combinators.js')).not.toContain('@__PURE__')
  })

  test('each source is a module of its own, with types for both kinds', () => {
    const files = readdirSync(join(folder, 'dist'))
    const endings = ['js', 'cjs', 'd.ts', 'd.cts']
    expect(files).toEqual(expect.arrayContaining(endings.map(ending => `codecs.${ending}`)))
    expect(files).toEqual(expect.arrayContaining(['combinators.js', 'combinators.cjs']))
    expect(read('codecs.d.ts')).toContain('declare const User: string')
  })

  test('a marked call is mapped to its line of the source', () => {
    const map = new SourceMap(JSON.parse(read('codecs.js.map')) as SourceMapPayload)
    const lines = read('codecs.js').split('\n')
    const line = lines.findIndex(text => text.includes('const Order ='))
    const column = lines[line]!.indexOf('type(')
    const entry = map.findEntry(line, column)
    expect(entry).toMatchObject({ originalLine: 3 })
    expect((entry as { originalSource: string }).originalSource).toMatch(/src\/codecs\.ts$/)
  })
})

test('a module that awaits something when it is loaded is not built', async () => {
  const source = 'export const answer = await Promise.resolve(1)\n'
  await expect(buildPackage('waiting', { 'src/index.ts': source })).rejects.toThrow('top-level await')
})
