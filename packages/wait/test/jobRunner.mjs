// Runs the job that is stored in a file, or begins it, and stores each snapshot.
//
//   node jobRunner.mjs <endpoint> <file> <number of resources>

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { URLSearchParams } from 'node:url'
import { createFetchTaskClient } from '@task-outcome/fetch'
import { JobResult, resumeJob, runJob } from '@task-outcome/wait'
import { constantDelay } from 'retry-ts'

const [endpoint, file, count] = process.argv.slice(2)
const ids = Array.from({ length: Number(count) }, (_, index) => `ins-${index}`)
const tasks = createFetchTaskClient()

const submit = resourceIds =>
  tasks.submitBatch(endpoint, {
    method: 'POST',
    body: new URLSearchParams([
      ['Action', 'StartInstances'],
      ...resourceIds.map((id, index) => [`instanceIds.${index}`, id]),
    ]),
  })

const query = (taskId, signal) =>
  tasks.status(`${endpoint}?Action=CheckTaskStatus&flowId=${taskId}`, { signal })

// A partly written file is never read. Every second snapshot is stored asynchronously.
let snapshots = 0
const store = job => {
  const text = JSON.stringify(job)
  if (snapshots++ % 2 === 0) return writeFile(`${file}.next`, text).then(() => rename(`${file}.next`, file))
  writeFileSync(`${file}.next`, text)
  renameSync(`${file}.next`, file)
}

const options = {
  chunkSize: 3,
  concurrency: 2,
  maxSubmissionsPerSecond: 40,
  resubmitPolicy: constantDelay(50),
  wait: { pollPolicy: constantDelay(20), failurePolicy: constantDelay(5), maxQueriesPerSecond: 200 },
  store,
}

const begin = () => {
  if (!existsSync(file)) return runJob(ids, submit, query, options)
  const stored = JobResult.decode(JSON.parse(readFileSync(file, 'utf8')))
  if (stored._tag === 'Left') throw new Error('What is stored is no job')
  return resumeJob(stored.right, submit, query, options)
}

await begin()()
