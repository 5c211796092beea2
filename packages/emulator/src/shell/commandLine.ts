/**
 * @internal
 */
import { parseArgs } from 'node:util'
import type { EmulatedFailure } from '../tasks/EmulatedTask.js'
import type { EmulatorCredential } from '../signature/EmulatorCredential.js'
import type { EmulatorOptions } from '../server/EmulatorOptions.js'

/** A parsed command line. */
export type CommandLine =
  | { readonly _tag: 'Start'; readonly options: EmulatorOptions }
  | { readonly _tag: 'Help' }
  | { readonly _tag: 'Version' }
  | { readonly _tag: 'Mistake'; readonly message: string }

export const readCommandLine = (words: ReadonlyArray<string>): CommandLine => {
  try {
    const { values } = parseArgs({ args: [...words], options: flags })
    if (values.help === true) return { _tag: 'Help' }
    if (values.version === true) return { _tag: 'Version' }
    return {
      _tag: 'Start',
      options: {
        port: wholeNumber('--port', values.port, 65535),
        host: values.host,
        taskDurationMs: wholeNumber(
          '--task-duration-ms',
          values['task-duration-ms'],
          Number.MAX_SAFE_INTEGER,
        ),
        rejections: reasons('--reject', values.reject),
        failures: reasons('--fail', values.fail),
        ...(values.credential.length === 0 ? {} : { credentials: values.credential.map(credentialIn) }),
      },
    }
  } catch (error) {
    // parseArgs throws for an invalid flag; we throw for an invalid value
    return { _tag: 'Mistake', message: error instanceof Error ? error.message : String(error) }
  }
}

const flags = {
  port: { type: 'string', default: '0' },
  host: { type: 'string', default: '127.0.0.1' },
  'task-duration-ms': { type: 'string', default: '5000' },
  reject: { type: 'string', multiple: true, default: [] as string[] },
  fail: { type: 'string', multiple: true, default: [] as string[] },
  credential: { type: 'string', multiple: true, default: [] as string[] },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const

const wholeNumber = (flag: string, text: string, greatest: number): number => {
  const number = /^[0-9]+$/.test(text) ? Number(text) : NaN
  if (!(number <= greatest))
    throw new Error(`${flag} must be an integer from 0 to ${greatest}, found ${quoted(text)}`)
  return number
}

/** Parses pairs such as `ins-1=5000`. An id may contain an equals sign. */
const reasons = (flag: string, pairs: ReadonlyArray<string>): Readonly<Record<string, EmulatedFailure>> =>
  Object.fromEntries(
    pairs.map(pair => {
      const [, id, digits] = /^(.+)=(-?[0-9]+)$/s.exec(pair) ?? []
      const code = Number(digits)
      if (id === undefined || !Number.isSafeInteger(code) || code === 0)
        throw new Error(
          `${flag} must be ID=CODE with a code other than 0, such as ins-1=5000, found ${quoted(pair)}`,
        )
      return [id, { code, message: `${flag} ${pair}` }]
    }),
  )

/** Parses a pair such as `AKID=key`. A key may contain an equals sign, and is not repeated in a message. */
const credentialIn = (pair: string): EmulatorCredential => {
  const [, secretId, secretKey] = /^([^=\s]+)=(.+)$/s.exec(pair) ?? []
  if (secretId === undefined || secretKey === undefined)
    throw new Error('--credential must be ID=KEY, such as AKIDEXAMPLE=key')
  return { secretId, secretKey }
}

const quoted = (text: string): string => JSON.stringify(text)
