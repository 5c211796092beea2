// A registry on a free port of this machine, for as long as its parent wants it. Its parent hands over the folder where
// verdaccio is installed and configured, and is told the port.

import { createRequire } from 'node:module'
import { join } from 'node:path'

const [folder] = process.argv.slice(2)
const { runServer } = createRequire(join(folder, 'package.json'))('verdaccio')

const server = await runServer(join(folder, 'config.yaml'))
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
process.on('disconnect', () => process.exit())
