import { offer, runClient } from '@task-outcome/conformance/page'
import { createFetchTaskClient } from '../src/index.js'
import { kyOver, retrying, wrappedIn } from './resendingClients.js'
import { toRequest } from './toRequest.js'

offer({
  'fetch in Chromium': runClient({ create: limits => createFetchTaskClient(fetch, limits), toRequest }),
  'fetch-retry around fetch in Chromium': runClient(wrappedIn(retrying)),
  'ky around fetch in Chromium': runClient(wrappedIn(kyOver)),
})
