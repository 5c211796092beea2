/**
 * Text with bodies in its lines: NDJSON, and logs.
 *
 * A text is taken for one only on good evidence. Else the lines of a broken body that is spread over lines would be taken for
 * bodies, and a part of it for a success.
 *
 * @internal
 */
import { recoverFromBody } from '@task-outcome/core'
import { type JsonValue, parseJson } from '@task-outcome/core/json'
import type { Bodies, Body } from './Body.js'

/** Finds bodies in the lines of a text that is not JSON as a whole. Returns `undefined` if it is no log and no NDJSON. */
export const readLines = (text: string): Bodies | undefined => {
  const lines = Array.from(text.matchAll(/[^\r\n]+/g), ({ 0: line, index }) => readLine(line, index))
  const numbers = lineNumbers(text)
  const logged = lines.some(({ parts, prefix }) => prefix !== '' && parts.some(isComplete))
  const bare = lines.filter(({ parts, prefix }) => prefix === '' && parts.some(isComplete))
  if (lines.some(looksLikePart) || !(logged || bare.length > 1)) return undefined
  const bodies = lines.flatMap(({ parts, offset }): ReadonlyArray<Body> =>
    parts.map(part => ({
      source: lines.length === 1 && parts.length === 1 ? '' : `line ${numbers(offset)}`,
      content: part.text,
      ...(part.isDecoded ? {} : { within: { text, offset: part.offset } }),
    })),
  )
  const skipped = lines.filter(({ parts }) => parts.length === 0).length
  return {
    bodies,
    notes: [
      ...(logged ? ['skipped the text around the JSON in lines of a log'] : []),
      ...(skipped > 0 ? [`skipped ${skipped} ${skipped === 1 ? 'line' : 'lines'} without JSON`] : []),
    ],
  }
}

interface Line {
  readonly offset: number
  /** The text before the first body. */
  readonly prefix: string
  /** The text after the last body. */
  readonly suffix: string
  readonly parts: ReadonlyArray<Part>
}

interface Part {
  readonly text: string
  /** Where it starts in the input. */
  readonly offset: number
  /** Whether it is all of a JSON value. */
  readonly complete: JsonValue | undefined
  /** Whether it was JSON in a string, so that its positions are none of the input. */
  readonly isDecoded: boolean
}

const isComplete = ({ complete }: Part): boolean => complete !== undefined

const readLine = (line: string, offset: number): Line => {
  const parts: Part[] = []
  let prefix: string | undefined
  let at = 0
  for (;;) {
    const brace = line.indexOf('{', at)
    if (brace === -1) break
    // JSON in a string, as loggers write it: body="{\"code\":0}"
    const start = line.charAt(brace - 1) === '"' && line.charAt(brace + 1) === '\\' ? brace - 1 : brace
    prefix ??= line.slice(0, start)
    const rest = line.slice(start)
    const { value, length } = readStart(rest)
    const decoded = typeof value === 'string' ? value : undefined
    parts.push({
      text: decoded ?? rest.slice(0, length).trimEnd(),
      offset: offset + start,
      complete: value,
      isDecoded: decoded !== undefined,
    })
    at = start + length
    if (value === undefined) break
  }
  if (parts.length === 0 && recoverFromBody(line).length > 0)
    parts.push({ text: line, offset, complete: undefined, isDecoded: false })
  const responses = parts.filter(({ complete }) => looksLikeResponse(complete))
  // A line may have the request, too.
  return {
    offset,
    prefix: (prefix ?? '').trim(),
    suffix: line.slice(at).trim(),
    parts: responses.length > 0 ? parts.filter(part => !isComplete(part) || responses.includes(part)) : parts,
  }
}

/** Reads the JSON value at the start of a text. Without a complete one, it is all of the text. */
const readStart = (text: string): { readonly value: JsonValue | undefined; readonly length: number } => {
  const parsed = parseJson(text)
  if (parsed._tag === 'Right') return { value: parsed.right.value, length: text.length }
  const { expected, offset, partial } = parsed.left
  return expected === 'the end of the text' && partial !== undefined
    ? { value: partial, length: offset }
    : { value: undefined, length: text.length }
}

const looksLikeResponse = (value: JsonValue | undefined): boolean =>
  typeof value === 'string' ||
  (typeof value === 'object' &&
    value !== null &&
    value._tag === 'JsonObject' &&
    value.members.some(({ name }) => name === 'code' || name === 'Response'))

/** Whether a line looks like a part of JSON that is spread over lines, or like HTML, rather than like a line of a log. */
const looksLikePart = ({ prefix, suffix, parts }: Line): boolean =>
  parts.length > 0 && (/"\s*:$|[,[]$|^[[\]},]|<[a-z!/]/i.test(prefix) || /^[,\]}]|<[a-z!/]/i.test(suffix))

/** Returns a function that numbers lines, from 1, for ascending offsets. */
const lineNumbers = (text: string): ((offset: number) => number) => {
  const breaks = text.matchAll(/\r\n|\n|\r/g)
  let next = breaks.next()
  let line = 1
  return offset => {
    while (next.done !== true && next.value.index < offset) {
      line++
      next = breaks.next()
    }
    return line
  }
}
