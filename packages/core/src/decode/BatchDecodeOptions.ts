/**
 * @since 0.1.0
 */
import type { JsonRecord } from '../json/Json.js'
import type { CodecOrSchema } from './StandardSchema.js'

/**
 * Options for decoding the response to a batch submission.
 *
 * @category model
 * @since 0.1.0
 */
export interface BatchDecodeOptions<ResponseExtra = JsonRecord, EntryExtra = JsonRecord> {
  /**
   * A codec or schema for the extra fields of the response. Not used if nothing was accepted. Default: plain JSON.
   */
  readonly response?: CodecOrSchema<ResponseExtra>
  /** A codec or schema for the extra fields of each accepted entry. Default: plain JSON. */
  readonly entry?: CodecOrSchema<EntryExtra>
  /**
   * The ids of the requested resources; duplicates count once. If the response has entries, but lacks one of these or has
   * others, the result is a `ContractViolation` with a `ResourceMismatch`. Default: any entries are accepted.
   */
  readonly expected?: ReadonlyArray<string>
}
