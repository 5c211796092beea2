import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { startEmulator } from '@task-outcome/emulator'
import { createFetchTaskClient } from '@task-outcome/fetch'
import * as E from 'fp-ts/lib/Either.js'
import { expect, onTestFinished, test } from 'vitest'
import { WaitResult, finishedTasks, initialWaitResult, progressOf } from '../src/index.js'

const waiter = fileURLToPath(new URL('waiter.ts', import.meta.url))

test('another process continues a wait from what a killed process has stored', async () => {
  let now = 0
  const emulator = await startEmulator({
    clock: () => now,
    taskDurationMs: 100,
    failures: { 'ins-2': { code: 7, message: 'the disk is full' }, 'ins-9': { code: 8, message: 'no' } },
  })
  const folder = mkdtempSync(join(tmpdir(), 'wait-'))
  onTestFinished(async () => {
    await emulator.close()
    rmSync(folder, { recursive: true })
  })
  const file = join(folder, 'wait.json')
  const stored = (): WaitResult => {
    const result = WaitResult.decode(JSON.parse(readFileSync(file, 'utf8')))
    if (E.isLeft(result)) throw new Error('What is stored is no result of a wait')
    return result.right
  }
  const submit = async (...ids: ReadonlyArray<string>) => {
    const url = ids.reduce(
      (start, id) => `${start}&instanceIds.${id.slice(4)}=${id}`,
      `${emulator.endpoint}?Action=StartInstances`,
    )
    const outcome = await createFetchTaskClient().submitBatch(url)()
    if (E.isLeft(outcome) || outcome.right._tag !== 'AllAccepted') throw new Error('not submitted')
    return outcome.right.accepted
  }

  // Six tasks that have finished, and four that run until the wait is over.
  const early = await submit('ins-1', 'ins-2', 'ins-3', 'ins-4', 'ins-5', 'ins-6')
  now = 60
  const late = await submit('ins-7', 'ins-8', 'ins-9', 'ins-10')
  now = 100
  writeFileSync(file, JSON.stringify(initialWaitResult([...early, ...late])))

  const killed = spawn(process.execPath, [waiter, emulator.endpoint, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let told = 0
  for await (const _ of createInterface(killed.stdout)) if (++told === 3) break
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  expect(killed.signalCode).toBe('SIGKILL')

  const before = stored()
  expect(before._tag).toBe('SomePending')
  expect(finishedTasks(before).length).toBeGreaterThanOrEqual(3)
  expect(finishedTasks(before).length).toBeLessThanOrEqual(6)
  expect(finishedTasks(before).length + progressOf(before).pending).toBe(10)

  now = 160
  const requestsBefore = emulator.requests.length
  const next = spawn(process.execPath, [waiter, emulator.endpoint, file], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = (await once(next, 'exit')) as [number | null]
  expect(code).toBe(0)

  const after = stored()
  expect(after._tag).toBe('AllFinished')
  const endings = finishedTasks(after).map(({ taskId, status }) => `${taskId} ${status._tag}`)
  expect(endings.sort()).toEqual(
    emulator.tasks.map(({ id, failure }) => `${id} ${failure === undefined ? 'Succeeded' : 'Failed'}`).sort(),
  )
  // Finished tasks were not queried again.
  const askedAgain = emulator.requests.slice(requestsBefore).map(({ parameters }) => parameters.flowId)
  expect(askedAgain.filter(id => finishedTasks(before).some(({ taskId }) => taskId === id))).toEqual([])
})
