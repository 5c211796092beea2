/**
 * @since 0.1.0
 */
import type * as t from 'io-ts'
import type { JsonRecord } from '../json/Json.js'

/**
 * How to decode the response to a batch submission, where it differs from what is usual.
 *
 * @category model
 * @since 0.1.0
 */
export interface BatchDecodeOptions<ResponseExtra = JsonRecord, EntryExtra = JsonRecord> {
  /**
   * A codec for the fields beside `detail`. Not used where nothing was accepted. Default: they are plain JSON.
   */
  readonly response?: t.Decoder<unknown, ResponseExtra>
  /** A codec for the fields in each accepted entry that the format does not name. Default: they are plain JSON. */
  readonly entry?: t.Decoder<unknown, EntryExtra>
  /**
   * The ids of the resources that the request named; duplicates count once. If the response has entries but lacks one of
   * them or has others, the result is a `ContractViolation` with a `ResourceMismatch`. Default: any entries will do.
   */
  readonly expected?: ReadonlyArray<string>
}
