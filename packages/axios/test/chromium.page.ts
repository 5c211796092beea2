import { offer, runClient } from '@task-outcome/conformance/page'
import axios from 'axios'
import { createAxiosTaskClient } from '../src/index.js'
import { withAxiosRetry } from './resendingClients.js'
import { toRequest } from './toRequest.js'

offer({
  'axios (XHR) in Chromium': runClient({
    create: limits => createAxiosTaskClient(axios.create(), limits),
    toRequest,
  }),
  'axios (its fetch adapter) in Chromium': runClient({
    create: limits => createAxiosTaskClient(axios.create({ adapter: 'fetch' }), limits),
    toRequest,
  }),
  'axios (XHR) with axios-retry in Chromium': runClient(withAxiosRetry({ adapter: 'xhr' })),
  'axios (its fetch adapter) with axios-retry in Chromium': runClient(withAxiosRetry({ adapter: 'fetch' })),
})
