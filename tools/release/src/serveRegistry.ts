// A registry on a free port of this machine, for as long as its parent wants it. Its parent hands over the folder where
// verdaccio is installed and configured, and is told the port.

import { createRequire } from 'node:module'
import type { AddressInfo, Server } from 'node:net'
import { join } from 'node:path'

const [folder = ''] = process.argv.slice(2)
const { runServer } = createRequire(join(folder, 'package.json'))('verdaccio') as {
  readonly runServer: (configuration: string) => Promise<Server>
}

const server = await runServer(join(folder, 'config.yaml'))
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.send?.({ port })
})
process.on('disconnect', () => process.exit())
