// Continues the wait that is stored in a file, and stores each snapshot before it reports it.
//
//   node waiter.ts <endpoint> <file>

import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createFetchTaskClient } from '@task-outcome/fetch'
import { type QueryTaskStatus, WaitResult, resumeWait } from '@task-outcome/wait'
import { constantDelay } from 'retry-ts'

const [endpoint = '', file = ''] = process.argv.slice(2)
const tasks = createFetchTaskClient()

const store = (result: WaitResult): void => {
  writeFileSync(`${file}.next`, JSON.stringify(result))
  renameSync(`${file}.next`, file) // so that a partly written file is never read
}

const stored = WaitResult.decode(JSON.parse(readFileSync(file, 'utf8')))
if (stored._tag === 'Left') throw new Error('What is stored is no result of a wait')

const query: QueryTaskStatus = (taskId, signal) =>
  tasks.status(`${endpoint}?Action=CheckTaskStatus&flowId=${taskId}`, { signal })

const result = await resumeWait(stored.right, query, {
  pollPolicy: constantDelay(5),
  onFinish: (task, soFar) => {
    store(soFar.result())
    console.log(task.taskId)
  },
})()
store(result)
