// One process that serves and three that work, on PostgreSQL, as the guide sets them up.

import { startEmulator } from '@task-outcome/emulator'
import { expect, onTestFinished, test } from 'vitest'
import { makeToken } from '../src/access/makeToken.js'
import { findPostgres, startPostgres } from './startPostgres.js'
import { startProcess, urlOf } from './startProcess.js'
import { eventually } from './startTrial.js'

const programs = findPostgres()

test.skipIf(programs === undefined)(
  'three workers on PostgreSQL find every end once, though one of them is killed',
  async () => {
    const postgres = await startPostgres(programs ?? '')
    const credentials = { secretId: 'AKID', secretKey: 'secret text' }
    const emulator = await startEmulator({ credentials: [credentials], taskDurationMs: 2000 })
    onTestFinished(async () => {
      await emulator.close()
      await postgres.stop()
    })
    const { token, entry } = makeToken('main')
    const common = {
      DATABASE_URL: postgres.url,
      TRACKER_PORT: '0',
      TRACKER_ACCOUNTS: JSON.stringify({
        main: { credentials, services: ['clb'], endpoint: emulator.url },
      }),
      TRACKER_QUERIES_PER_SECOND: '200',
    }
    const api = startProcess([], {
      ...common,
      TRACKER_ROLES: 'serve,deliver',
      TRACKER_TOKENS: JSON.stringify([entry]),
    })
    const workers = [1, 2, 3].map(() => startProcess([], { ...common, TRACKER_ROLES: 'work' }))
    const url = await urlOf(api)
    const [first = ''] = await Promise.all(workers.map(urlOf))

    // A worker has no API, and tells whether it is ready.
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    expect((await fetch(`${first}/ready`)).status).toBe(200)
    expect((await fetch(`${first}/submissions`, { headers })).status).toBe(401)

    const submit = async (key: number): Promise<number> => {
      const body = JSON.stringify({
        account: 'main',
        key: String(key),
        action: 'clb.DeleteLoadBalancer',
        resourceIds: [`lb-${key}`],
        parameters: { LoadBalancerIds: [`lb-${key}`] },
      })
      return (await fetch(`${url}/submissions`, { method: 'POST', headers, body })).status
    }
    const keys = Array.from({ length: 60 }, (_, key) => key)
    // Each key twice, at the same time: the second may find that the first is sending it.
    const statuses = await Promise.all([...keys, ...keys].map(submit))
    expect(statuses.filter(status => status !== 200 && status !== 202)).toStrictEqual([])
    expect(emulator.tasks).toHaveLength(60)
    workers[0]?.child.kill('SIGKILL')

    interface Feed {
      readonly items: ReadonlyArray<{ readonly key: string; readonly task: { readonly taskId: string } }>
    }
    const { items } = await eventually(async () => {
      const feed = (await (await fetch(`${url}/feed?limit=1000`, { headers })).json()) as Feed
      return feed.items.length >= 60 ? feed : undefined
    })
    expect(items.map(({ task }) => task.taskId).sort()).toStrictEqual(
      emulator.tasks.map(({ id }) => id).sort(),
    )
    expect(new Set(items.map(({ key }) => key)).size).toBe(60)

    for (const { child, ended, error } of [api, ...workers.slice(1)]) {
      child.kill('SIGTERM')
      expect([await ended, error()]).toStrictEqual([0, ''])
    }
  },
)
