import { soak } from '@task-outcome/conformance/soak'
import { createFetchTaskClient } from '@task-outcome/fetch'
const kept = []
const toRequest = ({ url, method, headers, body }, signal) => [url, { method, headers, body, signal }]
await soak(import.meta.url, {
  leaky: { create: limits => createFetchTaskClient(globalThis.fetch, limits),
    toRequest: (r, signal) => { kept.push({ ...r, url: r.url + kept.length }); if (kept.length%1000===0) signal.addEventListener('abort', () => {}); return toRequest(r, signal) } },
  hanging: { create: () => createFetchTaskClient(globalThis.fetch), toRequest },
})
