/**
 * Redirects that were followed although they should not have been.
 *
 * @since 0.1.0
 */

/**
 * Tells whether another host responded than the one that was asked: then a redirect was followed, and what responds there is
 * not the API. Clients over `XMLHttpRequest` follow redirects whatever they are told, and only tell where they ended. `false`
 * where it can't be told: an address is missing, or is not complete and there is no page to complete it with.
 *
 * Source: PROTOCOL.md, section 6, "Redirects are not followed".
 *
 * @param asked - the URL of the request
 * @param responded - the URL of the response, where the client tells
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
  if (typeof responded !== 'string' || responded === '') return false
  const { URL, document } = globalThis as Partial<Browser>
  const hostOf = (url: string, base?: string): string | undefined => {
    try {
      return URL && new URL(url, base).host
    } catch {
      return undefined
    }
  }
  const [one, other] = [hostOf(asked, document?.baseURI), hostOf(responded)]
  return one !== undefined && other !== undefined && one !== other
}

/** What is asked of the platform, where it has it: not every platform's `URL` is complete. */
interface Browser {
  readonly URL: new (url: string, base?: string) => { readonly host: string }
  readonly document: { readonly baseURI: string }
}
