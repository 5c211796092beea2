// A service with an emulated API, in a folder of its own.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Emulator, type EmulatorOptions, startEmulator } from '@task-outcome/emulator'
import * as E from 'fp-ts/lib/Either.js'
import { pino } from 'pino'
import { sha256 } from '../src/access/makeToken.js'
import { readConfiguration } from '../src/configuration/readConfiguration.js'
import { type Service, startService } from '../src/service/startService.js'

const credentials = { secretId: 'AKIDEXAMPLE', secretKey: 'a secret that no log may have' }

export const tokens = {
  admin: 'token-of-the-admin',
  main: 'token-of-main',
  both: 'token-of-main-and-other',
  reader: 'token-of-a-reader',
  stranger: 'token-of-a-stranger',
}

const entries = [
  { name: 'admin', sha256: sha256(tokens.admin), accounts: 'all', access: 'write' },
  { name: 'main', sha256: sha256(tokens.main), accounts: ['main'], access: 'write' },
  {
    name: 'both',
    sha256: sha256(tokens.both),
    accounts: ['main', 'other', 'unsure', 'offline'],
    access: 'write',
  },
  { name: 'reader', sha256: sha256(tokens.reader), accounts: ['main'], access: 'read' },
  { name: 'stranger', sha256: sha256(tokens.stranger), accounts: ['elsewhere'], access: 'write' },
]

export interface Trial {
  readonly emulator: Emulator
  readonly url: string
  readonly folder: string
  readonly logged: () => string
  /** Calls the API with a token. */
  readonly call: (
    method: string,
    path: string,
    options?: {
      readonly token?: string | undefined
      readonly body?: unknown
      readonly headers?: Record<string, string>
    },
  ) => Promise<Response>
  /** Stops the service and starts it again, with other variables. */
  readonly restart: (environment?: Environment) => Promise<void>
  readonly stop: () => Promise<void>
}

export type Environment = Readonly<Record<string, string>>

/** The variables of a service that calls the emulator. */
const environmentFor = async (emulator: Emulator, folder: string): Promise<Environment> => ({
  TRACKER_FOLDER: folder,
  TRACKER_PORT: '0',
  TRACKER_TOKENS: JSON.stringify(entries),
  TRACKER_ACCOUNTS: JSON.stringify(
    Object.fromEntries(
      Object.entries({
        main: emulator.url,
        other: emulator.url,
        // What was started by a submission that gets no response is not known.
        unsure: emulator.serve({ body: '{', fault: { _tag: 'Close', at: 'beforeResponse' } }),
        offline: await emulator.refusedUrl(),
      }).map(([name, endpoint]) => [
        name,
        { credentials, region: 'ap-guangzhou', services: ['clb', 'cvm'], endpoint },
      ]),
    ),
  ),
  TRACKER_LOG_LEVEL: 'debug',
})

export const startTrial = async (
  options: EmulatorOptions = {},
  environment: Environment = {},
): Promise<Trial> => {
  const emulator = await startEmulator({ credentials: [credentials], ...options })
  const folder = mkdtempSync(join(tmpdir(), 'tracker-service-'))
  let logged = ''
  const start = async (more: Environment): Promise<Service> => {
    const base = await environmentFor(emulator, join(folder, 'db'))
    const configuration = readConfiguration({ ...base, ...more })
    if (E.isLeft(configuration)) throw new Error(configuration.left.join('\n'))
    const log = pino({ level: 'debug' }, { write: line => void (logged += line) })
    const started = await startService(configuration.right, log)
    if (E.isLeft(started)) throw new Error(started.left)
    return started.right
  }
  let service = await start(environment)
  return {
    emulator,
    get url() {
      return service.url
    },
    folder,
    logged: () => logged,
    call: (method, path, { token = tokens.admin, body, headers = {} } = {}) =>
      fetch(service.url + path, {
        method,
        headers: {
          ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    restart: async (more = {}) => {
      await service.stop()
      service = await start({ ...environment, ...more })
    },
    stop: async () => {
      await service.stop()
      await emulator.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** Calls again until the result is there: nothing tells a test from outside when a task has ended. */
export const eventually = async <A>(look: () => Promise<A | undefined>): Promise<A> => {
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}
