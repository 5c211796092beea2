import { type PlainRequest, describeConformance, runClient } from '@task-outcome/conformance'
import axios, { type AxiosRequestConfig } from 'axios'
import { createAxiosTaskClient } from '../src/index.js'

const toRequest = (
  { url, method, headers, body }: PlainRequest,
  signal: AbortSignal,
): [AxiosRequestConfig] => [{ url, method, headers, signal, ...(body === undefined ? {} : { data: body }) }]

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
    name: 'axios with its fetch adapter in Node',
    engine: 'undici',
    streams: true,
    run: runClient({
      create: limits => createAxiosTaskClient(axios.create({ adapter: 'fetch' }), limits),
      toRequest,
    }),
  },
  'reports/faults/axios-fetch-node.json',
)
