/**
 * Returns whether an object has no items of this name, which its type does not have: they are absent, `null`, or an empty array.
 * Codecs ignore other properties, so stored data that contradicts its tag would lose these items.
 *
 * @example
 * import * as t from 'io-ts'
 * import { hasNone, refine } from '@task-outcome/core/codec'
 *
 * const Done = refine('Done', t.type({ _tag: t.literal('Done') }), done => hasNone(done, 'pending'))
 *
 * Done.is({ _tag: 'Done' }) // true
 * Done.is({ _tag: 'Done', pending: ['17'] }) // false
 *
 * @category codecs
 * @since 0.1.0
 */
export const hasNone = (object: object, name: string): boolean => {
  const items = (object as Readonly<Record<string, unknown>>)[name] ?? []
  return Array.isArray(items) && items.length === 0
}
