/**
 * Masks secrets in errors, and in outcomes for logs: a response can echo the request.
 *
 * @internal
 */
import type { TaskError } from '../error/TaskError.js'
import { fold, unescapings } from './escapes.js'
import { isPlainObject } from '../json/plainObject.js'
import { charactersAfter } from '../json/TextPosition.js'
import { type SecretFinder, secretFinder } from './SecretFinder.js'

/**
 * Masks every secret of the request wherever the error shows a part of the response or of the request: in the excerpt, the
 * first KiB, messages, values and the path. Ids stay unmasked, because they must not be lost. The time grows with the length of
 * the secrets plus that of the error, not with their product.
 */
export const maskSecrets = <Failure extends TaskError>(
  secrets: ReadonlyArray<string>,
  error: Failure,
): Failure => {
  const spellings = new Set(secrets.flatMap(spellingsOf))
  if (spellings.size === 0) return error
  return mask(error, { spellings, finder: secretFinder(spellings) }, maskMember) as Failure
}

/** A shorter secret would mask half of the words of an error. */
export const shortestSecret = 4

interface Secrets {
  readonly spellings: ReadonlySet<string>
  readonly finder: SecretFinder
}

/**
 * Returns the secret as it is, and unescaped, because its own escapes can't be distinguished from those that a server adds. A
 * server reads a lone surrogate as U+FFFD.
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

/** Masks the texts of a value, and its members with `maskOne`. */
const mask = (value: unknown, secrets: Secrets, maskOne: MaskMember): unknown => {
  if (typeof value === 'string') return maskText(value, secrets)
  if (Array.isArray(value)) return value.map(item => mask(item, secrets, maskOne))
  if (typeof value === 'number' && maskOne === maskBodyMember) return maskNumber(value, secrets)
  if (!isPlainObject(value)) return value // also what a codec of the caller has made, such as a Date
  return Object.fromEntries(Object.entries(value).map(([name, member]) => maskOne(name, member, secrets)))
}

/** Masks a member of an error, depending on its name. */
const maskMember: MaskMember = (name, member, secrets) => {
  if (keptNames.has(name)) return [name, member]
  if (bodyNames.has(name)) return [name, mask(member, secrets, maskBodyMember)]
  if (name === 'excerpt') return [name, maskExcerpt(member as string, secrets)]
  if (name === 'bodyStart' || name === 'found') return [name, maskCut(member as string, secrets)]
  return [name, mask(member, secrets, maskMember)]
}

/** A member of a value as it is in the body, name and all: it may be called anything. */
const maskBodyMember: MaskMember = (name, member, secrets) => [
  maskText(name, secrets),
  mask(member, secrets, maskBodyMember),
]

/** Masks a number, because a password may be one. */
const maskNumber = (value: number, secrets: Secrets): unknown => {
  const masked = maskText(`${value}`, secrets)
  return masked === `${value}` ? value : masked
}

/** The members that hold values of the body. */
const bodyNames: ReadonlySet<string> = new Set(['values', 'extra', 'output', 'data', 'statusExtra'])

/** The members that stay unmasked: ids, and what neither comes from a body nor can hold a secret. */
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

type Range = readonly [start: number, end: number]

/** Finds further ranges to mask in a text, escaped or unescaped. */
type FindMore = (text: string, secrets: Secrets) => ReadonlyArray<Range>

/** Masks with as many asterisks as characters, so that the caret below an excerpt keeps its position. */
const maskText = (text: string, secrets: Secrets, findMore: FindMore = () => []): string => {
  const ranges: Range[] = []
  for (const { text: unescaped, offsetOf } of unescapings(text)) {
    const before = ranges.length
    secrets.finder.find(unescaped, (start, end) => {
      let from = offsetOf(start)
      // Merge overlapping ranges: a text full of secrets has one for each character.
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

/** Masks a text that may end in the middle of a secret, because it is truncated. */
const maskCut = (text: string, secrets: Secrets): string =>
  maskText(text, secrets, findStart(text.endsWith('…') || text.length >= shortestStart))

/** The first KiB of a body has at least as many characters, of up to three bytes each. */
const shortestStart = 340

/** Masks an excerpt: its first line is a part of a line of the body, its second has the caret. */
const maskExcerpt = (excerpt: string, secrets: Secrets): string => {
  const [line, caret] = excerpt.split('\n') as [string, string]
  const isCut = line.length - caret.indexOf('^') === charactersAfter
  const masked = maskText(line, secrets, (text, secrets) => [
    ...findStart(isCut)(text, secrets),
    ...findRest(text, secrets),
  ])
  return `${masked}\n${caret}`
}

/** Where a text may not be cut, shorter parts reveal nothing, and masking them would mask ordinary words. */
const shortestPart = 4
const shortestMiddle = 8

/** The rest of an escape at the end of a truncated text, and at its start. */
const cutEscapeAtEnd = /(?:(?:%[\da-f]{2}){0,3}%[\da-f]{0,2}|[\\%](?:u[\da-f]{0,3}|x[\da-f]?)?|&#?\w{0,8})$/i
const cutEscapeAtStart = /^(?:[a-z]{1,8};|[u#x]{0,2}[\da-f]{0,6};?)/i

/** Finds the prefix of a secret at the end of a text: of one that is certainly cut even a single character. */
const findStart =
  (isCut: boolean): FindMore =>
  (text, { finder }) => {
    const shown = text.replace(/"?…?$/, '')
    return [shown, shown.replace(cutEscapeAtEnd, '')].flatMap(start => {
      const length = finder.find(start, () => undefined)
      return length >= (isCut ? 1 : shortestPart) ? [[start.length - length, shown.length] as const] : []
    })
  }

/** Finds the suffix of a secret at the start of a line, or the whole line if it is the middle of a secret. */
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

/** A noncharacter, which no secret contains. */
const separator = '\uffff'

const foldText = (text: string): string =>
  Array.from({ length: text.length }, (_, index) => String.fromCharCode(fold(text.charCodeAt(index)))).join(
    '',
  )
