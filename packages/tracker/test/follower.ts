// A worker and a subscription. Prints the key of each end that is delivered.
//
//   node follower.ts <socket of PostgreSQL> <database> <endpoint>

import { writeSync } from 'node:fs'
import { createFetchTaskClient } from '@task-outcome/fetch'
import { fromPool, openTracker } from '@task-outcome/tracker'
import * as E from 'fp-ts/lib/Either.js'
import pg from 'pg'
import { constantDelay } from 'retry-ts'

const [host, database, endpoint = ''] = process.argv.slice(2)
const pool = new pg.Pool({ host, database, user: 'postgres', max: 8 })
const connected = fromPool(pool)
const client = createFetchTaskClient()

const open = async () => {
  for (;;) {
    const opened = await openTracker(connected, { responseWithinMs: 2000 })()
    if (E.isRight(opened)) return opened.right
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}
const tracker = await open()

const started = tracker.follow(
  'main',
  {
    StartInstances: (taskId, signal) =>
      client.status(`${endpoint}?Action=CheckTaskStatus&flowId=${taskId}`, { signal }),
  },
  // A dead worker's tasks are due again after less than six seconds.
  { pollPolicy: constantDelay(100), failurePolicy: constantDelay(50), queryTimeoutMs: 500 },
)
const subscribed = tracker.subscribe('subscriber', ({ key }) => void writeSync(1, `${key}\n`), {
  leaseMs: 1000,
})
if (E.isLeft(started) || E.isLeft(subscribed)) throw new Error('invalid options')
