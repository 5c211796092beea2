import { soak } from '@task-outcome/conformance/soak'
import { createFetchTaskClient } from '@task-outcome/fetch'
import { toRequest } from './toRequest.ts'

await soak(import.meta.url, {
  'fetch in Node': {
    create: limits => createFetchTaskClient(globalThis.fetch, limits),
    toRequest,
  },
})
