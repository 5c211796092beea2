// Submits resources, and goes on where a killed submitter stopped.
//
//   node submitter.ts <socket of PostgreSQL> <database> <endpoint> <first number> <last number>

import { createFetchTaskClient } from '@task-outcome/fetch'
import { fromPool, openTracker } from '@task-outcome/tracker'
import * as E from 'fp-ts/lib/Either.js'
import pg from 'pg'

const [host, database, endpoint = '', first, last] = process.argv.slice(2)
const pool = new pg.Pool({ host, database, user: 'postgres', max: 8 })
const connected = fromPool(pool)
const client = createFetchTaskClient()

const again = () => new Promise(resolve => setTimeout(resolve, 50))

const open = async () => {
  for (;;) {
    const opened = await openTracker(connected, { responseWithinMs: 2000 })()
    if (E.isRight(opened)) return opened.right
    await again()
  }
}
const tracker = await open()

const submit = async (number: number): Promise<void> => {
  for (;;) {
    const tracked = await tracker.track({
      account: 'main',
      key: `key-${number}`,
      action: 'StartInstances',
      resourceIds: [`ins-${number}`],
      submit: client.submitBatch(`${endpoint}?Action=StartInstances&instanceIds.0=ins-${number}`),
    })()
    if (E.isRight(tracked)) return
    if (tracked.left._tag !== 'NotStored' && tracked.left._tag !== 'ResultNotStored')
      throw new Error(JSON.stringify(tracked.left))
    await again()
  }
}

let next = Number(first)
const lane = async (): Promise<void> => {
  while (next <= Number(last)) await submit(next++)
}
await Promise.all(Array.from({ length: 6 }, lane))
process.exit(0)
