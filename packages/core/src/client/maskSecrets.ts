/**
 * No secret leaves through an error: answers can echo a request, and errors show parts of responses.
 *
 * @internal
 */
import type { TaskError } from '../error/TaskError.js'
import { fold, unescapings } from './escapes.js'
import { type SecretFinder, secretFinder } from './SecretFinder.js'

/**
 * Masks every secret of the error's request, wherever the error shows a part of the response or of the request: the
 * excerpt, the first KiB, messages, values, the path. Ids are left as they are: they are what must not be lost. The time
 * grows with the length of the secrets and of the error, not with their product.
 */
export const maskSecrets = <Failure extends TaskError>(
  secrets: ReadonlyArray<string>,
  error: Failure,
): Failure => {
  const spellings = new Set(secrets.flatMap(spellingsOf))
  if (spellings.size === 0) return error
  return mask(error, { spellings, finder: secretFinder(spellings) }, maskMember) as Failure
}

/** Less would mask half of an error's words. */
export const shortestSecret = 4

interface Secrets {
  readonly spellings: ReadonlySet<string>
  readonly finder: SecretFinder
}

/**
 * As it is; and as it looks with escapes undone that it may hold itself, since they can't be told from those that a server
 * adds. A server reads a lone surrogate as U+FFFD.
 */
const spellingsOf = (secret: string): ReadonlyArray<string> =>
  [...Array.from(unescapings(secret), ({ text }) => text), secret.replace(/\p{Cs}/gu, '\ufffd')].filter(
    ({ length }) => length >= shortestSecret,
  )

type MaskMember = (
  name: string,
  member: unknown,
  secrets: Secrets,
) => readonly [name: string, member: unknown]

/** The value with its texts masked, and its members as `maskOne` makes them. */
const mask = (value: unknown, secrets: Secrets, maskOne: MaskMember): unknown => {
  if (typeof value === 'string') return maskText(value, secrets)
  if (Array.isArray(value)) return value.map(item => mask(item, secrets, maskOne))
  if (typeof value === 'number' && maskOne === maskBodyMember) return maskNumber(value, secrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => maskOne(name, member, secrets)))
}

/** A member of an error: what is done with it depends on its name. */
const maskMember: MaskMember = (name, member, secrets) => {
  if (keptNames.has(name)) return [name, member]
  if (bodyNames.has(name)) return [name, mask(member, secrets, maskBodyMember)]
  if (name === 'excerpt') return [name, maskExcerpt(member as string, secrets)]
  if (cutNames.has(name)) return [name, maskText(member as string, secrets, findStart)]
  return [name, mask(member, secrets, maskMember)]
}

/** A member of a value as it is in the body, name and all: it may be called anything. */
const maskBodyMember: MaskMember = (name, member, secrets) => [
  maskText(name, secrets),
  mask(member, secrets, maskBodyMember),
]

/** A password may be a number. */
const maskNumber = (value: number, secrets: Secrets): unknown => {
  const masked = maskText(`${value}`, secrets)
  return masked === `${value}` ? value : masked
}

/** What holds values of the body. */
const bodyNames: ReadonlySet<string> = new Set(['values', 'extra'])

/** Ids, with their places, and what is neither taken from a body nor can hold a secret. */
const keptNames: ReadonlySet<string> = new Set([
  '_tag',
  'operation',
  'requested',
  'received',
  'recovered',
  'taskId',
  'resourceId',
  'meaning',
  'advice',
  'method',
  'origin',
])

/** Texts that show the beginning of something, and may end in the middle of a secret. */
const cutNames: ReadonlySet<string> = new Set(['bodyStart', 'found'])

type Range = readonly [start: number, end: number]

/** Finds what else is to be masked in a text, or in one with its escapes undone. */
type FindMore = (text: string, secrets: Secrets) => ReadonlyArray<Range>

/** Masks by as many stars as characters, so that the caret below an excerpt stays where it belongs. */
const maskText = (text: string, secrets: Secrets, findMore: FindMore = () => []): string => {
  const ranges: Range[] = []
  for (const { text: unescaped, offsetOf } of unescapings(text)) {
    const before = ranges.length
    secrets.finder.find(unescaped, (start, end) => {
      let from = offsetOf(start)
      // Those that overlap become one: in a text full of secrets there is one for each character.
      for (
        let last = ranges.at(-1);
        ranges.length > before && last !== undefined && last[1] > from;
        last = ranges.at(-1)
      ) {
        from = Math.min(from, last[0])
        ranges.pop()
      }
      ranges.push([from, offsetOf(end)])
    })
    for (const [start, end] of findMore(unescaped, secrets)) ranges.push([offsetOf(start), offsetOf(end)])
  }
  let masked = ''
  for (const [start, end] of ranges.sort(([a], [b]) => a - b)) {
    masked += text.slice(masked.length, start)
    masked += '*'.repeat(Math.max(0, end - masked.length))
  }
  return masked + text.slice(masked.length)
}

/** The first line shows a part of a line of the body, the second has the caret. */
const maskExcerpt = (excerpt: string, secrets: Secrets): string => {
  const [line, ...others] = excerpt.split('\n') as [string, ...string[]]
  return [
    maskText(line, secrets, (text, secrets) => [...findStart(text, secrets), ...findRest(text, secrets)]),
    ...others.map(other => maskText(other, secrets)),
  ].join('\n')
}

/** Shorter parts give nothing away, and words would be masked that are no secrets. */
const shortestPart = 4
const shortestMiddle = 8

/** What may be left of an escape at the end of a text that is cut, and at its beginning. */
const cutEscapeAtEnd = /(?:(?:%[\da-f]{2}){0,3}%[\da-f]{0,2}|[\\%](?:u[\da-f]{0,3}|x[\da-f]?)?|&#?\w{0,8})$/i
const cutEscapeAtStart = /^(?:[a-z]{1,8};|[u#x]{0,2}[\da-f]{0,6};?)/i

/** The start of a secret that a text ends with. */
const findStart: FindMore = (text, { finder }) => {
  const shown = text.replace(/"?…?$/, '')
  return [shown, shown.replace(cutEscapeAtEnd, '')].flatMap(start => {
    const length = finder.find(start, () => undefined)
    return length >= shortestPart ? [[start.length - length, shown.length] as const] : []
  })
}

/** The rest of a secret that a line begins with; the whole line, if it shows the middle of one. */
const findRest: FindMore = (text, { spellings }) => {
  const all = foldText([...spellings, ''].join(separator))
  const line = foldText(text)
  const escape = text.length - text.replace(cutEscapeAtStart, '').length
  const middleEnd = text.replace(cutEscapeAtEnd, '').length
  for (let end = line.length; end >= shortestPart; end--)
    for (let start = 0; start <= Math.min(escape, end - shortestPart); start++) {
      const part = line.slice(start, end)
      if (all.includes(part + separator)) return [[0, end]]
      if (end >= middleEnd && part.length >= shortestMiddle && all.includes(part)) return [[0, line.length]]
    }
  return []
}

/** In no text of a secret, as it is no character. */
const separator = '\uffff'

const foldText = (text: string): string =>
  Array.from({ length: text.length }, (_, index) => String.fromCharCode(fold(text.charCodeAt(index)))).join(
    '',
  )
