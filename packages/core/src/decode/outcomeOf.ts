/**
 * @internal
 */
import { isNonEmpty } from 'fp-ts/lib/ReadonlyArray.js'
import type { AcceptedEntry, AllRejected, BatchOutcome, RejectedEntry } from '../outcome/BatchOutcome.js'

/** Builds the outcome of rows 4 to 6 from the entries. Returns `undefined` if there are none. */
export const outcomeOf = (
  entries: {
    readonly accepted: ReadonlyArray<AcceptedEntry>
    readonly rejected: ReadonlyArray<RejectedEntry>
  },
  { message, codeDesc, extra }: Pick<AllRejected, 'message' | 'codeDesc' | 'extra'>,
): BatchOutcome | undefined => {
  const { accepted, rejected } = entries
  if (isNonEmpty(accepted))
    return isNonEmpty(rejected)
      ? { _tag: 'PartlyAccepted', accepted, rejected, message, codeDesc, extra }
      : { _tag: 'AllAccepted', accepted, message, codeDesc, extra }
  return isNonEmpty(rejected) ? { _tag: 'AllRejected', rejected, message, codeDesc, extra } : undefined
}

/** PROTOCOL.md, section 1: "0 all resources succeeded · 5100 all failed · 5400 some failed". */
export const codeOf: Readonly<Record<BatchOutcome['_tag'], number>> = {
  AllAccepted: 0,
  PartlyAccepted: 5400,
  AllRejected: 5100,
}
