/**
 * Text that is not JSON → the objects and arrays that can still be read from it.
 *
 * JSON can be surrounded by anything: a PHP notice, a JSONP wrapper, HTML. And a server that concatenates text can omit a comma
 * or an escape within JSON. This reader skips what it does not understand and reads on, to find task ids after an issue. Like
 * `parseJson` it reads every character once and has its own stack. Before the first issue both return the same values.
 *
 * @internal
 */
import { type JsonMember, type JsonValue, jsonArray, jsonNumber, jsonObject } from './JsonValue.js'
import { maxDepth } from './maxDepth.js'
import { scanNumber, scanString, words } from './parseJson.js'

/** Returns the outermost objects and arrays, as far as they can be read. */
export const readLoosely = (text: string): ReadonlyArray<JsonValue> => {
  const outermost: JsonValue[] = []
  const open: Container[] = []
  const openOf = { Array: 0, Object: 0 }
  /** The last string in an object, if it can be a member name, and whether a colon follows it. */
  let name: string | undefined
  let hasColon = false

  const reset = (): void => {
    name = undefined
    hasColon = false
  }

  /** Adds a value to the innermost open container. Returns whether it fits there. */
  const put = (value: JsonValue): boolean => {
    const parent = open[open.length - 1]
    const memberName = hasColon ? name : undefined
    reset()
    if (parent?._tag === 'Array') parent.items.push(value)
    else if (parent !== undefined && memberName !== undefined)
      parent.members.push({ name: memberName, value })
    else return false
    return true
  }

  const enter = (container: Container, value: JsonValue): void => {
    if (open.length < maxDepth && !put(value)) outermost.push(value)
    reset()
    open.push(container)
    openOf[container._tag]++
  }

  /** Closes the innermost container of the kind, and the unclosed ones inside it. */
  const leave = (tag: Container['_tag']): void => {
    reset()
    if (openOf[tag] === 0) return
    for (let left = open.pop(); left !== undefined; left = open.pop()) {
      openOf[left._tag]--
      if (left._tag === tag) return
    }
  }

  let at = 0
  while (at < text.length) {
    const start = at++
    const c = text.charAt(start)
    const parent = open[open.length - 1]
    if (c === '{') {
      const members: JsonMember[] = []
      enter({ _tag: 'Object', members }, jsonObject(members))
    } else if (c === '[') {
      const items: JsonValue[] = []
      enter({ _tag: 'Array', items }, jsonArray(items))
    } else if (parent === undefined) {
      continue // outside of containers quotation marks mean nothing
    } else if (c === '}') leave('Object')
    else if (c === ']') leave('Array')
    else if (c === '"') {
      const scanned = scanString(text, start)
      at = scanned.end
      if (scanned.expected !== undefined) {
        at = endOfString(text, at)
        reset()
      } else if (parent._tag === 'Array' || (name !== undefined && hasColon)) put(scanned.value)
      else {
        reset()
        name = scanned.value
      }
    } else if (c === ':') hasColon = true
    else if (c === '-' || (c >= '0' && c <= '9')) {
      const { end, expected } = scanNumber(text, start)
      at = Math.max(at, end)
      // At the end of the text the number may be truncated.
      if (expected === undefined && at < text.length) put(jsonNumber(text.slice(start, at)))
      else reset()
    } else if (!isWhiteSpace(c)) {
      const word = words.find(([spelling]) => text.startsWith(spelling, start))
      if (word === undefined) reset()
      else {
        at = start + word[0].length
        put(word[1])
      }
    }
  }
  return outermost
}

type Container =
  | { readonly _tag: 'Array'; readonly items: JsonValue[] }
  | { readonly _tag: 'Object'; readonly members: JsonMember[] }

/** Returns the end of a string with an issue before `from`: the offset after its closing quotation mark. */
const endOfString = (text: string, from: number): number => {
  let at = from
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1
  return at + 1
}

const isWhiteSpace = (c: string): boolean => c === ' ' || c === '\n' || c === '\r' || c === '\t'
