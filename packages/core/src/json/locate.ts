/**
 * JSON Pointers → positions in the text.
 *
 * @since 0.1.0
 */
import { type JsonPointer, child, root, segments } from './JsonPointer.js'
import { scanString } from './parseJson.js'
import { type TextPosition, textPosition } from './TextPosition.js'

/**
 * The position of a value in a JSON text.
 *
 * @category model
 * @since 0.1.0
 */
export interface LocatedValue extends TextPosition {
  /** The pointer to the value at this position: the requested one, or the part of it that the text has. */
  readonly pointer: JsonPointer
}

/**
 * Returns the position of a value in a JSON text: its first character, with line, column and an excerpt with a caret.
 *
 * If the text has no such value, such as a missing member, the position is that of the innermost object or array around it. Of
 * duplicate members, the first that has the value counts. In a text that is not JSON, `locate` finds what comes before the first
 * issue. It reads the text once, needs no memory for it, and never throws.
 *
 * @example
 * import { locate } from '@task-outcome/core/json'
 *
 * locate('{"code":0,"detail":{"ins-1":7}}', '/detail/ins-1').excerpt
 * // {"code":0,"detail":{"ins-1":7}}
 * //                             ^
 * locate('{"code":0}', '/requestId') // pointer '', line 1, column 1: the object that lacks the member
 *
 * @category destructors
 * @since 0.1.0
 */
export const locate = (text: string, pointer: JsonPointer): LocatedValue => {
  const path = segments(pointer)
  /** The open containers on the path. Of the others, only the number matters. */
  const open: Container[] = []
  let others = 0
  let found = { length: 0, offset: Math.max(text.search(notBlank), 0) }

  let at = 0
  while (at < text.length) {
    const start = at++
    const c = text.charAt(start)
    const parent = open[open.length - 1]
    if (others > 0 || blank.includes(c)) {
      if (c === '{' || c === '[') others++
      else if (c === '}' || c === ']') others--
      else if (c === '"') at = scanString(text, start).end
    } else if (c === '}' || c === ']') open.pop()
    else if (c === ',' && parent !== undefined) {
      if (parent._tag === 'Array') parent.index++
      else parent.name = undefined
    } else if (parent?._tag === 'Object' && parent.name === undefined) {
      const scanned = scanString(text, start)
      if (c !== '"' || scanned.expected !== undefined) break
      parent.name = scanned.value
      at = scanned.end
    } else {
      const segment = path[open.length - 1]
      const onPath =
        parent === undefined || segment === (parent._tag === 'Array' ? String(parent.index) : parent.name)
      if (onPath) {
        if (open.length > found.length) found = { length: open.length, offset: start }
        if (open.length === path.length) break
      }
      if (c === '{' || c === '[') {
        if (!onPath) others++
        else open.push(c === '{' ? { _tag: 'Object', name: undefined } : { _tag: 'Array', index: 0 })
      } else if (c === '"') at = scanString(text, start).end
    }
  }
  return {
    pointer: path.slice(0, found.length).reduce(child, root),
    ...textPosition(text, found.offset),
  }
}

/** An open array or object on the path, and which of its values is next. */
type Container =
  { readonly _tag: 'Array'; index: number } | { readonly _tag: 'Object'; name: string | undefined }

const blank = ' \n\r\t:\ufeff'
const notBlank = /[^ \n\r\t\ufeff]/
