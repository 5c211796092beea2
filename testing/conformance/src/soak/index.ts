/**
 * Ten thousand submissions through a client while the server fails a fifth of them: each must end in one result, in time,
 * and nothing may be left of any.
 */
import { fileURLToPath } from 'node:url'
import type { ClientUnderTest } from '../Subject.js'
import { submitRounds } from './submitRounds.js'
import { watch } from './watch.js'

/**
 * Soaks each client in a separate process, which runs the calling program again. Sets the exit code.
 *
 * @param program - `import.meta.url` of the caller
 */
export const soak = async (
  program: string,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each client has its own type of requests
  clients: Readonly<Record<string, ClientUnderTest<any>>>,
): Promise<void> => {
  const client = clients[process.argv[2] ?? '']
  if (client !== undefined) {
    submitRounds(client)
    return
  }
  for (const name of Object.keys(clients)) {
    const faults = await watch(fileURLToPath(program), name)
    for (const fault of faults) console.error(`${name}: ${fault}`)
    if (faults.length > 0) process.exitCode = 1
  }
}
