// The service as a process of its own, as it is built.

import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeToken } from '../src/access/makeToken.js'
import { startProcess, urlOf } from './startProcess.js'

const accepted = '{"Response":{"RequestId":"r-1"}}'

/** An API that accepts submissions, and holds requests until the test lets them go; and what a service needs to call it. */
const startHoldingApi = async (isHeld: (action: unknown) => boolean) => {
  const held: ServerResponse[] = []
  const api = createServer((request: IncomingMessage, response) => {
    request.resume().on('end', () => {
      if (isHeld(request.headers['x-tc-action'])) held.push(response)
      else response.end(accepted)
      api.emit('asked')
    })
  })
  await new Promise<void>(resolve => api.listen(0, '127.0.0.1', resolve))
  const folder = mkdtempSync(join(tmpdir(), 'tracker-process-'))
  onTestFinished(() => {
    api.closeAllConnections()
    api.close()
    rmSync(folder, { recursive: true })
  })
  const { token, entry } = makeToken('main')
  const environment = {
    TRACKER_FOLDER: join(folder, 'db'),
    TRACKER_PORT: '0',
    TRACKER_TOKENS: JSON.stringify([entry]),
    TRACKER_ACCOUNTS: JSON.stringify({
      main: {
        credentials: { secretId: 'AKID', secretKey: 'secret text' },
        services: ['clb'],
        endpoint: `http://127.0.0.1:${(api.address() as AddressInfo).port}/`,
      },
    }),
  }
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return { api, held, environment, token, headers }
}

test('a stop ends event streams, waits for the query in flight, and stores what it says', async () => {
  const { api, held, environment, token, headers } = await startHoldingApi(
    action => action !== 'DeleteLoadBalancer',
  )

  const first = startProcess([], environment)
  const url = await urlOf(first)
  const events = await fetch(`${url}/events`, { headers })
  expect(events.status).toBe(200)
  const text = events.text()
  const body = JSON.stringify({
    account: 'main',
    key: 'k',
    action: 'clb.DeleteLoadBalancer',
    parameters: { LoadBalancerIds: ['lb-1'] },
  })
  expect((await fetch(`${url}/submissions`, { method: 'POST', headers, body })).status).toBe(200)
  while (held.length === 0) await once(api, 'asked')

  first.child.kill('SIGTERM')
  expect(await text).toBe('retry: 1000\n\n')
  for (const response of held) response.end('{"Response":{"Status":0,"RequestId":"q-1"}}')
  expect(await first.ended).toBe(0)
  expect(first.error()).toBe('')
  expect(first.out()).toContain('"msg":"stopped"')
  expect(first.out()).not.toMatch(new RegExp(`secret text|${token}`))

  const second = startProcess([], { ...environment, TRACKER_ROLES: 'serve' })
  const tasks = await fetch(`${await urlOf(second)}/tasks`, { headers })
  expect(await tasks.json()).toMatchObject({
    items: [{ _tag: 'Ended', taskId: 'r-1', ending: { status: { _tag: 'Succeeded' } } }],
  })

  const third = startProcess([], environment)
  expect(await third.ended).toBe(1)
  expect(third.error()).toMatch(/^process \d+ has the folder .* open: stop it/)

  second.child.kill('SIGINT')
  expect(await second.ended).toBe(0)
})

test('an invalid configuration ends the process, and names every variable', async () => {
  const started = startProcess([], { TRACKER_PORT: 'http', TRACKER_TOKEN: 'x' })
  expect(await started.ended).toBe(1)
  expect(started.out()).toBe('')
  expect(started.error()).toMatch(
    /^TRACKER_TOKEN: unknown; .*\nTRACKER_PORT: expected an integer .*\nTRACKER_TOKENS: required to serve; .*\n$/,
  )
})

test('a token is made with its entry, which starts the service', async () => {
  const made = startProcess(['token', 'deploy'])
  expect(await made.ended).toBe(0)
  const [, token, , entry] = made.out().split('\n')
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(JSON.parse(entry ?? '')).toMatchObject({ name: 'deploy', accounts: 'all', access: 'write' })
  expect(made.out().match(new RegExp(String(token), 'g'))).toHaveLength(1)

  const wrong = startProcess(['tokens'])
  expect(await wrong.ended).toBe(1)
  expect(wrong.error()).toBe('usage: node dist/main.js [token [name]]\n')
})

test('a stop stores the task of a submission whose caller has gone, and waits for no silent connection', async () => {
  const { api, held, environment: trial, headers } = await startHoldingApi(() => true)
  const environment = { ...trial, TRACKER_ROLES: 'serve' }
  const first = startProcess([], environment)
  const url = await urlOf(first)

  const silent = connect(Number(new URL(url).port), '127.0.0.1')
  onTestFinished(() => void silent.destroy())
  silent.on('error', () => undefined)
  await once(silent, 'connect')
  const caller = new AbortController()
  const posted = fetch(`${url}/submissions`, {
    method: 'POST',
    headers,
    signal: caller.signal,
    body: JSON.stringify({
      account: 'main',
      key: 'k',
      action: 'clb.DeleteLoadBalancer',
      parameters: { LoadBalancerIds: ['lb-1'] },
    }),
  })
  while (held.length === 0) await once(api, 'asked')
  caller.abort()
  await posted.catch(() => undefined)
  first.child.kill('SIGTERM')
  // The process says that it stops before it waits.
  while (!first.out().includes('"msg":"stopping')) await once(first.child.stdout!, 'data')
  for (const response of held) response.end(accepted)
  expect(await first.ended).toBe(0)

  const second = startProcess([], environment)
  const tasks = await fetch(`${await urlOf(second)}/tasks`, { headers })
  expect(await tasks.json()).toMatchObject({ items: [{ taskId: 'r-1' }] })
})
