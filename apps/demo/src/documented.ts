/**
 * Decodes every response in the vendor's documentation, byte for byte.
 */
import type { Emulator } from '@task-outcome/emulator'
import { type DocumentedResponse, documentedResponses } from '@task-outcome/fixtures'
import type { Checks } from './checks.js'
import { type Client, clients } from './clients.js'
import { type Result, ending, inOneLine, taskIds } from './results.js'

export const documented = async (emulator: Emulator, checks: Checks): Promise<void> => {
  console.log('\nThe responses in the vendor’s documentation\n')
  for (const response of documentedResponses) {
    const { name, source, body, ending: expected, taskIds: expectedIds } = response
    const url = emulator.serve({ body })
    console.log(`${name} (${source})`)
    for (const client of clients) {
      const result = await send(client, response, url)
      checks.equal(`${name} with ${client.name}`, ending(result), expected)
      checks.equal(`${name} with ${client.name}`, taskIds(result), expectedIds)
      console.log(`  ${client.name}: ${inOneLine(result)}`)
    }
  }
}

const send = (client: Client, { operation, taskIdAt }: DocumentedResponse, url: string): Promise<Result> => {
  switch (operation) {
    case 'ordinary':
      return client.submit(url, taskIdAt === undefined ? {} : { taskIdAt })()
    case 'batch':
      return client.submitBatch(url)()
    case 'status':
      return client.status(url)()
  }
}
