/**
 * The part of docs/internals/performance.md that is about decoding.
 */
import type { Allocation } from './allocation.js'
import { bodyWithLongId, bodyWithRepeat } from './mistakes.js'
import type { DecoderComparison } from './compareDecoders.js'
import { decoders } from './decoders/decoders.js'
import {
  allocationTable,
  decoderLegend,
  decoderTable,
  everydayLegend,
  everydayTable,
  hostileTable,
  spreadLine,
} from './decoderTables.js'
import { machineLine } from './machine.js'
import { showMarkdown } from './Table.js'
import { nameWithVersion, nodeVersion } from './versions.js'

export const decoderLibraries = [
  '@task-outcome/core',
  'io-ts',
  'zod',
  'arktype',
  'lossless-json',
  'json-bigint',
] as const

export const decoderSection = (
  comparison: DecoderComparison,
  allocations: ReadonlyArray<Allocation>,
): string => `## From the body to the outcome

\`npm run bench -- decode\`

![Time relative to JSON.parse, by the number of resources in a clean batch](performance.svg)

${showMarkdown(decoderTable(comparison))}

${decoderLegend}

${spreadLine(comparison)}

Measured with ${[nodeVersion, ...decoderLibraries.map(nameWithVersion), nameWithVersion('tinybench')].join(', ')} on ${machineLine()}.

### What was measured

- **The responses**: \`ordinary\` is a response about one resource, the others are batches. An entry has about 90 bytes: a resource id of 36 characters and a task id of 13 digits as a string. One entry in ten is rejected; a batch of one is accepted. \`long integers\` has task ids beyond 2^53 as numbers, \`repeated resource\` has the first entry a second time at its end, and \`extra fields\` has five more fields in each entry.
- **The time**: all decoders run in one process, in rounds. In each round every decoder has a turn on the same text, in changing order, and the ratio compares two turns of the same round. A turn takes at least 12 ms, or one call for a large response. There are 15 rounds, 9 for 10,000 resources and 7 for 100,000.
- **The result**: \`@task-outcome/core\` returns the outcome: which resources were accepted and which rejected, what each code means, and whether the codes contradict each other. The others only check that fields exist and have the right types.
- **What it gets wrong** was measured: each decoder decoded these two bodies. Each body starts two tasks, and a caller must learn both ids.

\`\`\`
${bodyWithLongId}
\`\`\`

\`\`\`
${bodyWithRepeat}
\`\`\`

### How each was set up

${decoders.map(({ name, setUp }) => `- **\`${name}\`**: ${setUp}`).join('\n')}

### Everyday responses

States of tasks, refusals, and valid batches that are written in another way:

${showMarkdown(everydayTable(comparison))}

${everydayLegend}

### Memory

Bytes allocated for a clean response, including garbage:

${showMarkdown(allocationTable(allocations))}

Measured after a warm-up, in a process whose young generation is large enough that no collection happens in between.

### Hostile responses

\`@task-outcome/core\` on bodies of size n and 2n in turns, the best time of each. A ratio of 2 means that the time grows linearly with the body. The last column is the ratio of \`JSON.parse\` on the same bodies: if it is also above 2, memory takes the additional time, not decoding.

${showMarkdown(hostileTable(comparison))}`
