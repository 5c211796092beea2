// Files, whose folders are made where they are missing.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export const write = (file, text) => {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

export const writeJson = (file, value) => write(file, `${JSON.stringify(value, null, 2)}\n`)

export const readJson = file => JSON.parse(readFileSync(file, 'utf8'))
