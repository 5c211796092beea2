import { soak } from '@task-outcome/conformance/soak'
import { createFetchTaskClient } from '@task-outcome/fetch'

await soak(import.meta.url, {
  'fetch in Node': {
    create: limits => createFetchTaskClient(globalThis.fetch, limits),
    toRequest: ({ url, method, headers, body }, signal) => [url, { method, headers, body, signal }],
  },
})
