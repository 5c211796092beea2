/**
 * The part of docs/internals/performance.md that is about adapters.
 */
import { machineLine } from '../machine.js'
import { showMarkdown } from '../Table.js'
import { nameWithVersion, nodeVersion } from '../versions.js'
import { adapterLegend, adapterTable } from './adapterTable.js'
import type { AdapterMeasurement } from './compareAdapters.js'

export const adapterLibraries = ['@task-outcome/fetch', '@task-outcome/axios', 'axios'] as const

export const adapterSection = (measured: ReadonlyArray<AdapterMeasurement>): string => `## Over HTTP

\`npm run bench -- adapters\`

${showMarkdown(adapterTable(measured))}

${adapterLegend}

Measured with ${[nodeVersion, ...adapterLibraries.map(nameWithVersion)].join(', ')} on ${machineLine()}.

### What was measured

- **The server** is \`@task-outcome/emulator\` on this machine, in a separate process. There is no network, so the client's share of the time is as large as possible.
- **The responses** are the ordinary one and the clean batch of 1,000 resources from above.
- **The pairs**: after a warm-up of two seconds each, the adapter sends one request after the other, or 50 concurrently, for 0.12 seconds, then the bare client does the same. This happens 60 times, and each goes first equally often. Each pair has its own ratio. The last rows compare bare \`fetch\` with itself: their distance from 1 is noise.
- **What each does**: the adapters return an outcome without losing ids, follow no redirects, limit the size of the response, and know whether a request was sent. Bare \`fetch\` and axios return what \`JSON.parse\` returns, and check nothing.`
