/**
 * The part of docs/internals/performance.md that is about decoding.
 */
import type { Allocation } from './allocation.js'
import { bodyWithLongId, bodyWithRepeat } from './mistakes.js'
import type { DecoderComparison } from './compareDecoders.js'
import { decoders } from './decoders/decoders.js'
import { allocationTable, decoderLegend, decoderTable, hostileTable, spreadLine } from './decoderTables.js'
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
- **The time**: all decoders in one process, in rounds. In each round everybody has a turn on the same text, in an order that changes, and the ratio is that of two turns in the same round. A turn is at least 12 ms long, or one call of a large response. There are 15 rounds, 9 for 10,000 resources and 7 for 100,000.
- **What it leads to**: \`@task-outcome/core\` gives the outcome, judged: who was accepted and who rejected, what each code means, and whether the codes contradict each other. The others give fields that are there and of the right types.
- **What it gets wrong** was found out by asking: each decoder was given these two bodies. Two tasks run, and a caller must learn both ids.

\`\`\`
${bodyWithLongId}
\`\`\`

\`\`\`
${bodyWithRepeat}
\`\`\`

### How each was set up

${decoders.map(({ name, setUp }) => `- **\`${name}\`**: ${setUp}`).join('\n')}

### Memory

How many bytes are allocated for a clean response, what is kept and what is thrown away alike:

${showMarkdown(allocationTable(allocations))}

Measured in a process whose young generation has room for all of it, so that nothing is collected in between, after calls that let the code be compiled.

### Hostile responses

\`@task-outcome/core\` on a body of size n and on one of 2n, by turns, the best time of each: with a ratio of 2 time grows as the body does. Beside it the ratio of \`JSON.parse\` on the same bodies: where it is above 2 as well, it is the memory that takes longer, not the reading.

${showMarkdown(hostileTable(comparison))}`
