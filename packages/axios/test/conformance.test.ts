import { describeConformance, runClient } from '@task-outcome/conformance'
import axios from 'axios'
import { createAxiosTaskClient } from '../src/index.js'
import { toRequest } from './toRequest.js'

describeConformance(
  {
    name: 'axios in Node',
    engine: 'http',
    streams: true,
    run: runClient({ create: limits => createAxiosTaskClient(axios.create(), limits), toRequest }),
  },
  'reports/faults/axios-node.json',
)

describeConformance(
  {
    name: 'axios (its fetch adapter) in Node',
    engine: 'undici',
    streams: true,
    run: runClient({
      create: limits => createAxiosTaskClient(axios.create({ adapter: 'fetch' }), limits),
      toRequest,
    }),
  },
  'reports/faults/axios-fetch-node.json',
)
