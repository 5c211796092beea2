/**
 * A request, with its secrets masked.
 *
 * @internal
 */
import type { HttpRequest } from '@task-outcome/core'
import { redactRequest } from '@task-outcome/core/adapter'
import { type JsonValue, parseJson } from '@task-outcome/core/json'
import { visible } from '../output/visible.js'

const mask = '***'

/** The request as it would be sent. What has the name of a secret is masked, and so are the same values elsewhere. */
export const showRequest = ({ method = 'GET', url, headers = {}, body = '' }: HttpRequest): string => {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
  const { secrets } = redactRequest({ method, url, headers, body: text })
  const longestFirst = [...secrets].filter(secret => secret !== '').sort((a, b) => b.length - a.length)
  const masked: Masker = part =>
    longestFirst.reduce(
      (all, secret) => all.replaceAll(secret, mask).replaceAll(encodeURIComponent(secret), mask),
      part,
    )
  const query = url.indexOf('?') + 1
  const shownUrl =
    query === 0 ? masked(url) : `${masked(url.slice(0, query - 1))}?${showForm(url.slice(query), masked)}`
  return [
    `${method} ${shownUrl}`,
    ...Object.entries(headers).map(
      ([header, value]) => `${header}: ${isSecretName(header) ? mask : masked(value)}`,
    ),
    '',
    ...(text === '' ? [] : [showBody(text, masked)]),
  ]
    .map(line => `${visible(line)}\n`)
    .join('')
}

type Masker = (text: string) => string

const showBody = (text: string, masked: Masker): string => {
  const parsed = parseJson(text)
  return parsed._tag === 'Right' ? showJson(parsed.right.value, masked) : showForm(text, masked)
}

const showJson = (value: JsonValue, masked: Masker): string => {
  if (typeof value === 'string') return JSON.stringify(masked(value))
  if (value === null || typeof value === 'boolean') return String(value)
  switch (value._tag) {
    case 'JsonNumber':
      return masked(value.literal)
    case 'JsonArray':
      return `[${value.items.map(item => showJson(item, masked)).join(',')}]`
    case 'JsonObject':
      return `{${value.members
        .map(
          ({ name, value: inner }) =>
            `${JSON.stringify(name)}:${isSecretName(name) ? `"${mask}"` : showJson(inner, masked)}`,
        )
        .join(',')}}`
  }
}

const showForm = (text: string, masked: Masker): string =>
  text
    .split('&')
    .map(pair => {
      const equals = pair.indexOf('=')
      const name = pair.slice(0, Math.max(0, equals))
      return isSecretName(decoded(name)) ? `${name}=${mask}` : masked(pair)
    })
    .join('&')

const decoded = (name: string): string => {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '))
  } catch {
    return name
  }
}

/** Whether core takes what has this name for a secret. */
const isSecretName = (name: string): boolean =>
  redactRequest({
    method: 'POST',
    url: 'https://api.invalid/',
    headers: {},
    body: JSON.stringify({ [name]: 'a sample' }),
  }).secrets.length > 0
