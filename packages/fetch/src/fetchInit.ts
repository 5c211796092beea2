/**
 * The second argument of `fetch`, for a request that starts a task.
 *
 * @internal
 */

/**
 * What the caller gave, with what a submission needs: no redirect is followed (PROTOCOL.md, section 6), and no response comes
 * from a cache, as that would mean that nothing was sent.
 */
export const fetchInit = (init: object | null | undefined, signal: AbortSignal | undefined): object => ({
  ...membersOf(init),
  redirect: 'manual',
  ...(takesCache() ? { cache: 'no-store' } : {}),
  ...(signal && { signal }),
})

/**
 * The members of an `init`. `fetch` reads them by name, wherever they come from: a `Request` given as `init`, or an object of
 * a class, has them in its prototype.
 */
const membersOf = (init: object | null | undefined): object => {
  if (init === null || init === undefined) return {}
  const prototype: unknown = Object.getPrototypeOf(init)
  if (prototype === null || prototype === Object.prototype) return init
  const members: Record<string, unknown> = { ...init }
  for (const name of requestInit) {
    const value = (init as Readonly<Record<string, unknown>>)[name]
    if (value !== undefined) members[name] = value
  }
  return members
}

/** The WHATWG `RequestInit`, without what is set here, and what undici and Cloudflare add to it. */
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

/** Cloudflare's `fetch` throws at a `cache` that it does not know. */
const takesCache = (): boolean => {
  const { Request } = globalThis as Partial<typeof globalThis>
  return Request === undefined || 'cache' in Request.prototype
}
