/**
 * Submits an ordinary task and three batches, and shows what was accepted and rejected.
 */
import type { Emulator } from '@task-outcome/emulator'
import type { Checks } from './checks.js'
import { clients, startInstances } from './clients.js'
import { type Submitted, ending, resourceRows } from './results.js'
import { showTable } from './showTable.js'

export const submitting = async ({ endpoint }: Emulator, checks: Checks): Promise<void> => {
  const rows: string[][] = []
  for (const { name, submit, submitBatch } of clients) {
    const start = (...ids: ReadonlyArray<string>) => submitBatch(startInstances(endpoint, ids))
    const submissions: ReadonlyArray<readonly [string, Submitted]> = [
      ['AcceptedTask', await submit(`${endpoint}?Action=CreateLoadBalancer`)()],
      ['AllAccepted', await start('ins-1', 'ins-2')()],
      ['PartlyAccepted', await start('ins-3', 'ins-busy', 'ins-4')()],
      ['AllRejected', await start('ins-gone', 'ins-busy')()],
    ]
    for (const [expected, result] of submissions) {
      checks.equal(name, ending(result), expected)
      rows.push(...resourceRows(result).map(row => [name, ending(result), ...row]))
    }
  }
  console.log('\nSubmissions by resource\n')
  console.log(showTable(['client', 'outcome', 'resource', '', 'task id or reason'], rows))
}
