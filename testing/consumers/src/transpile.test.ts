import { createRequire } from 'node:module'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { programToCommonJs, toEsModule } from './transpile.js'

/** What a CommonJS program logs. */
const logged = (code: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const context = {
      exports: {},
      require: createRequire(import.meta.url),
      console: { log: resolve },
      process: { on: reject },
    }
    runInNewContext(code, context)
  })

test('runs a program with top-level await as CommonJS', async () => {
  const program = `import { type ParsedPath, parse } from 'node:path'
import * as url from 'node:url'

const path: ParsedPath = await Promise.resolve(parse('/a/b.c'))
console.log(path.base + typeof url.parse)
`
  expect(await logged(programToCommonJs(program))).toBe('b.cfunction')
})

test('a program without imports, too', async () => {
  expect(await logged(programToCommonJs("console.log(await Promise.resolve('one'))"))).toBe('one')
})

test('an ES module loses its types and keeps its imports', () => {
  expect(toEsModule("import { type A, b } from 'c'\nb(1 as A)\n")).toBe("import { b } from 'c';\nb(1);\n")
})
