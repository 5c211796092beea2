/**
 * Input → the bodies in it.
 *
 * @internal
 */
import { parseJson } from '@task-outcome/core/json'
import type { Bodies, Body } from './Body.js'
import { gunzip, isGzip } from './decompress.js'
import { isHar, readHar } from './har.js'
import { readHttpMessage, splitAtHeads } from './httpMessage.js'
import { readLines } from './lines.js'
import { readUtf8 } from './readText.js'
import { readUtf16 } from './utf16.js'

/**
 * Finds the response bodies in the bytes of a file: the output of `curl -i`, gzip, UTF-16, an HTTP archive, JSON in a JSON
 * string, NDJSON, lines of a log. If the bytes are none of these, they are the body.
 */
export const readBodies = (input: Uint8Array): Bodies => {
  const notes: string[] = []
  let isCutOff = false
  const expand = (bytes: Uint8Array): Uint8Array => {
    if (!isGzip(bytes)) return bytes
    const read = gunzip(bytes)
    if (read._tag === 'Incomplete') {
      notes.push(`the gzip data is broken (${read.issue}): read its beginning`)
      isCutOff = true
    }
    return read.bytes
  }
  const textIn = (bytes: Uint8Array): string | undefined => {
    const utf16 = readUtf16(bytes)
    if (utf16 !== undefined) notes.push('the text is UTF-16')
    return utf16 ?? readUtf8(bytes)
  }
  const bytes = expand(input)
  const message = readHttpMessage(bytes)
  const content = message === undefined ? bytes : expand(bytes.subarray(message.bodyStart))
  const whole: Body = { source: '', content, ...(message === undefined ? {} : { head: message.head }) }
  const text = textIn(content)
  if (text === undefined) return { bodies: [whole], notes, isCutOff } // the decoder says where it is not UTF-8
  const found = messagesIn(text, { ...whole, content: text })
  return { bodies: found.bodies, notes: [...notes, ...found.notes], isCutOff }
}

/** Finds the bodies behind the heads in a text. */
const messagesIn = (text: string, body: Body): Bodies => {
  const sections = text.includes('HTTP/') ? splitAtHeads(text) : undefined
  if (sections === undefined) return bodiesIn(text, body)
  const found = sections.map(({ offset, content, head = body.head }, index) => {
    const within = { text, offset }
    const source = sections.length === 1 ? '' : `response ${index + 1}`
    const part = { source, content, within, ...(head === undefined ? {} : { head }) }
    return bodiesIn(content, part)
  })
  return { bodies: found.flatMap(({ bodies }) => bodies), notes: found.flatMap(({ notes }) => notes) }
}

const bodiesIn = (text: string, body: Body): Bodies => {
  if (body.head === undefined && isHar(text)) {
    const archive = readHar(text)
    if (archive !== undefined) return archive
  }
  const decoded = decodeString(text)
  if (decoded !== undefined)
    // Positions in it are none of the text around it.
    return {
      bodies: [
        { source: body.source, content: decoded, ...(body.head === undefined ? {} : { head: body.head }) },
      ],
      notes: ['the JSON was in a string'],
    }
  // Only a text that is not JSON can have bodies in its lines. To parse it takes time, so look first.
  const mayHaveLines =
    body.head === undefined && text.includes('{') && (!startsObject.test(text) || goesOn.test(text))
  const lines = mayHaveLines && parseJson(text)._tag === 'Left' ? readLines(text) : undefined
  return lines ?? { bodies: [body], notes: [] }
}

const startsObject = /^\ufeff?\s*\{/
/** An object that ends with its line, and a next line that is not indented and closes nothing. */
const goesOn = /\}[ \t]*[\r\n]+[^\s\]},]/

/** How often a body can be in a string. */
const mostEncodings = 3

/** Returns the text in a JSON string, or `undefined` if the text is none. */
const decodeString = (text: string): string | undefined => {
  let inner: string | undefined
  for (let times = 0; times < mostEncodings && /^\ufeff?\s*"/.test(inner ?? text); times++) {
    const parsed = parseJson(inner ?? text)
    if (parsed._tag === 'Left' || typeof parsed.right.value !== 'string') break
    inner = parsed.right.value
  }
  return inner
}
