// Somebody who has nothing yet, and uses what was published.

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createProject } from '@task-outcome/scratch-project'
import { check, same } from './checks.ts'
import { apart } from './environments.ts'
import { type Registry, settingsFor } from './registry.ts'

const program = `
import { createAxiosTaskClient } from '@task-outcome/axios'
import { decodeOrdinaryTask } from '@task-outcome/core'
import { startEmulator } from '@task-outcome/emulator'
import { createFetchTaskClient } from '@task-outcome/fetch'
import { waitForTask } from '@task-outcome/wait'
import axios from 'axios'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const names = ['core', 'axios', 'fetch', 'wait', 'tencentcloud', 'tracker', 'page', 'emulator']
const same = await Promise.all(
  names.map(async name => {
    const imported = Object.keys(await import('@task-outcome/' + name))
    return imported.join() === Object.keys(require('@task-outcome/' + name)).sort().join()
  }),
)

const emulator = await startEmulator({ taskDurationMs: 0 })
const url = emulator.endpoint + '?Action=CreateLoadBalancer'
const overAxios = createAxiosTaskClient(axios)
const overFetch = createFetchTaskClient(fetch)
const tasks = [await overAxios.submit({ url })(), await overFetch.submit(url)()]
const stateUrl = taskId => emulator.endpoint + '?Action=DescribeLoadBalancersTaskResult&requestId=' + taskId
const ended = await Promise.all(
  tasks.map(task => waitForTask(task.right, taskId => overFetch.status(stateUrl(taskId)))()),
)
await emulator.close()

console.log(
  JSON.stringify({
    same,
    decoded: decodeOrdinaryTask('{"code":0,"requestId":9007199254740993123}').right?.taskId,
    submitted: tasks.map(task => task.right?._tag),
    ended: ended.map(task => task.status?._tag),
  }),
)
`

/** Installs the adapter in an empty folder, then the others, and runs a program with them. */
export const consume = async (
  folder: string,
  registry: Registry,
  wanted: Readonly<Record<string, string>>,
): Promise<void> => {
  const consumer = createProject(folder, apart)
  consumer.write('package.json', JSON.stringify({ name: 'consumer', private: true, type: 'module' }))
  consumer.write('.npmrc', settingsFor({ url: registry.url }))
  await consumer.install('@task-outcome/axios', 'axios', 'fp-ts', 'io-ts')
  const scope = join(folder, 'node_modules/@task-outcome')
  same('the adapter brings core and nothing else of ours', readdirSync(scope).sort(), ['axios', 'core'])

  await consumer.install(...Object.keys(wanted))
  for (const [name, version] of Object.entries(wanted)) {
    const installed = join('node_modules', name)
    const manifest = JSON.parse(consumer.read(join(installed, 'package.json'))) as {
      readonly version: string
    }
    same(`${name} is installed as ${version}`, manifest.version, version)
    for (const file of ['README.md', 'CHANGELOG.md', 'LICENSE'])
      check(
        `${name} has its ${file}`,
        existsSync(join(folder, installed, file)) ? undefined : 'it is not there',
      )
  }

  consumer.write('program.js', program)
  const { stdout } = await consumer.runNode(process.execPath, ['program.js'])
  same('a program with all of them runs', JSON.parse(stdout), {
    same: [true, true, true, true, true, true, true, true],
    decoded: '9007199254740993123',
    submitted: ['AcceptedTask', 'AcceptedTask'],
    ended: ['Succeeded', 'Succeeded'],
  })
}
