// Submits through an emulator that fails a fifth of all requests, kills processes at random moments, PostgreSQL too, and compares
// what the emulator has started with what the tracker knows.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { startEmulator } from '@task-outcome/emulator'
import { type Submission, type TrackedTask, fromPool, openTracker } from '@task-outcome/tracker'
import * as E from 'fp-ts/lib/Either.js'
import pg from 'pg'
import { startPostgres } from './postgres.ts'

export interface KillOptions {
  /** The folder of the programs of PostgreSQL. */
  readonly programs: string
  readonly kills: number
  readonly submissions: number
  /** Between two kills: up to so many requests reach the emulator. */
  readonly mostRequests: number
}

export interface KillReport {
  readonly started: number
  readonly startedTwice: ReadonlyArray<string>
  /** Tasks that the emulator has started, and of which the tracker knows neither the end nor that they are in doubt. */
  readonly forgotten: ReadonlyArray<string>
  /** Ends that are not those of the emulator. */
  readonly wrong: ReadonlyArray<string>
  readonly undelivered: ReadonlyArray<string>
  readonly states: Readonly<Record<string, number>>
  readonly killed: Readonly<Record<string, number>>
  /** Processes that ended by themselves with an error. */
  readonly crashed: ReadonlyArray<string>
  readonly deliveries: number
  readonly ends: number
  /** The most queries that reached the emulator in a second. */
  readonly mostQueriesPerSecond: number
}

const queriesPerSecond = 200

export const runKills = async (options: KillOptions): Promise<KillReport> => {
  const { programs, kills, submissions, mostRequests } = options
  let onRequest = (): void => undefined
  const emulator = await startEmulator({
    clock: () => {
      onRequest()
      return Date.now()
    },
    taskDurationMs: 300,
    rejections: id => (Number(id.slice(4)) % 11 === 10 ? { code: 5100, message: 'busy' } : undefined),
    failures: id => (Number(id.slice(4)) % 13 === 12 ? { code: 7, message: 'disk full' } : undefined),
    chaos: {
      rate: 0.2,
      random: Math.random,
      faults: [{ _tag: 'Reset', at: 'beforeResponse' }, { _tag: 'GatewayPage' }],
    },
  })
  const postgres = await startPostgres(programs)
  const pool = new pg.Pool({ host: postgres.host, user: 'postgres', database: 'postgres' })
  const database = fromPool(pool)
  const tracker = right(await openTracker(database, { responseWithinMs: 2000 })())
  right(await tracker.setRate('main', queriesPerSecond)())

  const delivered = new Map<string, number>()
  const killed: Record<string, number> = {}
  const crashed: string[] = []
  const run = (program: string, ...args: ReadonlyArray<string>): ChildProcess => {
    const file = fileURLToPath(new URL(program, import.meta.url))
    const all = [file, postgres.host, 'postgres', emulator.endpoint, ...args]
    const child = spawn(process.execPath, all, { stdio: ['ignore', 'pipe', 'inherit'] })
    child.on('exit', code => {
      if (code !== null && code !== 0) crashed.push(program)
    })
    if (program === 'follower.ts')
      createInterface(child.stdout).on('line', key => delivered.set(key, (delivered.get(key) ?? 0) + 1))
    return child
  }
  /** Processes that are started again when they are killed, until one ends by itself. */
  interface Role {
    readonly name: string
    readonly start: () => ChildProcess
    child: ChildProcess
  }
  const half = Math.floor(submissions / 2)
  const starts: ReadonlyArray<readonly [string, () => ChildProcess]> = [
    ['submitter', () => run('submitter.ts', '1', String(half))],
    ['submitter', () => run('submitter.ts', String(half + 1), String(submissions))],
    ['follower', () => run('follower.ts')],
    ['follower', () => run('follower.ts')],
    ['follower', () => run('follower.ts')],
  ]
  const roles: ReadonlyArray<Role> = starts.map(([name, start]) => ({ name, start, child: start() }))

  for (let kill = 0; kill < kills; kill++) {
    let left = 1 + Math.floor(Math.random() * mostRequests)
    await new Promise<void>(resolve => (onRequest = () => (left-- === 0 ? resolve() : undefined)))
    onRequest = () => undefined
    const victims = roles.filter(({ child }) => child.exitCode === null)
    const victim = Math.random() < 0.15 ? undefined : victims[Math.floor(Math.random() * victims.length)]
    const name = victim?.name ?? 'postgres'
    killed[name] = (killed[name] ?? 0) + 1
    if (victim === undefined) {
      await postgres.kill()
      await postgres.start()
    } else {
      const exited = once(victim.child, 'exit')
      victim.child.kill('SIGKILL')
      await exited
      victim.child = victim.start()
    }
  }
  for (const { name, child } of roles)
    if (name === 'submitter' && child.exitCode === null) await once(child, 'exit')

  const all = async <A extends { readonly id: string }>(
    read: (after: string) => Promise<ReadonlyArray<A>>,
  ): Promise<ReadonlyArray<A>> => {
    const found: A[] = []
    for (let after = '0'; ;) {
      const page = await read(after)
      found.push(...page)
      const last = page.at(-1)
      if (last === undefined) return found
      after = last.id
    }
  }
  // Until everything has ended and has been delivered.
  let ends: ReadonlyArray<string>
  for (;;) {
    const { tasks, submissions: counts } = right(await tracker.counts()())
    const feed = await all(async after =>
      right(await tracker.feed(after, 10_000)()).map(({ key, cursor }) => ({ id: cursor, key })),
    )
    ends = feed.map(({ key }) => key)
    if (tasks.Open === 0 && counts.Sent === 0 && ends.every(key => delivered.has(key))) break
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  for (const { child } of roles) child.kill('SIGKILL')

  const records = await all<Submission>(async after =>
    right(await tracker.submissions({ after, limit: 10_000 })()),
  )
  const tasks = await all<TrackedTask>(async after => right(await tracker.tasks({ after, limit: 10_000 })()))
  await pool.end()
  await postgres.stop()
  await emulator.close()

  const byResource = new Map(records.map(record => [record.resourceIds[0] as string, record]))
  const byTaskId = new Map(tasks.map(task => [task.taskId as string, task]))
  const startedFor = emulator.tasks.flatMap(({ resourceIds }) => resourceIds as ReadonlyArray<string>)
  const states: Record<string, number> = {}
  for (const { _tag } of records) states[_tag] = (states[_tag] ?? 0) + 1
  const queries = emulator.requests.flatMap(({ parameters, receivedAtMs }) =>
    parameters.Action === 'CheckTaskStatus' ? [receivedAtMs] : [],
  )
  return {
    started: startedFor.length,
    startedTwice: startedFor.filter((id, index) => startedFor.indexOf(id) !== index),
    forgotten: emulator.tasks.flatMap(({ id, resourceIds }) => {
      const isInDoubt = resourceIds.every(resource => byResource.get(resource)?._tag === 'InDoubt')
      return byTaskId.get(id)?._tag === 'Ended' || isInDoubt ? [] : [id]
    }),
    wrong: emulator.tasks.flatMap(({ id, failure }) => {
      const task = byTaskId.get(id)
      const ended = task?._tag === 'Ended' ? task.ending.status._tag : undefined
      const expected = failure === undefined ? 'Succeeded' : 'Failed'
      return ended === undefined || ended === expected ? [] : [`${id}: ${ended}`]
    }),
    undelivered: ends.filter(key => !delivered.has(key)),
    states,
    killed,
    crashed,
    deliveries: [...delivered.values()].reduce((sum, count) => sum + count, 0),
    ends: ends.length,
    mostQueriesPerSecond: mostInASecond(queries),
  }
}

const right = <A>(result: E.Either<unknown, A>): A => {
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left))
  return result.right
}

const mostInASecond = (times: ReadonlyArray<number>): number => {
  const sorted = [...times].sort((a, b) => a - b)
  let most = 0
  for (let first = 0, last = 0; last < sorted.length; last++) {
    while (sorted[last]! - sorted[first]! >= 1000) first++
    most = Math.max(most, last - first + 1)
  }
  return most
}
