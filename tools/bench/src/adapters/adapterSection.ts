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

- **The server** is \`@task-outcome/emulator\` on this machine, in a process of its own: there is no network, so that what the client does counts as much as it ever can.
- **The responses** are the ordinary one and the clean batch of 1,000 resources from above.
- **The pairs**: after two seconds for each to warm up, the adapter sends one request after the other, or 50 at once, for 0.12 seconds, then the bare client does, 60 times, and each comes first as often as the other. Each pair has its ratio. The last rows have bare \`fetch\` beside itself: so far from 1 is what has no reason.
- **What each does**: the adapters give an outcome, read without loss, refuse redirects, watch the size of the response and know whether a request was sent. Bare \`fetch\` and axios give what \`JSON.parse\` gives, and check nothing.`
