/**
 * `npm run bench -- wait [--markdown | --write]`, `memory`, `many`, `imports`, `decode [--write]` and `adapters [--write]`
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { serveResponses } from './adapters/responseServer.js'
import { compareOverHttp } from './adaptersCommand.js'
import { comparePollings, pollingLegend, pollingTable } from './comparePollings.js'
import { compareImports, importLegend, importTable } from './compareImports.js'
import { compareWaits, waiters } from './compareWaits.js'
import { comparisonPage } from './comparisonPage.js'
import { cutOffLine, cutOffTable, latenessLine, legend, measurementTable } from './comparisonTables.js'
import { allocation, decode } from './decodeCommand.js'
import { measureManyTasks } from './manyTasks.js'
import { measureIds, measureMemory, mostBytesPerId, mostBytesPerTask } from './memory.js'
import { showBytes, showDuration, showNumber } from './show.js'
import { showMarkdown, showText } from './Table.js'
import { nameWithVersion, nodeVersion } from './versions.js'

const usage = `Usage: npm run bench -- wait [--markdown | --write]
       npm run bench -- memory
       npm run bench -- many
       npm run bench -- imports
       npm run bench -- decode [--write]
       npm run bench -- adapters [--write]

wait     compares @task-outcome/wait with other libraries; --markdown prints the table for a README,
         --write writes docs/internals/waiting.md and the table in the README of wait
memory   measures the memory that a wait needs for each pending task, and that ids of large bodies keep
many     measures a wait for a million pending tasks
imports  compares what it costs to import @task-outcome/core and other packages
decode   compares @task-outcome/core with other decoders; --write writes that part of docs/internals/performance.md
         and the picture in it
adapters compares @task-outcome/fetch and @task-outcome/axios with fetch and axios alone; --write writes
         that part of docs/internals/performance.md`

const page = new URL('../../../docs/internals/waiting.md', import.meta.url)
const readme = new URL('../../../packages/wait/README.md', import.meta.url)

/** The table is between two comments. */
const replaceTable = (text: string, table: Parameters<typeof showMarkdown>[0]): string => {
  const [before, rest] = text.split('<!-- comparison -->')
  const after = rest?.split('<!-- /comparison -->')[1]
  if (before === undefined || after === undefined)
    throw new Error('The README has no place for the comparison')
  return `${before}<!-- comparison -->\n\n${showMarkdown(table)}\n\n<!-- /comparison -->${after}`
}

const wait = async (option: string | undefined): Promise<void> => {
  const begins = (what: string): void => console.error(`${what}…`)
  const pollings = await comparePollings(undefined, begins)
  const comparison = await compareWaits(undefined, begins)
  if (option === '--write') {
    writeFileSync(page, comparisonPage(comparison, pollings))
    writeFileSync(readme, replaceTable(readFileSync(readme, 'utf8'), measurementTable(comparison)))
    for (const file of [page, readme]) console.log(`${fileURLToPath(file)} is written`)
  } else if (option === '--markdown') console.log(showMarkdown(measurementTable(comparison)))
  else
    console.log(
      [
        `Waiting for tasks, in simulated time\n${[nodeVersion, ...waiters.map(({ name }) => nameWithVersion(name))].join(', ')}`,
        showText(measurementTable(comparison)),
        `${legend}\n${latenessLine(comparison)}`,
        `When to query: ${pollingLegend}\n\n${showText(pollingTable(pollings)).replaceAll('`', '')}`,
        `${cutOffLine(comparison)}\n\n${showText(cutOffTable(comparison)).replaceAll('`', '')}`,
      ].join('\n\n'),
    )
}

/** Starts the process again with what collects garbage, if it is not there. */
const withGarbageCollection = async (run: (collectGarbage: () => void) => Promise<void>): Promise<void> => {
  const collectGarbage = globalThis.gc // exists only with --expose-gc
  if (collectGarbage !== undefined) {
    await run(() => {
      collectGarbage()
    })
    return
  }
  const { status } = spawnSync(process.execPath, ['--expose-gc', ...process.argv.slice(1)], {
    stdio: 'inherit',
  })
  process.exitCode = status ?? 1
}

const many = async (collectGarbage: () => void): Promise<void> => {
  const measured = await measureManyTasks(collectGarbage)
  const { tasks, callMs, blockMs, microsecondsPerQuery, bareMicrosecondsPerQuery, bytesPerTask } = measured
  console.log(
    [
      `A wait for many tasks\n${[nodeVersion, nameWithVersion('@task-outcome/wait')].join(', ')}`,
      `${showNumber(tasks)} pending tasks: ${showNumber(bytesPerTask)} bytes per task, ` +
        `${showNumber(microsecondsPerQuery, 1)} µs of CPU per query (${showNumber(bareMicrosecondsPerQuery, 1)} µs without a wait)`,
      `The call returns after ${showDuration(callMs)}; after that nothing blocks for longer than ${showDuration(blockMs)}`,
    ].join('\n\n'),
  )
}

const memory = async (collectGarbage: () => void): Promise<void> => {
  const { tasks, looksPerTask, bytesPerTask } = await measureMemory(collectGarbage)
  const { ids, bodyBytes, bytesPerId } = measureIds(collectGarbage)
  const isTooMuch = bytesPerTask > mostBytesPerTask || bytesPerId > mostBytesPerId
  console.log(
    [
      `Memory of a wait, and of ids\n${[nodeVersion, nameWithVersion('@task-outcome/wait')].join(', ')}`,
      `${showNumber(tasks)} pending tasks, each queried ${showNumber(looksPerTask, 1)} times: ${showNumber(bytesPerTask)} bytes per task, ` +
        `${bytesPerTask > mostBytesPerTask ? 'more than' : 'of'} the ${showNumber(mostBytesPerTask)} that are allowed`,
      `${showNumber(ids)} ids of as many bodies of ${showBytes(bodyBytes)}: ${showBytes(bytesPerId)} per id`,
    ].join('\n\n'),
  )
  if (isTooMuch) process.exitCode = 1
}

const isForWriting = (options: ReadonlyArray<string>): boolean => /^(--write)?$/.test(options.join(' '))

const program = fileURLToPath(import.meta.url)
const [command, ...options] = process.argv.slice(2)
if (command === 'wait' && (options.length === 0 || /^(--markdown|--write)$/.test(options.join(' '))))
  await wait(options[0])
else if (command === 'memory' && options.length === 0) await withGarbageCollection(memory)
else if (command === 'many' && options.length === 0) await withGarbageCollection(many)
else if (command === 'imports' && options.length === 0)
  console.log(
    `Importing a package\n${nodeVersion}\n\n${showText(importTable(compareImports()))}\n\n${importLegend}`,
  )
else if (command === 'decode' && isForWriting(options)) decode(program, options.length > 0)
else if (command === 'adapters' && isForWriting(options)) await compareOverHttp(program, options.length > 0)
// The last two are for `decode` and `adapters`, which start them as separate processes.
else if (command === 'allocation' && options.length === 0) allocation()
else if (command === 'server' && options.length === 0) await serveResponses()
else {
  console.error(usage)
  process.exitCode = 2
}
