/**
 * The packages on Bun, Deno and workerd: what works, and what becomes of failures.
 */
import { type Emulator, startEmulator } from '@task-outcome/emulator'
import type { Case } from '../programs/failures.js'
import { appPrints } from './bundled.js'
import type { Matrix } from './consumersPage.js'
import { equal } from './equal.js'
import { type FailureCase, failureCases } from './failureCases.js'
import type { Cell } from './Report.js'
import { type Runtime, listRuntimes } from './Runtime.js'
import type { TestContext } from './TestContext.js'

export const onRuntimes = async (kit: TestContext): Promise<Matrix> => {
  const runtimes = await listRuntimes(kit)
  const emulator = await startEmulator({
    rejections: { 'ins-2': { code: 5000, message: 'no such instance' } },
    taskDurationMs: 0,
  })
  const rows: string[][] = []
  try {
    for (const runtime of runtimes.slice(1))
      rows.push([
        runtime.name,
        await kit.report.check(`${runtime.name}: an application`, async () =>
          equal(await runtime.runApp(emulator.endpoint), appPrints),
        ),
        await firstPrograms(kit, runtime, 'mjs'),
        await firstPrograms(kit, runtime, 'cjs'),
      ])
  } finally {
    await emulator.close()
  }
  return {
    title: 'Other runtimes',
    text: 'The application of the table above, without a bundler on Bun and Deno, and bundled with esbuild as a worker for workerd, the runtime of Cloudflare Workers and miniflare. And the first program of each README, as an ES module and as CommonJS; an error message of the runtime itself is not compared. A worker can’t start the emulator, so these programs don’t apply to workerd (–).',
    columns: ['runtime', 'application', 'ES modules', 'CommonJS'],
    rows,
  }
}

const firstPrograms = async (
  { report, consumer }: TestContext,
  { name, runFile }: Runtime,
  kind: 'mjs' | 'cjs',
): Promise<Cell | '–'> => {
  if (runFile === undefined) return '–'
  const cells: Cell[] = []
  for (const { shortName, prints } of consumer.firstPrograms)
    cells.push(
      await report.check(`${name}: first program of ${shortName}, ${kind}`, async () =>
        equal(withoutMessages(await runFile(`first-${shortName}.${kind}`)), withoutMessages(prints)),
      ),
    )
  return cells.every(cell => cell === 'passes') ? 'passes' : 'FAILS'
}

const withoutMessages = (text: string): string => text.replaceAll(/^TypeError: .*$/gm, 'TypeError')

/** What each failure becomes on each runtime. No result may be that of a failure that is not there, and none may be missing. */
export const failuresOnRuntimes =
  (client: Case['client']) =>
  async (kit: TestContext): Promise<Matrix> => {
    const runtimes = await listRuntimes(kit)
    const emulator = await startEmulator()
    const rows: string[][] = []
    try {
      for (const failure of failureCases) {
        const cells: string[] = []
        for (const runtime of runtimes)
          await kit.report.check(`${runtime.name}: ${client}, ${failure.name}`, async () => {
            cells.push(await resultOf(emulator, runtime, client, failure))
          })
        rows.push([failure.name, ...cells])
      }
    } finally {
      await emulator.close()
    }
    return {
      title: `Failures with ${client}`,
      text: texts[client],
      columns: ['failure', ...runtimes.map(({ name }) => name)],
      rows,
    }
  }

const texts = {
  fetch: `What \`createFetchTaskClient\` returns for a POST with the \`fetch\` of each runtime. \`sent twice\` means that two requests arrived at the server. Why the runtimes differ:

- Bun, Deno and workerd send a request again when a reused connection breaks, Deno a POST as well. If the new connection is refused, the first request may have arrived all the same. So a refused connection is \`DeliveryUnknown\`, unless you turn this off and set \`sendsOnce: true\`: [When to send again](../guides/when-to-send-again.md#clients-that-send-again-by-themselves).
- Deno's errors have no codes. Those of a failure to connect get the codes of Node from their messages.
- workerd has one error for all failures, so no failure is \`NotSent\` except what was aborted before the call.`,
  axios:
    'The same with `createAxiosTaskClient`. axios uses `node:http` on Node, Bun and Deno, and `fetch` on workerd. `node:http` of Deno sends a request again as its `fetch` does.',
}

/** Runs one case. One that needs a reused connection is repeated until the runtime has reused one. */
const resultOf = async (
  emulator: Emulator,
  runtime: Runtime,
  client: Case['client'],
  { prepare, mayRecover = false }: FailureCase,
): Promise<string> => {
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const { asked, counts = false } = await prepare(emulator)
    const [exact = ''] = await runtime.runCases([{ client, ...asked }])
    const result = mayRecover ? `${exact.replace(', 1 recovered', '')}, up to 1 recovered` : exact
    const path = new URL(asked.url).pathname
    const arrived = emulator.requests.filter(request => counts && request.path === path)
    const [first, ...others] = asked.again === true ? arrived : [undefined, ...arrived]
    if (result.startsWith('NotSent') && others.length > 0) throw new Error(`${result}, but it has arrived`)
    if (first !== undefined && first.connectionNumber !== others[0]?.connectionNumber) continue
    return others.length > 1 ? `${result}, sent ${times(others.length)}` : result
  }
  return 'no connection is reused'
}

const mostAttempts = 10

const times = (count: number): string => (count === 2 ? 'twice' : `${count} times`)
