/**
 * No secret leaves through an error: answers can echo a request, and errors show parts of answers.
 *
 * @internal
 */
import type { TaskError } from '../error/TaskError.js'

/**
 * The error with every secret of its request masked, wherever the error shows a part of the body: the excerpt, the first
 * KiB, messages, values. Ids are left as they are: they are what must not be lost.
 */
export const maskSecrets = <Failure extends TaskError>(
  secrets: ReadonlyArray<string>,
  error: Failure,
): Failure => {
  if (secrets.length === 0) return error
  // Longer ones first: a secret can be a part of another.
  const spellings = [...new Set(secrets.flatMap(spellingsOf))].sort((a, b) => b.length - a.length)
  return mask(error, spellings, maskMember) as Failure
}

type MaskMember = (
  name: string,
  member: unknown,
  spellings: ReadonlyArray<string>,
) => readonly [name: string, member: unknown]

/** The value with its texts masked, and its members as `maskOne` makes them. */
const mask = (value: unknown, spellings: ReadonlyArray<string>, maskOne: MaskMember): unknown => {
  if (typeof value === 'string') return maskWhole(value, spellings)
  if (Array.isArray(value)) return value.map(item => mask(item, spellings, maskOne))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => maskOne(name, member, spellings)))
}

/** A member of an error: what is done with it depends on its name. */
const maskMember: MaskMember = (name, member, spellings) => {
  if (keptNames.has(name)) return [name, member]
  if (bodyNames.has(name)) return [name, mask(member, spellings, maskBodyMember)]
  if (cutNames.has(name)) return [name, maskCut(maskWhole(member as string, spellings), spellings)]
  return [name, mask(member, spellings, maskMember)]
}

/** A member of a value as it stands in the body, name and all: it may be called anything. */
const maskBodyMember: MaskMember = (name, member, spellings) => [
  maskWhole(name, spellings),
  mask(member, spellings, maskBodyMember),
]

/** What holds values of the body. */
const bodyNames: ReadonlySet<string> = new Set(['values', 'extra'])

/** What is not taken from a body, and ids. */
const keptNames: ReadonlySet<string> = new Set([
  '_tag',
  'asked',
  'taskId',
  'resourceId',
  'meaning',
  'advice',
  'request',
])

/** Texts that show a part of a body, which may begin or end in the middle of a secret. */
const cutNames: ReadonlySet<string> = new Set(['excerpt', 'bodyStart', 'found'])

/** As many stars as characters, so that the caret below an excerpt stays where it belongs. */
const stars = (count: number): string => '*'.repeat(count)

const maskWhole = (text: string, spellings: ReadonlyArray<string>): string =>
  spellings.reduce((masked, spelling) => masked.replaceAll(spelling, stars(spelling.length)), text)

const maskCut = (text: string, spellings: ReadonlyArray<string>): string =>
  text.replace(
    /^("?)(.*?)("?…?)$/gm,
    (_, open: string, middle: string, close: string) => open + maskEnds(middle, spellings) + close,
  )

/** Masks the rest of a secret that a text begins with, and the start of one that it ends with. */
const maskEnds = (text: string, spellings: ReadonlyArray<string>): string => {
  let begin = 0
  let end = text.length
  for (const spelling of spellings) {
    for (let length = Math.min(spelling.length, text.length); length >= shortestPart; length--) {
      if (text.startsWith(spelling.slice(-length))) begin = Math.max(begin, length)
      if (text.endsWith(spelling.slice(0, length))) end = Math.min(end, text.length - length)
    }
  }
  return stars(begin) + text.slice(begin, end) + stars(text.length - Math.max(begin, end))
}

/** Shorter parts give nothing away, and words would be masked that are no secrets. */
const shortestPart = 4

/** How an answer may write a value: as it is, in a URL, a form, JSON or HTML. */
const spellingsOf = (secret: string): ReadonlyArray<string> => {
  const inUrl = encode(secret)
  const inJson = JSON.stringify(secret).slice(1, -1)
  return [
    secret,
    inUrl,
    inUrl.toLowerCase(),
    inUrl.replaceAll('%20', '+'),
    inJson,
    inJson.replaceAll('/', '\\/'), // PHP
    secret
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#039;'),
  ]
}

/** A lone surrogate has no place in a URL. */
const encode = (text: string): string => {
  try {
    return encodeURIComponent(text)
  } catch {
    return text
  }
}
