/**
 * A worker: claims tasks that are due, queries them within the rate of their account, and reports what it learned.
 *
 * @since 0.1.0
 */
import type { QueryError } from '@task-outcome/core'
import {
  type Clock,
  type QueriedTask,
  defaultFailurePolicy,
  defaultPollPolicy,
  systemClock,
} from '@task-outcome/wait'
import {
  type Answers,
  type Asking,
  type FailedQuery,
  type TaskQuery,
  askingWith,
  isOverload,
} from '@task-outcome/wait/query'
import * as E from 'fp-ts/lib/Either.js'
import * as NEA from 'fp-ts/lib/NonEmptyArray.js'
import * as RNEA from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type * as T from 'fp-ts/lib/Task.js'
import { type RetryStatus, defaultRetryStatus } from 'retry-ts'
import { type Database, type Row, type StoreFailed, attempt } from '../database/Database.js'
import { decode, json } from '../record/readRow.js'
import { TaskIdentity } from '../record/TrackedTask.js'
import { claim, lookaheadMs, mostLateMs, nextClaim, pause, putBack, report } from '../sql/followed.js'
import { type ClaimedTask, type Policies, type Report, decide } from './decide.js'
import { createWakeUp } from './wakeUp.js'
import { type InvalidOption, type WorkerOptions, invalidOption, numberIssue } from './WorkerOptions.js'

/**
 * How to query the tasks of each action.
 *
 * @category model
 * @since 0.1.0
 */
export type QueriesOfActions = Readonly<Record<string, TaskQuery>>

/**
 * A worker that runs.
 *
 * @category model
 * @since 0.1.0
 */
export interface Worker {
  /** Stops the worker: queries in flight are waited for and reported, and nothing is left behind. */
  readonly stop: T.Task<void>
}

/** @internal */
export const startWorker = (
  database: Database,
  account: string,
  queries: QueriesOfActions,
  options: WorkerOptions = {},
): E.Either<InvalidOption, Worker> => {
  const {
    pollPolicy = defaultPollPolicy,
    failurePolicy = defaultFailurePolicy,
    concurrency = 50,
    queryTimeoutMs = 10_000,
    unknownTaskGraceMs = 10_000,
    clock = systemClock,
    random = Math.random,
  } = options
  const issue =
    (Number.isInteger(concurrency) ? undefined : 'concurrency must be an integer') ??
    numberIssue('concurrency', concurrency, 1, 1000) ??
    numberIssue('queryTimeoutMs', queryTimeoutMs, 1, 600_000) ??
    numberIssue('unknownTaskGraceMs', unknownTaskGraceMs, 0, Number.MAX_SAFE_INTEGER)
  if (issue !== undefined) return E.left(invalidOption(issue))
  let askings: ReadonlyMap<string, Asking>
  try {
    askings = new Map(Object.entries(queries).map(([action, query]) => [action, askingWith(query)]))
  } catch (thrown) {
    return E.left(invalidOption(String(thrown)))
  }
  const onError = (error: StoreFailed): void => {
    try {
      options.onError?.(error)
    } catch {
      return
    }
  }
  const policies: Policies = { pollPolicy, failurePolicy, unknownTaskGraceMs, random }
  const settings = { database, account, clock, onError, askings, policies, concurrency, queryTimeoutMs }
  return E.right(run(settings))
}

interface Settings {
  readonly database: Database
  readonly account: string
  readonly clock: Clock
  readonly onError: (error: StoreFailed) => void
  readonly askings: ReadonlyMap<string, Asking>
  readonly policies: Policies
  readonly concurrency: number
  readonly queryTimeoutMs: number
}

/** A query to start at its slot. */
interface Claim {
  readonly action: string
  readonly delayMs: number
  readonly tasks: RNEA.ReadonlyNonEmptyArray<ClaimedTask>
}

const run = (settings: Settings): Worker => {
  const { database, account, clock, onError, askings, policies, concurrency, queryTimeoutMs } = settings
  const kinds = JSON.stringify(
    Array.from(askings, ([action, { maxTasksPerQuery }]) => ({ action, most: maxTasksPerQuery })),
  )
  const actions = JSON.stringify([...askings.keys()])
  // Claims wait for that many free places, so that each gives several.
  const half = Math.ceil(concurrency / 2)
  const leaseMs = lookaheadMs + queryTimeoutMs + 5000
  const mostTasks = Math.max(1, ...Array.from(askings.values(), ({ maxTasksPerQuery }) => maxTasksPerQuery))
  const { sleep, wake } = createWakeUp(clock)
  const inFlight = new Set<Promise<void>>()
  const slots = new Set<() => void>()
  const isStopped = (): boolean => stopped
  let stopped = false
  let isFull = false

  const store = async <A>(statement: () => Promise<A>): Promise<E.Either<StoreFailed, A>> => {
    const result = await attempt(statement)()
    if (E.isLeft(result)) onError(result.left)
    return result
  }

  // Queries that end while a report is under way are reported together in the next one.
  let reports: Report[] = []
  let returned: ClaimedTask[] = []
  let flushing: Promise<void> | undefined
  const flush = (): Promise<void> =>
    (flushing ??= (async () => {
      while (reports.length + returned.length > 0) {
        const [some, others] = [reports, returned]
        reports = []
        returned = []
        // If it fails, the tasks are due again when the lease is over.
        if (some.length > 0) await store(() => database.query(report, [JSON.stringify(some)]))
        if (others.length > 0)
          await store(() =>
            database.query(putBack, [JSON.stringify(others.map(({ task, fence }) => ({ task, fence })))]),
          )
      }
      flushing = undefined
    })())

  const look = async ({ action, delayMs, tasks }: Claim, askedAtMs: number): Promise<void> => {
    await new Promise<void>(resolve => {
      const cancel = clock.after(Math.max(0, delayMs), begin)
      slots.add(begin)
      function begin(): void {
        cancel()
        slots.delete(begin)
        resolve()
      }
    })
    // The slot was given after `askedAtMs`, so it is not later than that.
    const isLate = clock.now() - (askedAtMs + delayMs) > mostLateMs
    const asking = askings.get(action)
    if (isStopped() || isLate || asking === undefined) returned.push(...tasks)
    else {
      const answers = await ask(clock, asking, tasks, queryTimeoutMs)
      reports.push(...decide(policies, tasks, answers))
      if (E.isLeft(answers) && isOverload(answers.left.error)) {
        const pauseMs = Math.max(leastPauseMs, answers.left.retryAfterMs)
        await store(() => database.query(pause, [account, pauseMs]))
      }
    }
    await flush()
  }

  const begin = (claimed: Claim, askedAtMs: number): void => {
    const looking = look(claimed, askedAtMs).finally(() => {
      inFlight.delete(looking)
      if (isFull && concurrency - inFlight.size >= half) wake()
    })
    inFlight.add(looking)
  }

  const work = async (): Promise<void> => {
    while (!isStopped()) {
      const free = concurrency - inFlight.size
      isFull = free < half
      if (isFull) {
        await sleep(longestSleepMs)
        continue
      }
      const askedAtMs = clock.now()
      const claimed = await store(() =>
        database.query(claim, [
          account,
          kinds,
          free,
          leaseMs,
          askings.size,
          Math.min(free * mostTasks, 2 ** 31 - 1),
        ]),
      )
      if (E.isLeft(claimed)) {
        await sleep(longestSleepMs)
        continue
      }
      for (const group of claimsOf(claimed.right)) begin(group, askedAtMs)
      const next = await store(() => database.query(nextClaim, [account, actions]))
      const delayMs = E.isRight(next) ? Number(next.right[0]?.delay_ms ?? longestSleepMs) : longestSleepMs
      await sleep(Math.min(Math.max(delayMs, leastSleepMs), longestSleepMs))
    }
  }

  const listening = attempt(() => database.listen('task_outcome_due', wake))()
  const working = work()
  return {
    stop: async () => {
      stopped = true
      wake()
      for (const end of slots) end()
      await working
      for (const end of slots) end()
      await Promise.all(inFlight)
      const listened = await listening
      if (E.isRight(listened)) await attempt(listened.right)()
    },
  }
}

/** Asks, and no longer than the timeout. */
const ask = async (
  clock: Clock,
  asking: Asking,
  tasks: RNEA.ReadonlyNonEmptyArray<ClaimedTask>,
  timeoutMs: number,
): Promise<E.Either<FailedQuery, Answers>> => {
  const controller = new AbortController()
  return new Promise(resolve => {
    const cancel = clock.after(timeoutMs, () => {
      controller.abort()
      resolve(E.left({ error: timeoutError(timeoutMs), askAgain: 'always', retryAfterMs: 0 }))
    })
    void asking.ask(RNEA.map(queriedTask)(tasks), controller.signal).then(answers => {
      cancel()
      resolve(answers)
    })
  })
}

const queriedTask = ({ identity: { taskId, resourceIds } }: ClaimedTask): QueriedTask => {
  const [resourceId, ...others] = resourceIds
  return resourceId === undefined || others.length > 0
    ? { taskId, resourceIds }
    : { taskId, resourceId, resourceIds }
}

const timeoutError = (timeoutMs: number): QueryError => ({
  _tag: 'DeliveryUnknown',
  operation: 'query',
  reason: { _tag: 'TimedOut', timeoutMs },
  recovered: [],
})

/** Puts the rows of each slot together. */
const claimsOf = (rows: ReadonlyArray<Row>): ReadonlyArray<Claim> =>
  Object.values(NEA.groupBy((row: Row) => String(row.slot))([...rows])).map(group => {
    const { action, delay_ms } = group[0]
    return { action: String(action), delayMs: Number(delay_ms), tasks: RNEA.map(claimedTask)(group) }
  })

const claimedTask = (row: Row): ClaimedTask => ({
  task: String(row.task),
  fence: Number(row.fence),
  identity: decode(TaskIdentity, json(row.ref)),
  queries: Number(row.queries),
  ageMs: Number(row.age_ms),
  together: row.together as number | null,
  polling: (json(row.polling) ?? defaultRetryStatus) as RetryStatus,
  failing: (json(row.failing) ?? defaultRetryStatus) as RetryStatus,
})

/** Between two claims, so that each gives several slots; far less than `lookaheadMs`, so that none is lost. */
const leastSleepMs = 50

/** A worker that sleeps looks again after that time, even if no notification reaches it. */
const longestSleepMs = 1000

/** After a rejection because of overload without a `Retry-After`. */
const leastPauseMs = 1000
