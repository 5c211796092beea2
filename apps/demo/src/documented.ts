/**
 * Every response that the vendor's documentation shows, served as it is.
 */
import type { Emulator } from '@task-outcome/emulator'
import { type DocumentedResponse, documentedResponses } from '@task-outcome/fixtures'
import type { Checks } from './checks.js'
import { type Client, clients } from './clients.js'
import { type Result, ending, inOneLine, taskIds } from './results.js'

export const documented = async (emulator: Emulator, checks: Checks): Promise<void> => {
  console.log('\nThe answers in the documentation\n')
  for (const answer of documentedResponses) {
    const { name, source, body, ending: expected, taskIds: expectedIds } = answer
    const url = emulator.serve({ body })
    console.log(`${name} (${source})`)
    for (const client of clients) {
      const result = await ask(client, answer, url)
      checks.equal(`${name} over ${client.name}`, ending(result), expected)
      checks.equal(`${name} over ${client.name}`, taskIds(result), expectedIds)
      console.log(`  ${client.name}: ${inOneLine(result)}`)
    }
  }
}

const ask = (client: Client, { asked, taskIdAt }: DocumentedResponse, url: string): Promise<Result> => {
  switch (asked) {
    case 'ordinary':
      return client.submit(url, taskIdAt === undefined ? {} : { taskIdAt })()
    case 'batch':
      return client.submitBatch(url)()
    case 'status':
      return client.status(url)()
  }
}
