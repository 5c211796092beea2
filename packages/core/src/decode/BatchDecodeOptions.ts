/**
 * @since 0.1.0
 */
import type * as t from 'io-ts'
import type { JsonRecord } from '../json/Json.js'

/**
 * Options for decoding the response to a batch submission.
 *
 * @category model
 * @since 0.1.0
 */
export interface BatchDecodeOptions<ResponseExtra = JsonRecord, EntryExtra = JsonRecord> {
  /**
   * A codec for the extra fields of the response. Not used if nothing was accepted. Default: plain JSON.
   */
  readonly response?: t.Decoder<unknown, ResponseExtra>
  /** A codec for the extra fields of each accepted entry. Default: plain JSON. */
  readonly entry?: t.Decoder<unknown, EntryExtra>
  /**
   * The ids of the requested resources; duplicates count once. If the response has entries, but lacks one of these or has
   * others, the result is a `ContractViolation` with a `ResourceMismatch`. Default: any entries are accepted.
   */
  readonly expected?: ReadonlyArray<string>
}
