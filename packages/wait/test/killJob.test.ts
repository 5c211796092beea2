import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEmulator } from '@task-outcome/emulator'
import * as E from 'fp-ts/lib/Either.js'
import { expect, onTestFinished, test } from 'vitest'
import { JobResult, possibleTasks } from '../src/index.js'

const runner = fileURLToPath(new URL('jobRunner.mjs', import.meta.url))
const count = 60
const kills = 6

test('a job whose process is killed again and again starts nothing twice, and reports every task', async () => {
  let onSubmission = (): void => undefined
  const rejectedBefore = new Set<string>()
  const emulator = await startEmulator({
    taskDurationMs: 150,
    // Each fifth resource is rejected at first, each eleventh for ever.
    rejections: resourceId => {
      onSubmission()
      const number = Number(resourceId.slice(4))
      if (number % 11 === 10) return { code: 5000, message: 'no such instance' }
      if (number % 5 !== 4 || rejectedBefore.has(resourceId)) return undefined
      rejectedBefore.add(resourceId)
      return { code: 5100, message: 'busy' }
    },
    failures: { 'ins-2': { code: 7, message: 'the disk is full' } },
    chaos: {
      rate: 0.1,
      random: Math.random,
      faults: [{ _tag: 'Reset', at: 'beforeResponse' }, { _tag: 'GatewayPage' }],
    },
  })
  const folder = mkdtempSync(join(tmpdir(), 'job-'))
  onTestFinished(async () => {
    await emulator.close()
    rmSync(folder, { recursive: true })
  })
  const file = join(folder, 'job.json')
  const start = () =>
    spawn(process.execPath, [runner, emulator.endpoint, file, String(count)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })

  for (let kill = 0; kill < kills; kill++) {
    const killed = start()
    // While a submission is being processed, or some time after one.
    let resourcesBefore = Math.floor(Math.random() * 8)
    const delayMs = kill % 2 === 0 ? 0 : Math.random() * 50
    onSubmission = () => {
      if (resourcesBefore-- !== 0) return
      if (delayMs === 0) killed.kill('SIGKILL')
      else setTimeout(() => killed.kill('SIGKILL'), delayMs)
    }
    await once(killed, 'exit')
  }
  onSubmission = () => undefined
  const [code] = (await once(start(), 'exit')) as [number | null]
  expect(code).toBe(0)

  const stored = JobResult.decode(JSON.parse(readFileSync(file, 'utf8')))
  if (E.isLeft(stored)) throw new Error('What is stored is no job')
  const job = stored.right
  expect(job.end).toEqual({ _tag: 'Settled' })
  expect(job.resources.map(({ resourceId }) => String(resourceId))).toEqual(
    Array.from({ length: count }, (_, index) => `ins-${String(index)}`),
  )

  const startedFor = emulator.tasks.flatMap(({ resourceIds }) => resourceIds)
  expect(startedFor.length).toBeGreaterThan(count / 3)
  expect(new Set(startedFor).size).toBe(startedFor.length) // nothing was started twice

  const known = new Set<string>(possibleTasks(job).map(({ taskId }) => taskId))
  const byTask = new Map(emulator.tasks.map(task => [task.id, task]))
  for (const { id, resourceIds } of emulator.tasks) {
    const resource = job.resources.find(({ resourceId }) => resourceIds.includes(resourceId))
    // The response with its id was lost.
    if (!known.has(id)) expect(resource?._tag).toBe('ResourceInDoubt')
  }
  for (const resource of job.resources) {
    expect(resource._tag).not.toBe('ResourcePending')
    expect(resource._tag).not.toBe('ResourceNotSubmitted')
    if (resource._tag === 'ResourceRejected') expect(startedFor).not.toContain(resource.resourceId)
    if (resource._tag === 'ResourceSucceeded' || resource._tag === 'ResourceFailed') {
      const task = byTask.get(resource.accepted.taskId)
      expect(task?.resourceIds).toEqual([resource.resourceId])
      expect(resource._tag).toBe(task?.failure === undefined ? 'ResourceSucceeded' : 'ResourceFailed')
    }
  }
})
