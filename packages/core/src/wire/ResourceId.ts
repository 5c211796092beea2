/**
 * @since 0.1.0
 */
import type * as t from 'io-ts'
import { brandedString } from '../codec/brandedString.js'

/**
 * The brand that distinguishes a `ResourceId` from other strings at compile time.
 *
 * @category model
 * @since 0.1.0
 */
export interface ResourceIdBrand {
  readonly ResourceId: unique symbol
}

/**
 * The id of a resource: the name of its entry in `detail`. Any string is one, `__proto__`, a lone
 * surrogate and the empty string too.
 *
 * Source: PROTOCOL.md, section 3, "`__proto__`, `constructor`, lone surrogates, any Unicode are ordinary resource ids".
 *
 * @category codecs
 * @since 0.1.0
 */
export const ResourceId: t.Type<ResourceId> = brandedString('ResourceId', () => true)

/**
 * The id of a resource, as it is in `detail`: any string.
 *
 * @category model
 * @since 0.1.0
 */
export type ResourceId = t.Branded<string, ResourceIdBrand>
