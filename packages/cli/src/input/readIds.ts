/**
 * Lists of ids in a file.
 *
 * @internal
 */
import { parseJson } from '@task-outcome/core/json'
import { usageError } from '../exitCodes.js'
import { readText } from './readText.js'
import { visible } from '../output/visible.js'

/** Reads ids: one a line, or a JSON array of strings. Blank lines and spaces around an id don't count. */
export const readIds = (bytes: Uint8Array, file: string): ReadonlyArray<string> => {
  const text = readText(bytes, file)
  const ids = /^\s*\[/.test(text) ? readArray(text, file) : text.split(/\r\n|\n|\r/).map(line => line.trim())
  const distinct = [...new Set(ids.filter(id => id !== ''))]
  if (distinct.length === 0)
    throw usageError(`"${visible(file)}" has no ids: write one a line, or a JSON array of strings`)
  return distinct
}

const readArray = (text: string, file: string): ReadonlyArray<string> => {
  const parsed = parseJson(text)
  const value = parsed._tag === 'Right' ? parsed.right.value : undefined
  const items = typeof value === 'object' && value !== null && value._tag === 'JsonArray' ? value.items : []
  return items.map(item => {
    if (typeof item === 'string') return item
    throw usageError(`"${visible(file)}": expected a JSON array of strings`)
  })
}
