/**
 * HTTP heads, as `curl -i` and `curl -v` print them.
 *
 * @internal
 */
import { type ResponseHead, responseHead } from '@task-outcome/core/adapter'
import { parseJson } from '@task-outcome/core/json'

export interface HttpMessage {
  readonly head: ResponseHead
  /** Where the body starts, in bytes. */
  readonly bodyStart: number
}

/** Returns the last head at the start of the bytes, or `undefined` if they start with none. */
export const readHttpMessage = (bytes: Uint8Array): HttpMessage | undefined => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let last: HttpMessage | undefined
  // A proxy, `100 Continue` and redirects have a head each.
  for (;;) {
    const start: number = last?.bodyStart ?? startOf(buffer)
    const end = buffer.toString('latin1', start, start + 5) === 'HTTP/' ? endOfHead(buffer, start) : undefined
    const head = end === undefined ? undefined : parseHead(buffer.toString('latin1', start, end))
    if (end === undefined || head === undefined) return last
    last = { head, bodyStart: end }
  }
}

/** Skips a byte order mark and blank lines. */
const startOf = (bytes: Uint8Array): number => {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  while (bytes[at] === 0x0a || bytes[at] === 0x0d) at++
  return at
}

/** Returns where the first blank line ends. */
const endOfHead = (text: Pick<Buffer, 'indexOf'>, start: number): number | undefined => {
  const ends = ['\n\r\n', '\n\n'].flatMap(blank => {
    const at = text.indexOf(blank, start)
    return at === -1 ? [] : [at + blank.length]
  })
  return ends.length === 0 ? undefined : Math.min(...ends)
}

const parseHead = (text: string): ResponseHead | undefined => {
  const [first = '', ...lines] = text.split('\n')
  const [, status] = /^HTTP\/[\d.]+ (\d{3})(?: .*)?\r?$/.exec(first) ?? []
  if (status === undefined) return undefined
  const headers = new Map(
    lines.map(line => {
      const colon = line.indexOf(':')
      return [line.slice(0, Math.max(0, colon)).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
  return responseHead(Number(status), name => headers.get(name), 'https://unknown.invalid/')
}

/** A part of a text that has heads in it. */
export interface Section {
  /** Where the content starts in the text. */
  readonly offset: number
  readonly content: string
  /** `undefined` before the first head. */
  readonly head: ResponseHead | undefined
}

/** A head is at the start of a line, or behind a body that has no line break at its end. */
const statusLine = /(?:^|(?<=[}\]]))(?:< )?HTTP\/[\d.]+ (\d{3})(?: [^\r\n]*)?\r?$/gm

/**
 * Splits a text before each head: `curl -i` can have written several times to the same file, and `curl -v` writes a head behind
 * other lines. Returns `undefined` if there is no head.
 */
export const splitAtHeads = (text: string): ReadonlyArray<Section> | undefined => {
  const starts = Array.from(text.matchAll(statusLine), ({ 0: line, 1: status, index }) => ({
    at: index,
    status: Number(status),
    isVerbose: line.startsWith('<'),
  }))
  // In JSON, a string can have such a text.
  if (starts.length === 0 || parseJson(text)._tag === 'Right') return undefined
  const bodyIn = starts.some(({ isVerbose }) => isVerbose) ? withoutCurl : (part: string): string => part
  const sections = starts.map(({ at, status, isVerbose }, index): Section => {
    const section = text.slice(at, starts[index + 1]?.at)
    const end = isVerbose ? 0 : endOfLines(section)
    return {
      offset: at + end,
      content: bodyIn(section.slice(end)),
      head: (isVerbose ? undefined : parseHead(section.slice(0, end))) ?? { status },
    }
  })
  const before = { offset: 0, content: bodyIn(text.slice(0, starts[0]?.at)), head: undefined }
  return [before, ...sections].filter(
    ({ content, head }, index, { length }) =>
      content.trim() !== '' ||
      // What has no body may be a lost response, unless another one follows it by the rules of HTTP.
      (head !== undefined && (index === length - 1 || !isFollowed(head.status))),
  )
}

/** Returns where the head ends: behind its blank line, or before the first line that is no header. */
const endOfLines = (section: string): number => {
  let at = nextLine(section, 0)
  while (/^[\w-]+:/.test(section.slice(at, at + longestName))) at = nextLine(section, at)
  return at + (/^\r?\n/.exec(section.slice(at, at + 2))?.[0].length ?? 0)
}

const longestName = 256

const nextLine = (text: string, from: number): number => {
  const at = text.indexOf('\n', from)
  return at === -1 ? text.length : at + 1
}

/** Whether another response follows one with this status: an interim one, a redirect, or one that asks for credentials. */
const isFollowed = (status: number): boolean => status < 400 || status === 401 || status === 407

/** Blanks what `curl -v` writes around a body, so that offsets stay as they are. */
const withoutCurl = (text: string): string =>
  text.replace(/^(?:[<>*](?: .*)?|[{}] \[\d+ bytes data\])\r?$|\* Connection #\d+ to host .*$/gm, noise =>
    ' '.repeat(noise.length),
  )
