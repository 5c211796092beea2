// The service as a process.
//
//   node dist/main.js                  starts it, configured by environment variables
//   node dist/main.js token [name]     makes a token and its entry in the configuration

import * as E from 'fp-ts/lib/Either.js'
import { pino } from 'pino'
import { makeToken } from './access/makeToken.js'
import { readConfiguration } from './configuration/readConfiguration.js'
import { startService } from './service/startService.js'
import { startExport } from './trace/startExport.js'

const [command, name = 'main', ...more] = process.argv.slice(2)
if (command === 'token' && more.length === 0) {
  const { token, entry } = makeToken(name)
  console.log(`The token, which is shown only now:\n${token}\nIts entry:\n${JSON.stringify(entry)}`)
} else if (command !== undefined) fail(['usage: node dist/main.js [token [name]]'])
else await run()

async function run(): Promise<void> {
  const configuration = readConfiguration(process.env)
  if (E.isLeft(configuration)) {
    fail(configuration.left)
    return
  }
  const { logLevel: level, stopWithinMs } = configuration.right
  const log = pino({ level })
  const { traces } = configuration.right
  const stopExport = traces === undefined ? undefined : await startExport(traces, log)
  const started = await startService(configuration.right, log)
  if (E.isLeft(started)) {
    fail([started.left])
    return
  }
  const service = started.right
  log.info({ url: service.url, roles: [...configuration.right.roles] }, 'started')

  let isStopping = false
  const stop = (signal: string): void => {
    // A second signal means that somebody is in a hurry.
    if (isStopping) process.exit(1)
    isStopping = true
    log.info({ signal }, 'stopping')
    setTimeout(() => {
      log.error('the stop took too long; what was in flight is done again by others')
      process.exit(1)
    }, stopWithinMs).unref()
    const stopped = service.stop().then(() => stopExport?.())
    stopped.then(
      () => {
        log.info('stopped')
        // Timers of libraries may be left.
        process.exit(0)
      },
      (error: unknown) => {
        log.error({ reason: String(error) }, 'the stop failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

function fail(issues: ReadonlyArray<string>): void {
  for (const issue of issues) console.error(issue)
  process.exitCode = 1
}
