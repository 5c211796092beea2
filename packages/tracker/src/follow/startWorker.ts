/**
 * A worker: claims tasks that are due, queries them within the rate of their account, and reports what it learned.
 *
 * @since 0.1.0
 */
import { type Clock, defaultFailurePolicy, defaultPollPolicy, systemClock } from '@task-outcome/wait'
import {
  type Answers,
  type Asking,
  type FailedQuery,
  type TaskQuery,
  askingWith,
  checkedPolicy,
  failedQuery,
  failedWith,
  ignoreErrors,
  isOverload,
  queriedTask,
} from '@task-outcome/wait/query'
import * as E from 'fp-ts/lib/Either.js'
import * as NEA from 'fp-ts/lib/NonEmptyArray.js'
import * as RNEA from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type * as T from 'fp-ts/lib/Task.js'
import { type RetryStatus, defaultRetryStatus } from 'retry-ts'
import { createWakeUp, pauseFor } from '../clock/wakeUp.js'
import { type Database, type Row, type StoreFailed, attempt, storeFailed } from '../database/Database.js'
import { keepListening } from '../database/keepListening.js'
import {
  type InvalidOption,
  invalidOption,
  nameIssue,
  numberIssue,
  objectIssue,
} from '../option/InvalidOption.js'
import { decode, json } from '../record/readRow.js'
import { TaskIdentity } from '../record/TrackedTask.js'
import { claim, lookaheadMs, mostLateMs, nextClaim, pause, putBack, report } from '../sql/followed.js'
import { dueChannel } from '../sql/submissions.js'
import { type AroundQuery, type WorkerQuery, runAround } from './AroundQuery.js'
import { type ClaimedTask, type Policies, type Report, decide } from './decide.js'
import type { WorkerOptions } from './WorkerOptions.js'

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
  defaultRate: number,
  account: string,
  queries: QueriesOfActions,
  options: WorkerOptions = {},
): E.Either<InvalidOption, Worker> => {
  const inputIssue =
    nameIssue('account', account) ?? objectIssue('queries', queries) ?? objectIssue('options', options)
  if (inputIssue !== undefined) return E.left(invalidOption(inputIssue))
  const {
    pollPolicy = defaultPollPolicy,
    failurePolicy = defaultFailurePolicy,
    concurrency = 50,
    queryTimeoutMs = 10_000,
    unknownTaskGraceMs = 10_000,
    clock = systemClock,
    random = Math.random,
    aroundQuery,
  } = options
  const issue =
    (Number.isInteger(concurrency) ? undefined : 'concurrency must be an integer') ??
    numberIssue('concurrency', concurrency, 1, 1000) ??
    numberIssue('queryTimeoutMs', queryTimeoutMs, 1, 600_000) ??
    numberIssue('unknownTaskGraceMs', unknownTaskGraceMs, 0, Number.MAX_SAFE_INTEGER) ??
    (aroundQuery === undefined || typeof aroundQuery === 'function'
      ? undefined
      : 'aroundQuery must be a function')
  if (issue !== undefined) return E.left(invalidOption(issue))
  let askings: ReadonlyMap<string, Asking>
  try {
    const actionIssue = Object.keys(queries)
      .map(action => nameIssue('the name of an action', action))
      .find(found => found !== undefined)
    if (actionIssue !== undefined) return E.left(invalidOption(actionIssue))
    askings = new Map(Object.entries(queries).map(([action, query]) => [action, askingWith(query)]))
  } catch (thrown) {
    return E.left(invalidOption(String(thrown)))
  }
  const onError = (error: StoreFailed): void => ignoreErrors(() => options.onError?.(error))
  const policies: Policies = {
    pollPolicy: checkedPolicy('pollPolicy', pollPolicy),
    failurePolicy: checkedPolicy('failurePolicy', failurePolicy),
    unknownTaskGraceMs,
    random,
  }
  const settings = {
    database,
    defaultRate,
    account,
    clock,
    onError,
    askings,
    policies,
    concurrency,
    queryTimeoutMs,
    aroundQuery,
  }
  return E.right(run(settings))
}

interface Settings {
  readonly database: Database
  /** Of an account that has none. */
  readonly defaultRate: number
  readonly account: string
  readonly clock: Clock
  readonly onError: (error: StoreFailed) => void
  readonly askings: ReadonlyMap<string, Asking>
  readonly policies: Policies
  readonly concurrency: number
  readonly queryTimeoutMs: number
  readonly aroundQuery: AroundQuery | undefined
}

/** A query to start at its slot. */
interface Claim {
  readonly action: string
  readonly delayMs: number
  readonly tasks: RNEA.ReadonlyNonEmptyArray<ClaimedTask>
}

const run = (settings: Settings): Worker => {
  const { database, defaultRate, account, clock, onError, askings, policies, concurrency, queryTimeoutMs } =
    settings
  const kinds = Array.from(askings, ([action, { maxTasksPerQuery }]) => ({
    action,
    most: Math.min(maxTasksPerQuery, mostTasksPerQuery),
  }))
  const actions = JSON.stringify([...askings.keys()])
  // Claims wait for that many free places, so that each gives several.
  const half = Math.ceil(concurrency / 2)
  const leaseMs = lookaheadMs + queryTimeoutMs + 5000
  const mostTasks = Math.max(1, ...kinds.map(({ most }) => most))
  const { sleep, wake } = createWakeUp(clock)
  const inFlight = new Set<Promise<void>>()
  const slots = new Set<() => void>()
  const isStopped = (): boolean => stopped
  let stopped = false
  let isFull = false
  let pausedUntilMs = -Infinity
  /** Between two claims. Longer if slots come late: a process or a database that is overloaded gets worse by more statements. */
  let restMs = leastSleepMs
  /** When it sleeps no longer. */
  let claimsAtMs = Infinity

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
        if (some.length > 0) {
          await store(() => database.query(report, [JSON.stringify(some)]))
          const open = some.filter(({ state }) => state === 'Open').map(({ delay_ms }) => delay_ms)
          if (clock.now() + Math.min(...open) < claimsAtMs) wake()
        }
        if (others.length > 0) {
          await store(() =>
            database.query(putBack, [
              JSON.stringify(others.map(({ task, fence }) => ({ task, fence }))),
              isStopped(),
            ]),
          )
          wake()
        }
      }
      flushing = undefined
    })())

  /** Queries the tasks, unless their slot is over. */
  const query = async ({ action, delayMs, tasks }: Claim, askedAtMs: number): Promise<void> => {
    // The slot was given after `askedAtMs`, so it is not later than that.
    const isLate = clock.now() - (askedAtMs + delayMs) > mostLateMs
    restMs = isLate ? Math.min(2 * restMs, lookaheadMs) : Math.max(restMs / 2, leastSleepMs)
    const asking = askings.get(action)
    if (isStopped() || isLate || asking === undefined || clock.now() < pausedUntilMs) {
      returned.push(...tasks)
      return
    }
    const answers = await runAround(
      settings.aroundQuery,
      () => ({ account, action, tasks: tasks.map(namedTask) }),
      () => ask(clock, asking, tasks, queryTimeoutMs),
      result => (E.isLeft(result) ? result.left.error : undefined),
    )
    if (E.isLeft(answers) && isOverload(answers.left.error)) {
      const pauseMs = Math.max(leastPauseMs, answers.left.retryAfterMs)
      // The slots that this worker has already are given back.
      pausedUntilMs = Math.max(pausedUntilMs, clock.now() + pauseMs)
      for (const end of slots) end()
      await store(() => database.query(pause, [account, pauseMs]))
    }
    reports.push(...decide(policies, tasks, answers))
  }

  const look = async (claimed: Claim, askedAtMs: number): Promise<void> => {
    await new Promise<void>(resolve => {
      const cancel = clock.after(Math.max(0, claimed.delayMs), begin)
      slots.add(begin)
      function begin(): void {
        cancel()
        slots.delete(begin)
        resolve()
      }
    })
    // If it fails, the tasks are due again when the lease is over.
    await store(() => query(claimed, askedAtMs))
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
      claimsAtMs = Infinity
      const free = concurrency - inFlight.size
      isFull = free < half
      if (isFull) {
        await sleep(longestSleepMs)
        continue
      }
      const askedAtMs = clock.now()
      const claimed = await store(async () => {
        const values = [
          account,
          JSON.stringify(kinds),
          free,
          leaseMs,
          askings.size,
          free * mostTasks,
          defaultRate,
        ]
        return claimsOf(await database.query(claim, values), onError)
      })
      if (E.isLeft(claimed)) {
        await sleep(longestSleepMs)
        continue
      }
      for (const group of claimed.right) begin(group, askedAtMs)
      const next = await store(() => database.query(nextClaim, [account, actions]))
      const delayMs = E.isRight(next) ? Number(next.right[0]?.delay_ms ?? longestSleepMs) : longestSleepMs
      const sleepMs = Math.min(Math.max(0, delayMs - restMs), longestSleepMs)
      claimsAtMs = clock.now() + restMs + sleepMs
      // Even if it is woken all the time, it claims only so often.
      await pauseFor(clock, restMs)
      await sleep(sleepMs)
    }
  }

  const stopListening = keepListening(database, clock, dueChannel, owner => {
    if (owner === undefined || owner === account) wake()
  })
  const working = work()
  return {
    stop: async () => {
      stopped = true
      wake()
      for (const end of slots) end()
      await working
      for (const end of slots) end()
      await Promise.all(inFlight)
      await stopListening()
    },
  }
}

const namedTask = ({
  task,
  identity: { taskId },
  traceparent,
}: ClaimedTask): WorkerQuery['tasks'][number] => ({
  id: task,
  taskId,
  ...(traceparent === null ? {} : { traceparent }),
})

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
      resolve(E.left(failedQuery(failedWith({ _tag: 'TimedOut', timeoutMs }))))
    })
    const queried = RNEA.map(({ identity }: ClaimedTask) => queriedTask(identity))(tasks)
    void asking.ask(queried, controller.signal).then(answers => {
      cancel()
      resolve(answers)
    })
  })
}

/** Puts the rows of each slot together. A row that is invalid keeps nothing else from being queried. */
const claimsOf = (rows: ReadonlyArray<Row>, onError: (error: StoreFailed) => void): ReadonlyArray<Claim> => {
  const read = rows.flatMap(row => {
    const task = E.tryCatch(() => claimedTask(row), storeFailed)
    if (E.isRight(task)) return [{ row, task: task.right }]
    onError(task.left)
    return []
  })
  return Object.values(NEA.groupBy(({ row }: (typeof read)[number]) => String(row.slot))(read)).map(group => {
    const { action, delay_ms } = group[0].row
    const tasks = RNEA.map(({ task }: (typeof read)[number]) => task)(group)
    return { action: String(action), delayMs: Number(delay_ms), tasks }
  })
}

const claimedTask = (row: Row): ClaimedTask => ({
  task: String(row.task),
  fence: Number(row.fence),
  identity: decode(TaskIdentity, json(row.ref)),
  traceparent: row.traceparent as string | null,
  queries: Number(row.queries),
  ageMs: Number(row.age_ms),
  together: row.together as number | null,
  polling: (json(row.polling) ?? defaultRetryStatus) as RetryStatus,
  failing: (json(row.failing) ?? defaultRetryStatus) as RetryStatus,
})

/** Between two claims of a worker that keeps up, so that each gives several slots; far less than `lookaheadMs`, so that none is lost. */
const leastSleepMs = 50

/** A worker that sleeps looks again after that time, even if no notification reaches it. */
const longestSleepMs = 1000

/** More tasks of a query are of no use, and PostgreSQL counts them as an integer. */
const mostTasksPerQuery = 100_000

/** After a rejection because of overload without a `Retry-After`. */
const leastPauseMs = 1000
