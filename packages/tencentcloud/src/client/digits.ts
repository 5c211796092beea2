/**
 * Whether an id can be written as a number without changing it. `007` and `7` are different ids.
 *
 * @internal
 */
export const isDigits = (id: unknown): id is string => typeof id === 'string' && /^(?:0|[1-9]\d*)$/.test(id)
