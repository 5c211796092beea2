/**
 * `npm run schemas`: says which schemas differ from their codecs; `npm run schemas -- --write` writes them.
 */
import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publishedSchemas } from './publishedSchemas.js'
import { textOf } from './textOf.js'

const args = process.argv.slice(2)
const writes = args[0] === '--write'
if (args.length > (writes ? 1 : 0)) {
  console.error('Usage: npm run schemas [-- --write]')
  process.exit(2)
}

let changed = 0
for (const { file, schema } of publishedSchemas) {
  const path = fileURLToPath(new URL(`../../../${file}`, import.meta.url))
  const text = textOf(schema)
  if (existsSync(path) && readFileSync(path, 'utf8') === text) {
    console.log(`${file}: up to date`)
    continue
  }
  if (writes) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  } else changed += 1
  console.log(`${file}: ${writes ? 'written' : 'differs from its codec'}`)
}
if (changed > 0) {
  console.error('The schemas differ from the codecs. Write them with: npm run schemas -- --write')
  process.exitCode = 1
}
