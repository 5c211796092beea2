/**
 * The parts of a URL.
 *
 * @internal
 */
export interface SplitUrl {
  /** `''` for a relative or an ambiguous URL. */
  readonly origin: string
  /** `''` for an ambiguous URL. */
  readonly path: string
  readonly query: string
  /** The user info, as a whole and in parts, each as written and percent-decoded. */
  readonly userInfo: ReadonlyArray<string>
  /**
   * Whether the end of the user info is unambiguous. It is not if there is an unusual number of slashes, a backslash, a host
   * that no client accepts, or an `@` in the path, as in `http://user:pass/word@host`.
   */
  readonly isCertain: boolean
}

/**
 * Splits a URL. The platform's `URL` rejects the relative ones that clients in browsers accept. An ambiguous URL has neither an
 * origin nor a path, and everything in it that may be user info is in `userInfo`.
 *
 * @internal
 */
export const splitUrl = (address: string): SplitUrl => {
  // The URL standard ignores these characters, and so do clients.
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

/** Matches every text; each match has a path and a query. */
const anyUrl =
  /^(?:((?:https?|wss?|ftp):[\\/]*|(?:[a-z][a-z0-9+.-]*:)?[\\/]{2,})([^\\/?#]*))?([^?#]*)\??([^#]*)/i

const usualStart = /^(?:[^\\/]*\/\/)?$/

/** A host name or an IP address, and a port; empty for a relative URL. */
const usualHost = /^(?:[^\s@:[\]%<>"^`{|}\\]*|\[[\da-f:.]+\])(?::\d*)?$/i

/** Returns the whole user info, the password, which may contain colons, and the parts between colons and further `@`. */
const partsOf = (userInfo: string): ReadonlyArray<string> =>
  [userInfo, userInfo.slice(userInfo.indexOf(':') + 1), ...userInfo.split(/[:@]/)].flatMap(part => [
    part,
    percentDecode(part),
  ])

/**
 * Decodes percent-encoded UTF-8. Invalid sequences stay unchanged, as lenient servers read them.
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
