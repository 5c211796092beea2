import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Emulator, type EmulatorOptions, startEmulator } from '@task-outcome/emulator'
import { JobResult, possibleTasks } from '@task-outcome/wait'
import * as E from 'fp-ts/lib/Either.js'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'

const program = fileURLToPath(new URL('serve.mjs', import.meta.url))

let file: string
let running: ChildProcess | undefined

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'restart-'))
  file = join(folder, 'jobs.db')
  return async () => {
    await kill()
    rmSync(folder, { recursive: true })
  }
})

const emulate = async (options: EmulatorOptions): Promise<Emulator> => {
  const emulator = await startEmulator(options)
  onTestFinished(() => emulator.close())
  return emulator
}

/** Starts the service in a process of its own, and returns its URL. */
const serve = async ({ endpoint }: Emulator): Promise<string> => {
  running = spawn(process.execPath, ['--no-warnings', program, endpoint, file], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [port] = (await Promise.race([once(running, 'message'), once(running, 'exit')])) as [number]
  return `http://127.0.0.1:${String(port)}/restart`
}

const kill = async (): Promise<void> => {
  if (running?.exitCode !== null || running.signalCode !== null) return
  running.kill('SIGKILL')
  await once(running, 'exit')
}

const post = async (url: string, instanceIds: unknown, key?: string): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: key === undefined ? {} : { 'Idempotency-Key': key },
    body: JSON.stringify({ instanceIds }),
  })

const jobIn = async (response: Response): Promise<string> => ((await response.json()) as { job: string }).job

/** Asks for the job until it is over. */
const finished = async (url: string, id: string): Promise<JobResult> => {
  for (;;) {
    const response = await fetch(`${url}?job=${encodeURIComponent(id)}`)
    const { isOver, job } = (await response.json()) as { isOver: number; job: unknown }
    if (isOver !== 1) continue
    const read = JobResult.decode(job)
    if (E.isLeft(read)) throw new Error('What is stored is no job')
    return read.right
  }
}

const tagsOf = ({ resources }: JobResult): unknown =>
  Object.fromEntries(resources.map(({ _tag, resourceId }) => [resourceId, _tag]))

const startedFor = ({ tasks }: Emulator): ReadonlyArray<string> =>
  tasks.flatMap(({ resourceIds }) => resourceIds)

describe('the service', () => {
  test('reports what came of each instance, and restarts one that is listed twice once', async () => {
    const rejectedBefore = new Set<string>()
    const emulator = await emulate({
      rejections: id => {
        if (id === 'ins-gone') return { code: 5000, message: 'no such instance' }
        if (id !== 'ins-busy' || rejectedBefore.has(id)) return undefined
        rejectedBefore.add(id)
        return { code: 5100, message: 'busy' }
      },
      failures: { 'ins-ill': { code: 7, message: 'the disk is full' } },
    })
    const url = await serve(emulator)
    const response = await post(url, ['ins-1', 'ins-gone', 'ins-1', 'ins-busy', 'ins-ill'])
    expect(response.status).toBe(202)
    expect(tagsOf(await finished(url, await jobIn(response)))).toEqual({
      'ins-1': 'ResourceSucceeded',
      'ins-gone': 'ResourceRejected',
      'ins-busy': 'ResourceSucceeded',
      'ins-ill': 'ResourceFailed',
    })
    expect([...startedFor(emulator)].sort()).toEqual(['ins-1', 'ins-busy', 'ins-ill'])
  })

  test('begins a job once, however often its request arrives', async () => {
    const emulator = await emulate({})
    const url = await serve(emulator)
    const responses = await Promise.all([1, 2, 3].map(() => post(url, ['ins-1'], 'key/1')))
    for (const response of responses) expect(await jobIn(response)).toBe('key/1')
    await finished(url, 'key/1')
    await kill()
    const again = await serve(emulator)
    expect(await jobIn(await post(again, ['ins-1'], 'key/1'))).toBe('key/1')
    await finished(again, 'key/1')
    expect(emulator.tasks).toHaveLength(1)
  })

  test('leaves instances in doubt whose connection is reset, and does not restart them again', async () => {
    let requests = 0
    const emulator = await emulate({
      chaos: {
        rate: 0.5,
        random: () => (requests++ === 0 ? 0 : 0.9),
        faults: [{ _tag: 'Reset', at: 'beforeResponse' }],
      },
    })
    const url = await serve(emulator)
    const job = await finished(url, await jobIn(await post(url, ['ins-1', 'ins-2', 'ins-3', 'ins-4'])))
    expect(tagsOf(job)).toEqual({
      'ins-1': 'ResourceInDoubt',
      'ins-2': 'ResourceInDoubt',
      'ins-3': 'ResourceInDoubt',
      'ins-4': 'ResourceSucceeded',
    })
    expect(job.failures).toMatchObject([{ error: { _tag: 'DeliveryUnknown' } }])
    expect(startedFor(emulator)).toEqual(['ins-1', 'ins-2', 'ins-3', 'ins-4'])
  })

  test('restarts every instance when the API is overloaded', async () => {
    // The time of the emulator begins after four submissions, so one of them is too many, however busy the machine is.
    const beginMs = Date.now()
    const clock = () => (submissions() <= 4 ? beginMs : Date.now())
    const emulator = await emulate({ clock, maxRequestsPerSecond: 3, taskDurationMs: 50 })
    const submissions = () =>
      emulator.requests.filter(({ parameters }) => parameters.Action === 'RestartInstances').length
    const url = await serve(emulator)
    const ids = Array.from({ length: 15 }, (_, index) => `ins-${String(index)}`)
    const job = await finished(url, await jobIn(await post(url, ids)))
    for (const { _tag } of job.resources) expect(_tag).toBe('ResourceSucceeded')
    expect([...startedFor(emulator)].sort()).toEqual([...ids].sort())
    expect(job.failures).not.toEqual([])
    for (const { error } of job.failures) expect(error).toMatchObject({ _tag: 'Rejected', code: 4400 })
  })

  test('refuses what is no list of instances, and knows no job of another name', async () => {
    const emulator = await emulate({})
    const url = await serve(emulator)
    for (const ids of ['ins-1', [1], undefined]) expect((await post(url, ids)).status).toBe(400)
    expect((await fetch(url, { method: 'POST', body: '{' })).status).toBe(400)
    expect((await fetch(`${url}?job=other`)).status).toBe(404)
    expect(emulator.requests).toEqual([])
  })
})

test('killed again and again, it restarts nothing twice, and reports every instance', async () => {
  let onSubmission = (): void => undefined
  const rejectedBefore = new Set<string>()
  const emulator = await emulate({
    taskDurationMs: 100,
    maxRequestsPerSecond: 15,
    rejections: id => {
      onSubmission()
      const number = Number(id.slice(4))
      if (number % 11 === 10) return { code: 5000, message: 'no such instance' }
      if (number % 5 !== 4 || rejectedBefore.has(id)) return undefined
      rejectedBefore.add(id)
      return { code: 5100, message: 'busy' }
    },
    chaos: {
      rate: 0.1,
      random: Math.random,
      faults: [{ _tag: 'Reset', at: 'beforeResponse' }, { _tag: 'GatewayPage' }],
    },
  })
  const jobs = ['job-a', 'job-b'].map((key, job) => ({
    key,
    ids: Array.from({ length: 30 }, (_, index) => `ins-${String(30 * job + index)}`),
  }))
  const kills = 6
  for (let round = 0; round < kills; round++) {
    const url = await serve(emulator)
    // At once, while a submission is being processed, or some time after one.
    let submissionsBefore = Math.floor(Math.random() * 8)
    const delayMs = Math.random() * 30
    const died = once(running!, 'exit')
    onSubmission = () => {
      if (submissionsBefore-- !== 0) return
      if (round % 2 === 0) running?.kill('SIGKILL')
      else setTimeout(() => running?.kill('SIGKILL'), delayMs)
    }
    // The caller repeats its request until it gets a response.
    const requests = jobs.map(({ key, ids }) => post(url, ids, key).catch(() => undefined))
    if (round === 2) running?.kill('SIGKILL')
    await Promise.all(requests)
    // If nothing is left to submit, it is killed when it has nothing left to do.
    const idle = Promise.all(jobs.map(({ key }) => finished(url, key))).catch(() => undefined)
    await Promise.race([died, idle])
    await kill()
  }
  onSubmission = () => undefined
  const url = await serve(emulator)
  for (const { key, ids } of jobs) await post(url, ids, key)

  expect(startedFor(emulator).length).toBeGreaterThan(15)
  for (const { key, ids } of jobs) {
    const job = await finished(url, key)
    expect(job.resources.map(({ resourceId }) => String(resourceId))).toEqual(ids)
    const known = new Set<string>(possibleTasks(job).map(({ taskId }) => taskId))
    for (const resource of job.resources) {
      const own = emulator.tasks.filter(({ resourceIds }) => resourceIds.includes(resource.resourceId))
      expect(own.length).toBeLessThanOrEqual(1)
      expect(['ResourceSucceeded', 'ResourceRejected', 'ResourceInDoubt']).toContain(resource._tag)
      if (resource._tag === 'ResourceRejected') expect(own).toEqual([])
      if (resource._tag === 'ResourceSucceeded') expect(own[0]?.id).toBe(resource.accepted.taskId)
      // The response with its id was lost.
      if (resource._tag === 'ResourceInDoubt') continue
      for (const { id } of own) expect(known).toContain(id)
    }
  }
})
