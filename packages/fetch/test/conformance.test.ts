import { type PlainRequest, describeConformance, runClient } from '@task-outcome/conformance'
import { createFetchTaskClient } from '../src/index.js'

const toRequest = (
  { url, method, headers, body }: PlainRequest,
  signal: AbortSignal,
): [string, RequestInit] => [url, { method, headers, signal, ...(body === undefined ? {} : { body }) }]

describeConformance(
  {
    name: 'fetch in Node',
    engine: 'undici',
    streams: true,
    run: runClient({ create: limits => createFetchTaskClient(fetch, limits), toRequest }),
  },
  'reports/faults/fetch-node.json',
)
