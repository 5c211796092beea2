/**
 * The command `emulate`.
 *
 * @internal
 */
import { startEmulator } from '@task-outcome/emulator'
import { type ExitCode, exitCodes, usageError } from '../exitCodes.js'
import type { Shell } from '../output/Shell.js'
import { visible } from '../output/visible.js'

export interface EmulateOptions {
  readonly port: number
  readonly host: string
  readonly taskDurationMs: number
  readonly reject: ReadonlyArray<string>
  readonly fail: ReadonlyArray<string>
  readonly credential: ReadonlyArray<string>
}

/** Runs until the process gets a signal to stop. */
export const emulate = async (shell: Shell, options: EmulateOptions): Promise<ExitCode> => {
  const credentials = options.credential.map(readCredential)
  const emulator = await startEmulator({
    port: options.port,
    host: options.host,
    taskDurationMs: options.taskDurationMs,
    rejections: readFailures('--reject', options.reject),
    failures: readFailures('--fail', options.fail),
    ...(credentials.length === 0 ? {} : { credentials }),
  }).catch((thrown: unknown) => {
    throw usageError(
      `cannot listen on ${visible(options.host)}, port ${options.port}: ${thrown instanceof Error ? visible(thrown.message) : 'unknown error'}`,
    )
  })
  const stopped = new Promise<void>(resolve => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve)
  })
  shell.stdout.write(
    `API 2.0: ${emulator.endpoint}\n` +
      (credentials.length === 0
        ? `Try: curl -s '${emulator.endpoint}?Action=StartInstances&instanceIds.0=ins-1' | task-outcome read\n`
        : `API 3.0: ${emulator.url}\n`),
  )
  shell.stderr.write('Press Ctrl-C to stop.\n')
  await stopped
  await emulator.close()
  return exitCodes.allWell
}

/** Parses pairs such as `ins-1=5000`. An id may contain an equals sign. */
const readFailures = (flag: string, pairs: ReadonlyArray<string>) =>
  Object.fromEntries(
    pairs.map(pair => {
      const [, id, digits] = /^(.+)=(-?\d{1,15})$/s.exec(pair) ?? []
      const code = Number(digits)
      if (id === undefined || code === 0)
        throw usageError(
          `${flag} "${visible(pair)}": type ID=CODE with a code other than 0, such as ins-1=5000`,
        )
      return [id, { code, message: `${flag} ${pair}` }]
    }),
  )

/** Parses pairs such as `AKID=key`. A key may contain an equals sign, and is not repeated in a message. */
const readCredential = (pair: string) => {
  const [, secretId, secretKey] = /^([^=\s]+)=(.+)$/s.exec(pair) ?? []
  if (secretId === undefined || secretKey === undefined)
    throw usageError('--credential: type ID=KEY, such as AKIDEXAMPLE=key')
  return { secretId, secretKey }
}
