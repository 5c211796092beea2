/**
 * Detects redirects that a client followed against its instructions.
 *
 * @since 0.1.0
 */

/**
 * Tells whether another host responded than the requested one. Then the client followed a redirect, and the response does not
 * come from the API. Clients over `XMLHttpRequest` always follow redirects and report only the final URL. Returns `false` if it
 * can't tell: a URL is missing, or is relative and there is no page to resolve it against.
 *
 * Source: PROTOCOL.md, section 6, "Redirects are not followed".
 *
 * @param asked - the URL of the request
 * @param responded - the URL of the response, if the client reports it
 *
 * @example
 * import { isFromElsewhere } from '@task-outcome/core/adapter'
 *
 * isFromElsewhere('https://cvm.api.qcloud.com/v2/index.php', 'https://login.example/') // true
 * isFromElsewhere('https://cvm.api.qcloud.com/v2/index.php', undefined) // false
 *
 * @category destructors
 * @since 0.1.0
 */
export const isFromElsewhere = (asked: string, responded: unknown): boolean => {
  const { URL, document } = globalThis as Partial<Browser>
  const hostOf = (url: unknown, base?: string): string | undefined => {
    try {
      return URL && new URL(url as string, base).host
    } catch {
      return undefined
    }
  }
  const [one, other] = [hostOf(asked, document?.baseURI), hostOf(responded)]
  return one !== undefined && other !== undefined && one !== other
}

/** The parts of the platform that are used if they exist: `URL` is missing or incomplete on some. */
interface Browser {
  readonly URL: new (url: string, base?: string) => { readonly host: string }
  readonly document: { readonly baseURI: string }
}
