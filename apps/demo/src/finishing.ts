/**
 * Submits a batch, submits its rejected resources again, and waits for the tasks.
 */
import { type BatchOutcome, type TaskId, showTaskError } from '@task-outcome/core'
import type { Emulator } from '@task-outcome/emulator'
import {
  type ResourceOutcome,
  acceptedEntries,
  finishedTasks,
  progressOf,
  resubmitRejected,
  showProgress,
  waitForBatch,
} from '@task-outcome/wait'
import { constantDelay, limitRetries, Monoid } from 'retry-ts'
import type { Checks } from './checks.js'
import { clients, startInstances } from './clients.js'
import { showWait } from './showWait.js'

const [client] = clients
const ids = Array.from({ length: 24 }, (_, index) => `ins-${String(index + 1)}`)

/** @param release - ends the busy state of the instances */
export const finishing = async (
  { endpoint }: Emulator,
  release: () => void,
  checks: Checks,
): Promise<void> => {
  console.log('\nA batch: rejected resources submitted again, tasks waited for\n')
  const submit = (resourceIds: ReadonlyArray<string>) =>
    client.submitBatch(startInstances(endpoint, resourceIds))

  const submitted = await submit([...ids, 'ins-gone', 'ins-busy'])()
  if (submitted._tag === 'Left') {
    checks.equal('the batch', showTaskError(submitted.left), 'an outcome')
    return
  }
  console.log(`first round: ${counts(submitted.right)}`)
  checks.equal('the first round', submitted.right._tag, 'PartlyAccepted')

  release()
  const all = await resubmitRejected(submitted.right, submit, {
    policy: Monoid.concat(constantDelay(200), limitRetries(3)),
  })()
  for (const resource of all.resources) if (resource.rejections.length > 0) console.log(history(resource))
  const accepted = acceptedEntries(all)
  checks.equal('accepted after the second round', accepted.length, ids.length + 1)
  console.log(`second round: ${String(accepted.length)} accepted\n`)

  // Builds a new request for each query, as each may need a new signature.
  const query = (taskId: TaskId, signal: AbortSignal) =>
    client.status(`${endpoint}?Action=DescribeVpcTaskResult&taskId=${taskId}`, signal)
  const display = showWait(accepted.length)
  const result = await waitForBatch(accepted, query, { timeoutMs: 60_000, onFinish: display.finished })()
  display.stop()

  console.log(showProgress(progressOf(result)))
  for (const { taskId, resourceIds, status } of finishedTasks(result))
    if (status._tag === 'Failed')
      console.log(`task ${taskId} of ${resourceIds.join()} failed: ${JSON.stringify(status.output)}`)
  const { succeeded, failed, pending } = progressOf(result)
  checks.equal('succeeded, failed, pending', [succeeded, failed, pending], [ids.length, 1, 0])
}

const counts = (outcome: BatchOutcome): string => {
  const accepted = outcome._tag === 'AllRejected' ? 0 : outcome.accepted.length
  const rejected = outcome._tag === 'AllAccepted' ? 0 : outcome.rejected.length
  return `${String(accepted)} accepted, ${String(rejected)} rejected`
}

const history = ({ resourceId, rejections, ...rest }: ResourceOutcome): string => {
  const reasons = rejections.map(({ message, advice }) => `rejected: ${message} (send again: ${advice})`)
  const end = {
    ResourceAccepted: 'then accepted',
    ResourceRejected: 'not sent again',
    ResourceInDoubt: 'then in doubt',
  }[rest._tag]
  return `  ${resourceId}: ${[...reasons, end].join(', ')}`
}
