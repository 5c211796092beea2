/**
 * Submits a batch, submits its rejected resources again, waits for the tasks, and makes a page of it.
 */
import { type BatchOutcome, type TaskId, showTaskError } from '@task-outcome/core'
import type { Emulator } from '@task-outcome/emulator'
import { pageOfJob, pageOfWait, renderPage } from '@task-outcome/page'
import {
  type Rejection,
  type ResourceOutcome,
  acceptedEntries,
  finishedTasks,
  progressOf,
  reconcile,
  resumeSubmission,
  showProgress,
  waitForBatch,
} from '@task-outcome/wait'
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
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

  const requested = [...ids, 'ins-gone', 'ins-busy']
  const submitted = await submit(requested)()
  if (submitted._tag === 'Left') {
    checks.equal('the batch', showTaskError(submitted.left), 'an outcome')
    return
  }
  console.log(`first round: ${counts(submitted.right)}`)
  checks.equal('the first round', submitted.right._tag, 'PartlyAccepted')

  release()
  const all = await resumeSubmission(reconcile(requested, submitted), submit, {
    resubmitPolicy: Monoid.concat(constantDelay(200), limitRetries(3)),
  })()
  for (const resource of all.resources) {
    const rejections = 'rejections' in resource ? resource.rejections : []
    if (rejections.length > 0) console.log(history(resource, rejections))
  }
  const accepted = acceptedEntries(all)
  checks.equal('accepted after the second round', accepted.length, ids.length + 1)
  console.log(`second round: ${String(accepted.length)} accepted\n`)

  // Builds a new request for each query, as each may need a new signature.
  const query = (taskId: TaskId, signal: AbortSignal) =>
    client.status(`${endpoint}?Action=DescribeVpcTaskResult&taskId=${taskId}`, signal)
  const display = showWait(accepted.length)
  const submittedAtMs = Date.now()
  const result = await waitForBatch(accepted, query, {
    timeoutMs: 60_000,
    onFinish: display.finished,
  })()
  display.stop()

  console.log(showProgress(progressOf(result)))
  for (const { taskId, resourceIds, status } of finishedTasks(result))
    if (status._tag === 'Failed')
      console.log(`task ${taskId} of ${resourceIds.join()} failed: ${JSON.stringify(status.output)}`)
  const { succeeded, failed, pending } = progressOf(result)
  checks.equal('succeeded, failed, pending', [succeeded, failed, pending], [ids.length, 1, 0])

  const page = pageOfWait(result, {
    title: 'StartInstances of the demo',
    timesOf: () => ({ submittedAtMs }),
  })
  const withoutTask = pageOfJob(all).rows.filter(({ task }) => task === undefined)
  const folder = fileURLToPath(new URL('../reports/', import.meta.url))
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}page.html`, renderPage({ ...page, rows: [...page.rows, ...withoutTask] }))
  console.log(`\nA page of this batch, to open in a browser: ${folder}page.html`)
}

const counts = (outcome: BatchOutcome): string => {
  const accepted = outcome._tag === 'AllRejected' ? 0 : outcome.accepted.length
  const rejected = outcome._tag === 'AllAccepted' ? 0 : outcome.rejected.length
  return `${String(accepted)} accepted, ${String(rejected)} rejected`
}

const history = ({ _tag, resourceId }: ResourceOutcome, rejections: ReadonlyArray<Rejection>): string => {
  const reasons = rejections.map(({ message, advice }) => `rejected: ${message} (send again: ${advice})`)
  const end = {
    ResourceAccepted: 'then accepted',
    ResourceRejected: 'not sent again',
    ResourceInDoubt: 'then in doubt',
    ResourceNotSubmitted: 'not sent',
  }[_tag]
  return `  ${resourceId}: ${[...reasons, end].join(', ')}`
}
