/**
 * Tasks as a batch submission starts them.
 */
import { type AcceptedEntry, decodeBatchTask } from '@task-outcome/core'

export const acceptedTasks = (count: number): ReadonlyArray<AcceptedEntry> => {
  const detail = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `ins-${index + 1}`,
      { code: 0, message: '', requestId: 6_356_502 + index },
    ]),
  )
  const decoded = decodeBatchTask(JSON.stringify({ code: 0, message: '', detail }))
  if (decoded._tag === 'Left' || decoded.right._tag !== 'AllAccepted')
    throw new Error('Not every task of the simulated submission was accepted')
  return decoded.right.accepted
}
