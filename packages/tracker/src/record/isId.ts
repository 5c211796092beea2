/**
 * @internal
 */

/** Whether it is the id of a record, or a place in the feed: a bigint of PostgreSQL. */
export const isId = (id: unknown): id is string => typeof id === 'string' && /^\d{1,18}$/.test(id)
