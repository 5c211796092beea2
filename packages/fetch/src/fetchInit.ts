/**
 * The second argument of `fetch`, for a request that starts a task.
 *
 * @internal
 */

/**
 * Adds to the caller's `init` what a submission needs: no redirects (PROTOCOL.md, section 6) and no cache, as a cached response
 * would mean that nothing was sent.
 */
export const fetchInit = (init: object | null | undefined, signal: AbortSignal | undefined): object => ({
  ...membersOf(init),
  redirect: 'manual',
  ...(takesCache() ? { cache: 'no-store' } : {}),
  ...(signal && { signal }),
})

/**
 * Returns the members of an `init`, including inherited ones, as `fetch` does: a `Request` passed as `init`, or an instance of a
 * class, has getters in its prototype.
 */
const membersOf = (init: object | null | undefined): object => {
  const members: Record<string, unknown> = { ...init }
  for (const name of requestInit) {
    const value = (init as Readonly<Record<string, unknown>> | null | undefined)?.[name]
    if (value !== undefined) members[name] = value
  }
  return members
}

/** The members of the WHATWG `RequestInit`, except those set here, and what undici and Cloudflare add. */
const requestInit = [
  'method',
  'headers',
  'body',
  'referrer',
  'referrerPolicy',
  'mode',
  'credentials',
  'integrity',
  'keepalive',
  'signal',
  'duplex',
  'priority',
  'dispatcher',
  'cf',
] as const

/** Returns whether `fetch` supports `cache`. Cloudflare's throws for a value that it does not support. */
const takesCache = (): boolean => {
  const { Request } = globalThis as Partial<typeof globalThis>
  return Request === undefined || 'cache' in Request.prototype
}
