/**
 * Redirects that were followed although nobody wanted it.
 *
 * @internal
 */
import type { AxiosResponse } from 'axios'

/**
 * Throws if another host answers than the one that was asked. PROTOCOL.md, section 6: "Redirects are not followed".
 * `XMLHttpRequest` follows them all the same, and only tells where it has ended; what answers there is not the API.
 */
export const refuseRedirected = ({ request }: AxiosResponse, url: () => string): void => {
  const { responseURL } = (request ?? {}) as { readonly responseURL?: string }
  if (!responseURL) return
  const answered = hostOf(responseURL)
  const asked = hostOf(
    url(),
    (globalThis as { readonly document?: { readonly baseURI: string } }).document?.baseURI,
  )
  if (answered !== undefined && asked !== undefined && answered !== asked)
    throw Object.assign(new Error('Another host answered, after a redirect.'), {
      code: 'ERR_REDIRECT_FOLLOWED',
    })
}

/** `undefined` where it can't be told: not every platform's `URL` is complete. */
const hostOf = (url: string, base?: string): string | undefined => {
  try {
    return new URL(url, base).host
  } catch {
    return undefined
  }
}
