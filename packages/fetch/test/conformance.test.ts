import { describeConformance, runClient } from '@task-outcome/conformance'
import { createFetchTaskClient } from '../src/index.js'
import { toRequest } from './toRequest.js'

describeConformance(
  {
    name: 'fetch in Node',
    engine: 'undici',
    streams: true,
    run: runClient({ create: limits => createFetchTaskClient(fetch, limits), toRequest }),
  },
  'reports/faults/fetch-node.json',
)
