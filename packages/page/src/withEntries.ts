/**
 * The entries of a batch as they are in the response.
 *
 * @since 0.1.0
 */
import { textOf } from './describeResponse.js'
import type { PageRow } from './PageData.js'

/**
 * Adds to each row the entry of its resource, as it is in the body of a batch: with its blanks, its order and every digit. Rows
 * without a resource stay as they are, and so do rows of a resource that the body does not name.
 *
 * @example
 * import { type PageRow, withEntries } from '@task-outcome/page'
 *
 * const row: PageRow = { state: 'accepted', resource: 'ins-1', task: '17', reason: '', message: '', again: 'no' }
 * withEntries([row], '{"code":0,"detail":{"ins-1":{ "code":0, "requestId":17 }}}')
 * // its entry is '{ "code":0, "requestId":17 }'
 *
 * @category combinators
 * @since 0.1.0
 */
export const withEntries = (
  rows: ReadonlyArray<PageRow>,
  body: string | Uint8Array,
): ReadonlyArray<PageRow> => {
  const texts = entryTexts(textOf(body))
  return rows.map(row => {
    const entry = row.resource === undefined ? undefined : texts.get(row.resource)
    return entry === undefined ? row : { ...row, entry }
  })
}

/**
 * Returns the text of each member of `detail`, by its name; those of duplicates, each in a line of its own. Of a text that is not JSON, these are the
 * members that are complete before the first issue. It reads the text at most twice.
 *
 * @internal
 */
export const entryTexts = (text: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  for (const outer of membersOf(text, skipBlank(text, 0)))
    if (outer.name === 'detail')
      for (const { name, start, end } of membersOf(text, outer.start))
        if (end !== undefined) {
          const before = found.get(name)
          found.set(name, `${before === undefined ? '' : `${before}\n`}${text.slice(start, end)}`)
        }
  return found
}

interface Member {
  readonly name: string
  /** The offsets of the value. */
  readonly start: number
  /** `undefined` if the text ends before the value does. */
  readonly end: number | undefined
}

function* membersOf(text: string, start: number): Generator<Member> {
  if (text.charAt(start) !== '{') return
  let at = skipBlank(text, start + 1)
  while (text.charAt(at) === '"') {
    const name = text.slice(at, endOfString(text, at))
    const value = skipBlank(text, skipBlank(text, at + name.length) + 1)
    const end = endOfValue(text, value)
    const read = unquote(name)
    if (read === undefined) return
    yield { name: read, start: value, end }
    if (end === undefined) return
    at = skipBlank(text, end)
    if (text.charAt(at) !== ',') return
    at = skipBlank(text, at + 1)
  }
}

const unquote = (name: string): string | undefined => {
  try {
    return JSON.parse(name) as string
  } catch {
    return undefined
  }
}

const skipBlank = (text: string, from: number): number => {
  let at = from
  while (' \n\r\t\ufeff'.includes(text.charAt(at)) && at < text.length) at++
  return at
}

const endOfString = (text: string, start: number): number => {
  let at = start + 1
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1
  return at + 1
}

/** Returns `undefined` if the text ends before the value. */
const endOfValue = (text: string, start: number): number | undefined => {
  let depth = 0
  let at = start
  while (at < text.length) {
    const c = text.charAt(at)
    if (c === '"') at = endOfString(text, at)
    else {
      if (c === '{' || c === '[') depth++
      // The end of what is around the value.
      else if (depth === 0 && ',}]'.includes(c)) return at
      else if (c === '}' || c === ']') depth--
      at++
    }
    if (depth === 0 && '"}]'.includes(c)) return at <= text.length ? at : undefined
  }
  return undefined
}
