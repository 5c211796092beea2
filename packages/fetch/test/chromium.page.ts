import { offer, runClient } from '@task-outcome/conformance/page'
import { createFetchTaskClient } from '../src/index.js'
import { toRequest } from './toRequest.js'

offer({
  'fetch in Chromium': runClient({ create: limits => createFetchTaskClient(fetch, limits), toRequest }),
})
