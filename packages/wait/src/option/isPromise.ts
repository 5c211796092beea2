/**
 * @internal
 */

/** Whether a callback of the caller has returned a promise, of any kind. */
export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value
