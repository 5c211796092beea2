/**
 * The main job, end to end: submissions go out through axios and through fetch, and typed task outcomes come back.
 */
import { createAxiosTaskClient } from '@task-outcome/axios'
import { startEmulator } from '@task-outcome/emulator'
import { createFetchTaskClient } from '@task-outcome/fetch'
import { documentedAnswers } from '@task-outcome/fixtures'
import axios from 'axios'
import { type Result, type Submitted, ending, inOneLine, resourceRows, taskIds } from './results.js'
import { showTable } from './showTable.js'

// A server on this machine that answers as the API does. Two of its resources refuse to work.
const emulator = await startEmulator({
  rejections: {
    'ins-busy': { code: 5100, message: '(10011)instance is busy' },
    'ins-gone': { code: 5000, message: '(10012)instance not found' },
  },
})

const overAxios = createAxiosTaskClient(axios.create({ timeout: 10_000 }))
const overFetch = createFetchTaskClient(fetch, { timeoutMs: 10_000 })

// Both clients take what their own library takes; here all of it is in the URL.
const clients = [
  {
    name: 'axios',
    submit: (url: string) => overAxios.submit({ url }),
    submitBatch: (url: string) => overAxios.submitBatch({ url }),
    status: (url: string) => overAxios.status({ url }),
  },
  {
    name: 'fetch',
    submit: overFetch.submit,
    submitBatch: overFetch.submitBatch,
    status: overFetch.status,
  },
]

const problems: string[] = []
const check = (what: string, found: unknown, expected: unknown): void => {
  if (String(found) !== String(expected))
    problems.push(`${what}: expected ${String(expected)}, found ${String(found)}`)
}

// -------------------------------------------------------------------------------------
// An ordinary task, and three batches.
// -------------------------------------------------------------------------------------

const create = `${emulator.endpoint}?Action=CreateLoadBalancer`
const start = (...instanceIds: ReadonlyArray<string>): string =>
  instanceIds.reduce(
    (url, id, index) => `${url}&instanceIds.${String(index)}=${id}`,
    `${emulator.endpoint}?Action=StartInstances`,
  )

const rows: string[][] = []
for (const { name, submit, submitBatch } of clients) {
  const submissions: ReadonlyArray<readonly [string, Submitted]> = [
    ['AcceptedTask', await submit(create)()],
    ['AllAccepted', await submitBatch(start('ins-1', 'ins-2'))()],
    ['PartlyAccepted', await submitBatch(start('ins-3', 'ins-busy', 'ins-4'))()],
    ['AllRejected', await submitBatch(start('ins-gone', 'ins-busy'))()],
  ]
  for (const [expected, result] of submissions) {
    check(name, ending(result), expected)
    rows.push(...resourceRows(result).map(row => [name, ending(result), ...row]))
  }
}

console.log('What was submitted, resource by resource\n')
console.log(showTable(['client', 'outcome', 'resource', '', 'task id or reason'], rows))

// -------------------------------------------------------------------------------------
// Every answer that the vendor's documentation shows, served as it is.
// -------------------------------------------------------------------------------------

console.log('\nThe answers in the documentation\n')
for (const { name, source, asked, body, ending: expected, taskIds: expectedIds } of documentedAnswers) {
  const url = emulator.serve({ body })
  console.log(`${name} (${source})`)
  for (const client of clients) {
    const ask = { ordinary: client.submit, batch: client.submitBatch, status: client.status }[asked]
    const result: Result = await ask(url)()
    check(`${name} over ${client.name}`, ending(result), expected)
    check(`${name} over ${client.name}`, taskIds(result), expectedIds)
    console.log(`  ${client.name}: ${inOneLine(result)}`)
  }
}

await emulator.close()

if (problems.length > 0) {
  console.error(`Not as it should be:\n${problems.join('\n')}`)
  process.exitCode = 1
} else {
  console.log('\nEverything came out as it should.')
}
