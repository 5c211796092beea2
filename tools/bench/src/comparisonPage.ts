/**
 * docs/internals/waiting.md
 */
import { type PollingMeasurement, pollingLegend, pollingTable } from './comparePollings.js'
import { type Comparison, cutOffMs, waiters } from './compareWaits.js'
import { cutOffTable, latenessLine, legend, measurementTable } from './comparisonTables.js'
import { queryMs, quotaPerSecond } from './Scenario.js'
import { showSeconds } from './show.js'
import { showMarkdown } from './Table.js'
import { nameWithVersion, nodeVersion } from './versions.js'

export const comparisonPage = (
  comparison: Comparison,
  pollings: ReadonlyArray<PollingMeasurement>,
): string => `# Waiting for tasks, compared with other libraries

This page compares \`@task-outcome/wait\` with the waiter of the AWS SDK and the poller of the Azure SDK on the same simulated tasks. \`npm run bench -- wait --write\` writes it. \`npm run bench -- wait\` prints the same numbers every time, because the clock is simulated and the random numbers come from a fixed seed.

${showMarkdown(measurementTable(comparison))}

${legend}

${latenessLine(comparison)} A caller can reach that time only by knowing when the tasks end, and by sending ${quotaPerSecond} queries at the start of each second from then on.

Measured with ${nodeVersion}, ${waiters.map(({ name }) => nameWithVersion(name)).join(', ')} and ${nameWithVersion('@sinonjs/fake-timers')}.

## What the numbers say

- **With more tasks than the quota allows queries**, every library notices ends late; only queries can be saved. The other two libraries know neither rates nor batches: each wait is independent, as in their documentation, and 10,000 waits send 10,000 queries at the same time. Code around them could keep them within a quota; none was written here, and none of their own features was switched off.
- **With few tasks and a large quota**, \`@task-outcome/wait\` looks at all tasks as soon as the first has ended, and notices the other ends first, with half the queries of a query every 2 s. For a single short task, a query every 2 s needs fewer queries and notices the end later. \`@smithy/util-waiter\` needs the fewest, because it increases its delay up to 120 s, and notices ends of long tasks after most of a minute. All three let the caller choose other delays.

## When to query

What is learned from tasks that have ended, beside fixed delays: ${pollingLegend}

${showMarkdown(pollingTable(pollings))}

- **learning** is the default. Before the first end, all tasks are queried as without learning.
- **100 earlier durations** are those of other tasks of the same distribution, as \`earlierDurationsMs\`.
- **without learning** is the default where nothing can be learned: in a resumed wait, and in a wait for one task without \`earlierDurationsMs\`.

## What was simulated

- All tasks and all waits start at time 0. In the first table, all tasks take the same time: 60 s or 3 s. In the second, they take as long as it says.
- A query takes ${showSeconds(queryMs)}. The response has the status of the task at the time when the query is sent.
- The API answers ${quotaPerSecond} of the queries that start in any second, and rejects the others with code 4400, "quota exceeded". A rejected query does not count against the quota; many real quotas are stricter.
- The libraries run unchanged, with the timers and the clock of \`@sinonjs/fake-timers\`.
- Submissions and \`Retry-After\` (which \`@task-outcome/wait\` and Azure's poller respect) are not simulated. In the SDKs the HTTP client would first retry a rejected request; that is not simulated either: the waiter sees every rejection, and queries again after its own delay.

## How each library was set up

${waiters.map(({ name, setUp }) => `- **\`${name}\`**: ${setUp}`).join('\n')}

## After a timeout

The first scenario, stopped at ${showSeconds(cutOffMs)} with each library's own option: \`timeoutMs\`, \`maxWaitTime\`, \`abortSignal\`.

${showMarkdown(cutOffTable(comparison))}
`
