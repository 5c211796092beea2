// What callers see while the database fails, and why the service does not start.

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { startEmulator } from '@task-outcome/emulator'
import { type Database, openFolder, openTracker } from '@task-outcome/tracker'
import * as E from 'fp-ts/lib/Either.js'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createAuthenticate } from '../src/access/authenticate.js'
import { makeToken } from '../src/access/makeToken.js'
import { readConfiguration } from '../src/configuration/readConfiguration.js'
import type { App } from '../src/http/App.js'
import { createServer } from '../src/http/createServer.js'
import { problemTypes } from '../src/http/problem.js'
import { createMetrics } from '../src/metrics.js'
import { createEndSignal } from '../src/service/createEndSignal.js'
import { showStartError } from '../src/service/openDatabase.js'
import { startService } from '../src/service/startService.js'
import { createAccountClient } from '../src/submit/createAccountClient.js'

const { token, entry } = makeToken('main')

const secretReason = 'password authentication failed for user "tracker"'

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}

describe('while the database fails', () => {
  let app: App
  let url: string
  let close: () => Promise<void>
  let failAfter = Infinity
  let logged = ''
  let isStopping = false
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tracker-failures-'))
    const real = right(await openFolder(folder, PGlite)())
    const orFail = <A>(run: () => Promise<A>): Promise<A> =>
      failAfter-- > 0 ? run() : Promise.reject(new Error(secretReason))
    const database: Database = {
      ...real,
      query: (sql, values) => orFail(() => real.query(sql, values)),
      transaction: run => orFail(() => real.transaction(run)),
    }
    const tracker = right(await openTracker(database)())
    const emulator = await startEmulator({ credentials: [{ secretId: 'AKID', secretKey: 'k' }] })
    const account = {
      credentials: { secretId: 'AKID', secretKey: 'k' },
      services: ['clb' as const],
      endpoint: emulator.url,
    }
    const log = pino({}, { write: line => void (logged += line) })
    const endSignal = await createEndSignal(database)
    app = await createServer(
      {
        tracker,
        database,
        authenticate: createAuthenticate([entry]),
        clients: new Map([['main', createAccountClient(account, () => undefined)]]),
        metrics: createMetrics(tracker),
        endSignal,
        isStopping: () => isStopping,
        log,
      },
      { hasApi: true, areMetricsOpen: true, log },
    )
    url = await app.listen({ port: 0, host: '127.0.0.1' })
    close = async () => {
      await endSignal.stop()
      await app.close()
      await emulator.close()
      await real.close()
      rmSync(folder, { recursive: true })
    }
  })
  afterAll(() => close())

  const call = (method: string, path: string, body?: object): Promise<Response> =>
    fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })

  const submission = (key: string) => ({
    account: 'main',
    key,
    action: 'clb.DeleteLoadBalancer',
    parameters: { LoadBalancerIds: ['lb-1'] },
  })

  const failing = async <A>(run: () => Promise<A>, after = 0): Promise<A> => {
    failAfter = after
    try {
      return await run()
    } finally {
      failAfter = Infinity
    }
  }

  test.each<[string, string, object?]>([
    ['POST', '/submissions', submission('fails')],
    ['GET', '/submissions'],
    ['GET', '/submissions/1'],
    ['POST', '/submissions/1/settle', { _tag: 'NotStarted', note: '' }],
    ['GET', '/tasks'],
    ['GET', '/tasks?account=main'],
    ['GET', '/tasks/1'],
    ['POST', '/tasks/follow-again', { ids: ['1'] }],
    ['PUT', '/accounts/main/rate', { queriesPerSecond: 1 }],
    ['GET', '/in-doubt'],
    ['GET', '/counts'],
    ['GET', '/feed'],
    ['GET', '/events'],
    ['GET', '/ready'],
  ])('%s %s is a 503, whose reason only the log has', async (method, path, body) => {
    const response = await failing(() => call(method, path, body))
    const text = await response.text()
    expect([response.status, JSON.parse(text)]).toMatchObject([
      503,
      { type: `${problemTypes}StoreFailed`, status: 503 },
    ])
    expect(text).not.toContain('password')
    if (path !== '/ready') expect(logged).toContain('password authentication failed')
  })

  test('a submission that was not stored is sent by the next request', async () => {
    const response = await call('POST', '/submissions', submission('fails'))
    expect([response.status, await response.json()]).toMatchObject([200, { _tag: 'Accepted' }])
  })

  test('an export is cut off, so that it is not taken for a whole one', async () => {
    // The submissions are read, the tasks are not.
    const response = await failing(async () => {
      const exported = await call('GET', '/export')
      await expect(exported.text()).rejects.toThrow()
      return exported
    }, 2)
    expect(response.status).toBe(200)
  })

  test('an event stream ends, so that the client connects again', async () => {
    const text = await failing(async () => (await call('GET', '/events')).text(), 2)
    expect(text).toBe('retry: 1000\n\n')
  })

  test('metrics leave out what is not known', async () => {
    const text = await failing(async () => (await call('GET', '/metrics')).text())
    expect(text).not.toMatch(/^tracker_tasks\{/m)
    expect(text).toMatch(/^tracker_http_request_seconds_count/m)
    expect(await (await call('GET', '/metrics')).text()).toMatch(/^tracker_tasks\{state="Open"\} 1$/m)
  })

  test('a process that stops is not ready, and opens no event stream', async () => {
    isStopping = true
    for (const path of ['/ready', '/events']) {
      const response = await call('GET', path)
      expect([response.status, await response.json()]).toMatchObject([
        503,
        { type: `${problemTypes}Stopping` },
      ])
    }
    isStopping = false
    expect((await call('GET', '/ready')).status).toBe(200)
  })
})

describe('startService', () => {
  const log = pino({ level: 'silent' })

  const configure = (environment: Readonly<Record<string, string>>) =>
    right(readConfiguration({ TRACKER_ROLES: 'work', ...environment }))

  test('tells that the database is not there', async () => {
    const started = await startService(
      configure({ DATABASE_URL: 'postgresql://tracker:secret@127.0.0.1:9/tracker' }),
      log,
    )
    expect(started).toStrictEqual(
      E.left("the database can't be used: connect ECONNREFUSED 127.0.0.1:9 (ECONNREFUSED)"),
    )
  })

  test('tells that the port is taken, and lets go of the folder', async () => {
    const other = createHttpServer()
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
    const folder = mkdtempSync(join(tmpdir(), 'tracker-failures-'))
    onTestFinished(() => {
      other.close()
      rmSync(folder, { recursive: true })
    })
    const { port } = other.address() as AddressInfo
    const started = await startService(configure({ TRACKER_FOLDER: folder, TRACKER_PORT: String(port) }), log)
    expect(started).toMatchObject({
      _tag: 'Left',
      left: expect.stringMatching(/^TRACKER_PORT, TRACKER_HOST: .*EADDRINUSE/) as string,
    })
    const again = right(await openFolder(folder, PGlite)())
    await again.close()
  })

  test('tells in words why a database is refused', () => {
    const shown = [
      { _tag: 'StoreFailed', message: 'no' },
      { _tag: 'InvalidOption', issue: 'an issue' },
      { _tag: 'DurabilityOff', setting: 'fsync' },
      { _tag: 'ServerTooOld', version: '14.11' },
      { _tag: 'EncodingNotUtf8', encoding: 'LATIN1' },
      { _tag: 'SchemaTooNew', found: 9 },
      { _tag: 'FolderInUse', folder: 'data', pid: 17 },
    ] as const
    expect(shown.map(showStartError)).toStrictEqual([
      "the database can't be used: no",
      'an issue',
      'fsync is off, so PostgreSQL can forget what it has committed if the power fails: turn it on, or set TRACKER_ALLOW_DATA_LOSS=true',
      'PostgreSQL 14.11 is too old: expected 15 or later',
      "the database has the encoding LATIN1: create one with ENCODING 'UTF8'",
      'a newer version of this service has migrated the database to version 9: upgrade this one',
      'process 17 has the folder data open: stop it, choose another TRACKER_FOLDER, or use PostgreSQL',
    ])
  })
})
