// Runs the service with short delays, and tells its port:
//
//   node serve.mjs <api> <file>

import { constantDelay } from 'retry-ts'
import { createService } from '../src/service.ts'

const [api, file] = process.argv.slice(2)
const server = createService(api, file, {
  chunkSize: 3,
  concurrency: 2,
  maxSubmissionsPerSecond: 40,
  resubmitPolicy: constantDelay(100),
  wait: { pollPolicy: constantDelay(20), failurePolicy: constantDelay(20) },
})
server.listen(0, '127.0.0.1', () => process.send(server.address().port))
