// Somebody who has nothing yet, and uses what was published.

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { check, same } from './checks.mjs'
import { readJson, write, writeJson } from './files.mjs'
import { apart, run } from './programs.mjs'
import { settingsFor } from './registry.mjs'

const program = `
import { createAxiosTaskClient } from '@task-outcome/axios'
import { decodeOrdinaryTask } from '@task-outcome/core'
import { startEmulator } from '@task-outcome/emulator'
import { createFetchTaskClient } from '@task-outcome/fetch'
import { waitForTask } from '@task-outcome/wait'
import axios from 'axios'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const names = ['core', 'axios', 'fetch', 'wait', 'emulator']
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
export const consume = async (consumer, registry, wanted) => {
  const at = { cwd: consumer, env: apart }
  writeJson(join(consumer, 'package.json'), { name: 'consumer', private: true, type: 'module' })
  write(join(consumer, '.npmrc'), settingsFor({ url: registry.url }))
  const install = (...names) => run('npm', ['install', '--no-audit', '--no-fund', ...names], at)
  await install('@task-outcome/axios', 'axios', 'fp-ts', 'io-ts')
  const scope = join(consumer, 'node_modules/@task-outcome')
  same('the adapter brings core and nothing else of ours', readdirSync(scope).sort(), ['axios', 'core'])

  await install(...Object.keys(wanted))
  for (const [name, { version }] of Object.entries(wanted)) {
    const folder = join(consumer, 'node_modules', name)
    same(`${name} is installed as ${version}`, readJson(join(folder, 'package.json')).version, version)
    for (const file of ['README.md', 'CHANGELOG.md', 'LICENSE'])
      check(`${name} has its ${file}`, existsSync(join(folder, file)) ? undefined : 'it is not there')
  }

  write(join(consumer, 'program.js'), program)
  same('a program with all of them runs', JSON.parse(await run(process.execPath, ['program.js'], at)), {
    same: [true, true, true, true, true],
    decoded: '9007199254740993123',
    submitted: ['AcceptedTask', 'AcceptedTask'],
    ended: ['Succeeded', 'Succeeded'],
  })
}
