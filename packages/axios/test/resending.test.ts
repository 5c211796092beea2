import { describeOpaque, describeResending, runClient } from '@task-outcome/conformance'
import axios from 'axios'
import { retryAdapterEnhancer } from 'axios-extensions'
import { createAxiosTaskClient } from '../src/index.js'
import { withAxiosRetry, withInterceptor, withRetryAdapter } from './resendingClients.js'
import { toRequest } from './toRequest.js'

const clients = {
  'axios with an interceptor that retries': withInterceptor,
  'axios with axios-retry': withAxiosRetry,
  'axios with the retry adapter of axios-extensions': withRetryAdapter,
}

for (const [name, over] of Object.entries(clients)) {
  describeResending({
    name: `${name}, in Node`,
    engine: 'http',
    streams: true,
    run: runClient(over({})),
  })
  describeResending({
    name: `${name}, over its fetch adapter in Node`,
    engine: 'undici',
    streams: true,
    run: runClient(over({ adapter: 'fetch' })),
  })
}

describeOpaque({
  name: 'axios with an adapter that retries',
  run: runClient({
    create: (limits, { retries }) =>
      createAxiosTaskClient(
        axios.create({ adapter: retryAdapterEnhancer(axios.getAdapter('http'), { times: retries }) }),
        limits,
      ),
    toRequest,
  }),
})
