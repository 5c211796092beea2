/**
 * HTTP archives, as browsers and proxies export them.
 *
 * Source: HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/.
 *
 * @internal
 */
import { type Json, parseJson, toPlain } from '@task-outcome/core/json'
import type { Bodies, Body } from './Body.js'

export const isHar = (text: string): boolean => /^\ufeff?\s*\{\s*"log"\s*:\s*\{/.test(text)

/** Returns the responses that can be of a task API, or `undefined` if the text is no HTTP archive that can be read. */
export const readHar = (text: string): Bodies | undefined => {
  const parsed = parseJson(text)
  if (parsed._tag === 'Left') return undefined
  const entries = member(member(toPlain(parsed.right.value), 'log'), 'entries')
  if (!Array.isArray(entries)) return undefined
  const bodies = entries.flatMap((entry: Json, index) => readEntry(entry, index + 1))
  const skipped = entries.length - bodies.length
  return {
    bodies,
    notes: [
      `an HTTP archive with ${bodies.length} of ${entries.length} responses that can be of a task API` +
        (skipped === 0 ? '' : `; skipped ${skipped}`),
    ],
  }
}

const readEntry = (entry: Json, number: number): ReadonlyArray<Body> => {
  const request = member(entry, 'request')
  const response = member(entry, 'response')
  const url = text(member(request, 'url')) ?? ''
  const content = member(response, 'content')
  const body = text(member(content, 'text')) ?? ''
  // Broken base64 stays as it is: what can still be decoded of it may have other ids.
  const encoded = member(content, 'encoding') === 'base64' && isBase64(body)
  const read = encoded ? Buffer.from(body, 'base64') : body
  if (!namesAction(url, request) && !/"(?:code|Response)"\s*:/.test(read.toString())) return []
  const status = member(response, 'status')
  const source = `entry ${number}, ${text(member(request, 'method')) ?? '?'} ${hostOf(url)}`
  return [
    {
      source,
      content: read,
      // A status of 0 means that the browser saw no response.
      ...(typeof status === 'number' && status > 0 ? { head: { status } } : {}),
    },
  ]
}

const isBase64 = (text: string): boolean => {
  const end = text.indexOf('=')
  const padding = end === -1 ? '' : text.slice(end)
  return text.length % 4 === 0 && !/[^A-Za-z\d+/=]/.test(text) && ['', '=', '=='].includes(padding)
}

/**
 * Whether a request is one to a task API: it names an action in its URL or its form, as API 2.0, or in a header, as API 3.0. Its
 * response may be lost, so that only the request shows that a task may be running.
 */
const namesAction = (url: string, request: Json | undefined): boolean => {
  const form = member(request, 'postData')
  return (
    /[?&]Action=/.test(url) ||
    /(?:^|[&?])Action=|"Action"\s*:|name="Action"/.test(text(member(form, 'text')) ?? '') ||
    hasName(member(form, 'params'), 'action') ||
    hasName(member(request, 'headers'), 'x-tc-action')
  )
}

const hasName = (items: Json | undefined, name: string): boolean =>
  Array.isArray(items) && items.some((item: Json) => text(member(item, 'name'))?.toLowerCase() === name)

/** Without the query and the user info, which can have secrets. */
const hostOf = (url: string): string => {
  if (!URL.canParse(url)) return '?'
  const { host, pathname } = new URL(url)
  // The user info may be longer than it looks, as in `https://user:1/2@host`.
  return host === '' || pathname.includes('@') ? '?' : host
}

const member = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, Json>>)[name]
    : undefined

const text = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined)
