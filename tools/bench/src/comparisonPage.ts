/**
 * docs/internals/waiting.md
 */
import { type Comparison, cutOffMs, waiters } from './compareWaits.js'
import { cutOffTable, latenessLine, legend, measurementTable } from './comparisonTables.js'
import { queryMs, quotaPerSecond } from './Scenario.js'
import { showSeconds } from './show.js'
import { showMarkdown } from './Table.js'
import { nameWithVersion, nodeVersion } from './versions.js'

export const comparisonPage = (comparison: Comparison): string => `# Waiting for tasks, beside other libraries

How \`@task-outcome/wait\` does beside the waiter of the AWS SDK and the poller of the Azure SDK, on the same simulated tasks. The page is written by \`npm run bench -- wait --write\`; \`npm run bench -- wait\` prints the same numbers, every time, as the clock is simulated and what is random comes from a fixed seed.

${showMarkdown(measurementTable(comparison))}

${legend}

${latenessLine(comparison)} That moment is the one of a caller who knows when the tasks end, and asks ${quotaPerSecond} times at once each second from then on.

Measured with ${nodeVersion}, ${waiters.map(({ name }) => nameWithVersion(name)).join(', ')} and ${nameWithVersion('@sinonjs/fake-timers')}.

## What the numbers say

- **With more tasks than the quota has room for**, ends are noticed late by any library; what can be saved is queries. The other two have no notion of a rate or of a batch: each wait is independent, as in their documentation, and 10,000 of them ask 10,000 times at once. They can be kept within a quota by code around them; none was written here, and nothing that they do by themselves was switched off.
- **With few tasks and room to spare**, asking every 2 s notices ends sooner. For short tasks that takes fewer queries, too; for long ones more, as \`@task-outcome/wait\` asks less and less often, up to every 10 s, and \`@smithy/util-waiter\` up to every 120 s. All three let the caller choose other delays.

## What was simulated

- All tasks begin at time 0, when the waits begin, and take equally long: 60 s or 3 s.
- A query takes ${showSeconds(queryMs)}. It is answered by the state that the task has when the query is sent.
- The API answers ${quotaPerSecond} of the queries that start in any second, and refuses the others with code 4400, "quota exceeded". A refused query takes no room from others, which is kinder than many quotas are.
- The libraries run unchanged. Their timers and their time are those of \`@sinonjs/fake-timers\`.
- Submitting, and the API's own wish for a delay (\`Retry-After\`, which \`@task-outcome/wait\` and Azure's poller respect), are not part of it. In the SDKs a refused request would be sent again by the HTTP client first, which is not part of it either: the waiter hears of every refusal, and asks again after its own delay.

## How each library was set up

${waiters.map(({ name, setUp }) => `- **\`${name}\`**: ${setUp}`).join('\n')}

## When the time is over

The first scenario, cut off at ${showSeconds(cutOffMs)} by each library's own means: \`timeoutMs\`, \`maxWaitTime\`, \`abortSignal\`.

${showMarkdown(cutOffTable(comparison))}
`
