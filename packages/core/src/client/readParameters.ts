/**
 * Finds the parameters of a request, wherever they are.
 *
 * @internal
 */
import * as E from 'fp-ts/lib/Either.js'
import type { JsonValue } from '../json/JsonValue.js'
import { parseJson } from '../json/parseJson.js'
import { isPlainObject } from '../json/plainObject.js'
import { decodeUtf8 } from '../json/utf8.js'
import { shortestSecret } from './maskSecrets.js'
import { isSecretName } from './secretNames.js'
import { percentDecode } from './splitUrl.js'

export interface Parameters {
  /** The value of the parameter `Action` in the query, or else in the body, or else of the header `X-TC-Action`. */
  readonly action: string | undefined
  /** The values of parameters and headers whose names suggest a secret. */
  readonly secrets: ReadonlyArray<string>
  /** Whether a part could not be read, or exceeds a limit. */
  readonly isOpaque: boolean
}

/** The parts of a request that are searched for parameters. */
export interface ParameterSources {
  readonly query: string
  readonly body: unknown
  readonly headers: unknown
}

/**
 * The limit of the search, in values plus code units of names and texts. It suffices for forms and JSON of some 500 KB, and
 * takes a tenth of a second.
 */
export const mostLooks = 2 ** 20

/** The maximum total length of the secrets, in code units. It suffices for thousands of secrets. */
export const mostSecrets = 2 ** 17

/** A value to visit, with its name. */
interface Visit {
  readonly name: string
  readonly value: unknown
  readonly kind: 'query' | 'body' | 'value' | 'json'
  /** The number of values that contain it. */
  readonly depth: number
  /** Whether its name, or that of a value that contains it, suggests a secret. */
  readonly isSecret: boolean
}

/**
 * Reads the parameters of the query and of a form or JSON, whether text, bytes or the objects that clients serialize, and of
 * JSON and forms nested in values. It visits each object once, however often it is referenced, and stops at {@link mostLooks}.
 */
export const readParameters = ({ query, body, headers }: ParameterSources): Parameters => {
  const root = { name: '', depth: 0, isSecret: false } as const
  const visits: Visit[] = [
    { ...root, kind: 'query', value: query },
    { ...root, kind: 'body', value: body },
    { ...root, kind: 'value', value: headers, depth: 1 },
  ]
  const secrets: string[] = []
  /** The visited objects: under ordinary names, and under names that suggest a secret. */
  const seen = { open: new Set<object>(), secret: new Set<object>() }
  let action: string | undefined
  let isOpaque = false as boolean // not narrowed: the functions below change it
  let looksLeft = mostLooks
  let secretsLeft = mostSecrets

  const take = (looks: number): boolean => {
    looksLeft -= looks
    return looksLeft >= 0
  }

  const keepBack = (value: string): void => {
    for (const secret of secretsIn(value)) {
      secretsLeft -= secret.length
      if (secretsLeft >= 0) secrets.push(secret)
    }
  }

  /** Schedules a visit of a nested value. */
  const enqueue = (
    within: Visit,
    name: string,
    value: unknown,
    kind: 'value' | 'json' = 'value',
  ): boolean => {
    const isSecret = within.isSecret || isSecretName(name)
    const isLeft = take(1 + name.length + (typeof value === 'string' ? value.length : 0))
    if (isLeft) visits.push({ name, value, kind, depth: within.depth + 1, isSecret })
    return isLeft
  }

  const visitForm = (visit: Visit, form: string): void => {
    for (const pair of form.split('&')) {
      const [name, ...rest] = pair.split('=') as [string, ...string[]]
      const raw = rest.join('=')
      const value = decodeForm(raw)
      enqueue(visit, decodeForm(name), value)
      if (raw !== value && (visit.isSecret || isSecretName(decodeForm(name)))) keepBack(raw)
    }
  }

  const visitText = (visit: Visit, text: string): void => {
    if (visit.isSecret) keepBack(text)
    if (visit.depth === 1 ? visit.name === 'Action' : isActionHeader(visit)) action ??= text
    const json = visit.kind !== 'query' && beginsJson.test(text) ? parseJson(text) : undefined
    if (json !== undefined && E.isRight(json)) {
      isOpaque ||= json.right.tooDeepAt !== undefined
      visits.push({ ...visit, kind: 'json', value: json.right.value })
    } else if (visit.kind === 'value') {
      // The value of a name that suggests a secret is one whole, whatever it contains.
      for (const part of text.split(/[\s&?;,"'<>]+/)) {
        const nameEnd = part.indexOf('=')
        if (isSecretName(part.slice(0, Math.max(0, nameEnd))))
          keepBack(percentDecode(part.slice(nameEnd + 1)))
      }
    } else if (visit.kind === 'query' || isForm(text)) visitForm(visit, text)
    else isOpaque ||= text !== ''
  }

  const visitJson = (visit: Visit, value: JsonValue): void => {
    if (value === null || typeof value === 'boolean') return
    if (typeof value === 'string')
      visits.push({ ...visit, kind: visit.depth === 0 ? 'body' : 'value', value })
    else if (value._tag === 'JsonNumber') {
      if (visit.isSecret) keepBack(value.literal)
    } else if (value._tag === 'JsonArray') value.items.every(item => enqueue(visit, '', item, 'json'))
    else value.members.every(member => enqueue(visit, member.name, member.value, 'json'))
  }

  const visitObject = (visit: Visit, object: object): void => {
    const seenBefore = visit.isSecret ? seen.secret : seen.open
    if (seenBefore.has(object)) return
    seenBefore.add(object)
    const bytes = bytesOf(object)
    if (bytes !== undefined) {
      const text = take(bytes.length) ? decodeUtf8(bytes.slice()) : undefined // shared ones can't be decoded everywhere
      if (text !== undefined && E.isRight(text)) visitText(visit, text.right)
      else isOpaque = true
    } else if (isIterable(object)) {
      for (const item of object)
        if (!(isPair(item) ? enqueue(visit, item[0], item[1]) : enqueue(visit, '', item))) break
    } else if (hasToJson(object)) {
      if (take(1)) visits.push({ ...visit, value: object.toJSON() })
    } else if (isPlainObject(object)) {
      for (const name of Object.keys(object)) if (!attempt(() => enqueue(visit, name, object[name]))) break
    } else isOpaque = true // a stream, a file, a request or an object with private fields can't be inspected
  }

  /** Marks the request as opaque if a getter, an iterator or a proxy throws. */
  const attempt = (look: () => boolean): boolean => {
    try {
      return look()
    } catch {
      isOpaque = true
      return true
    }
  }

  for (const visit of visits) {
    attempt(() => {
      const { kind, value } = visit
      if (kind === 'json') visitJson(visit, value as JsonValue)
      else if (typeof value === 'string') {
        if (visit.depth > 0 || take(value.length)) visitText(visit, value)
      } else if (typeof value === 'object' && value !== null) visitObject(visit, value)
      else if (kind === 'body') isOpaque ||= typeof value === 'function' || typeof value === 'symbol'
      else if (visit.isSecret && (typeof value === 'number' || typeof value === 'bigint'))
        keepBack(`${value}`)
      return true
    })
  }
  return { action, secrets, isOpaque: isOpaque || looksLeft < 0 || secretsLeft < 0 }
}

/** API 3.0 names the action in a header. */
const isActionHeader = ({ kind, name }: Visit): boolean => kind === 'value' && /^x-tc-action$/i.test(name)

/**
 * Returns the whole value and its long parts, as in `Bearer abc…`, `sid=abc…; path=/` and `Credential=id/2019-02-25/…`. The names
 * of parts are not secrets: masked, they would take words such as `Signature` from errors.
 */
const secretsIn = (value: string): ReadonlyArray<string> =>
  [value, ...longPartsOf(value), ...basicCredentials(value)].filter(secret => secret.length >= shortestSecret)

const longPartsOf = (value: string): ReadonlyArray<string> =>
  value
    .split(/[\s,;:]/)
    .flatMap(part => part.replace(/^[^=]*=+(?=[^=])/, '').split('='))
    .flatMap(part => [part, part.slice(0, Math.max(0, part.indexOf('/')))])
    .filter(part => part.length >= longPart && part !== value)

const longPart = 8

/** RFC 7617: the user and the password in `Basic dXNlcjpwYXNz`. In Latin-1 if they are not in UTF-8. */
const basicCredentials = (value: string): ReadonlyArray<string> => {
  const [, encoded] = /^\s*Basic\s+([\w+/]+={0,2})\s*$/i.exec(value) ?? []
  if (encoded === undefined) return []
  try {
    const binary = atob(encoded)
    const text = decodeUtf8(Uint8Array.from(binary, character => character.charCodeAt(0)))
    const credentials = E.isRight(text) ? text.right : binary
    const userEnd = credentials.indexOf(':')
    return [credentials, credentials.slice(0, Math.max(0, userEnd)), credentials.slice(userEnd + 1)]
  } catch {
    return [] // not base64
  }
}

/** In Node and browsers: core is compiled without the types of a platform. */
declare const atob: (encoded: string) => string

/** White space includes the byte order mark. */
const beginsJson = /^\s*[[{"]/

/** Recognizes a form by a name without escapes and an equals sign. Excludes base64, which can end in equals signs. */
const isForm = (text: string): boolean => /^[^\0- "'<>{}:;]*?=/.test(text) && !/^[\w+/-]*={0,2}$/.test(text)

const decodeForm = (text: string): string => percentDecode(text.replaceAll('+', ' '))

/** Returns the bytes of a view or a buffer of any realm. */
const bytesOf = (object: object): Uint8Array | undefined => {
  if (ArrayBuffer.isView(object)) return new Uint8Array(object.buffer, object.byteOffset, object.byteLength)
  return Object.prototype.toString.call(object).endsWith('ArrayBuffer]')
    ? new Uint8Array(object as ArrayBuffer)
    : undefined
}

/** Recognizes arrays, `Map`, `URLSearchParams`, `FormData` and `Headers`, but not iterators: reading one consumes it. */
const isIterable = (object: object): object is Iterable<unknown> =>
  Symbol.iterator in object && 'entries' in object

const isPair = (item: unknown): item is readonly [string, unknown] =>
  Array.isArray(item) && item.length === 2 && typeof item[0] === 'string'

const hasToJson = (object: object): object is { readonly toJSON: () => unknown } =>
  'toJSON' in object && typeof object.toJSON === 'function'
