/**
 * Text that is not JSON → the objects and arrays that can be read from it all the same.
 *
 * Around JSON there can be anything: a PHP notice, a JSONP wrapper, HTML. And within JSON a server that puts text together
 * can reset a comma or an escape. This reader skips what it does not understand and reads on, so that a task id behind it
 * is found. It reads every character once and holds its own stack, like `parseJson`. Before the first issue both read the
 * same.
 *
 * @internal
 */
import { type JsonMember, type JsonValue, jsonArray, jsonNumber, jsonObject } from './JsonValue.js'
import { maxDepth } from './maxDepth.js'
import { scanNumber, scanString, words } from './parseJson.js'

/** The objects and arrays that are not within another one, as far as they can be read. */
export const readLoosely = (text: string): ReadonlyArray<JsonValue> => {
  const outermost: JsonValue[] = []
  const open: Container[] = []
  const openOf = { Array: 0, Object: 0 }
  /** The last string in an object, if it can be the name of a member, and whether a colon follows. */
  let name: string | undefined
  let hasColon = false

  const reset = (): void => {
    name = undefined
    hasColon = false
  }

  /** Puts a value into what is open around it. Returns whether there is a place for it. */
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

  /** Leaves the innermost container of the kind, and with it those in it that have no end. */
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
      continue // outside, a quotation mark means nothing
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
      // At the end of the text more digits may be missing.
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

/** Behind the closing quotation mark of a string with a issue, which is before `from`. */
const endOfString = (text: string, from: number): number => {
  let at = from
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1
  return at + 1
}

const isWhiteSpace = (c: string): boolean => c === ' ' || c === '\n' || c === '\r' || c === '\t'
