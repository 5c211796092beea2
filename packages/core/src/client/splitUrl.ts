/**
 * The parts of an address.
 *
 * @internal
 */
export interface SplitUrl {
  /** `''` for a relative address, and for one that is not certain. */
  readonly origin: string
  /** `''` for an address that is not certain. */
  readonly path: string
  readonly query: string
  /** The user info, whole and in parts, as written and percent-decoded. */
  readonly userInfo: ReadonlyArray<string>
  /**
   * Whether it is clear where the user info ends: not with an unusual number of slashes, a backslash, a host that no client
   * takes, or an `@` in the path, as in `http://user:pass/word@host`.
   */
  readonly isCertain: boolean
}

/**
 * Takes an address apart: the platform's `URL` refuses the relative ones that the clients of browsers take. An address that
 * can be read in two ways has no origin and no path, and all of it that may be user info is in `userInfo`.
 *
 * @internal
 */
export const splitUrl = (address: string): SplitUrl => {
  // The URL standard ignores these, and so do clients.
  const url = address.replace(/^[\0- ]+|[\t\n\r]/g, '')
  const [, start = '', authority = '', path, query] = anyUrl.exec(url) as unknown as UrlParts
  const userInfo = authority.slice(0, Math.max(0, authority.lastIndexOf('@')))
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  if (usualStart.test(start) && usualHost.test(host) && !/[@\\]/.test(path))
    return { origin: start + host, path, query, userInfo: partsOf(userInfo), isCertain: true }
  const upToLastAt = url.slice(start.length, Math.max(start.length, url.lastIndexOf('@')))
  return {
    origin: '',
    path: '',
    query,
    userInfo: [...partsOf(upToLastAt), ...upToLastAt.split(/[/\\?#@:]/)],
    isCertain: false,
  }
}

type UrlParts = readonly [
  url: string,
  start: string | undefined,
  authority: string | undefined,
  path: string,
  query: string,
]

/** It matches every text, and a path and a query are in each match. */
const anyUrl =
  /^(?:((?:https?|wss?|ftp):[\\/]*|(?:[a-z][a-z0-9+.-]*:)?[\\/]{2,})([^\\/?#]*))?([^?#]*)\??([^#]*)/i

const usualStart = /^(?:[^\\/]*\/\/)?$/

/** A name or an address, and a port; nothing, of a relative address. */
const usualHost = /^(?:[^\s@:[\]%<>"^`{|}\\]*|\[[\da-f:.]+\])(?::\d*)?$/i

/** The whole, the password, which may hold colons, and the parts between these and any further `@`. */
const partsOf = (userInfo: string): ReadonlyArray<string> =>
  [userInfo, userInfo.replace(/^[^:]*:/, ''), ...userInfo.split(/[:@]/)].flatMap(part => [
    part,
    percentDecode(part),
  ])

/**
 * The text with its percent-encoded UTF-8 decoded; what is wrongly encoded stays as it is, as lenient servers read it.
 *
 * @internal
 */
export const percentDecode = (text: string): string =>
  text.replace(/(?:%[\da-f]{2})+/gi, encoded => {
    try {
      return decodeURIComponent(encoded)
    } catch {
      return encoded
    }
  })
