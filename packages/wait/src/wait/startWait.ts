/**
 * A wait: any number of tasks, one queue, ordered by when each is to be looked at.
 *
 * It is fair by that order alone: a task that has been looked at comes after all that are due, so none starves.
 *
 * @internal
 */
import { type TaskId, type TaskStatus } from '@task-outcome/core'
import { type Aborted, type AbortSignalLike, type TimedOut, aborted } from '@task-outcome/core/adapter'
import * as E from 'fp-ts/lib/Either.js'
import { Heap } from 'heap-js'
import { type RetryStatus, defaultRetryStatus } from 'retry-ts'
import { quietly } from '../clock/quietly.js'
import { nextStep } from '../pace/policies.js'
import { makeRate } from '../pace/Rate.js'
import {
  type FailedQuery,
  type QueryTaskStatus,
  ask,
  failedQuery,
  failedWith,
} from '../query/QueryTaskStatus.js'
import type { WaitProgress } from '../result/WaitProgress.js'
import {
  type FinishedTask,
  type PendingReason,
  type PendingTask,
  type WaitResult,
  pendingFor,
  resultOf,
} from '../result/WaitResult.js'
import type { Settings } from './WaitOptions.js'
import type { DistinctTask } from '../result/TaskRef.js'
import type { Beginning } from './Beginning.js'

export interface Wait<Output, Data> {
  readonly result: Promise<WaitResult<Output, Data>>
  /** Ends the wait at once, as the caller's signal would. */
  readonly abort: (reason: unknown) => void
}

/** A task whose end is not known yet. */
interface Followed extends DistinctTask {
  queries: number
  dueAtMs: number
  /** Among those that are due at the same time, who came first is first. */
  turn: number
  polling: RetryStatus
  /** Of the failures in a row. */
  failing: RetryStatus
}

export const startWait = <Output, Data>(
  { finished: endedBefore, tasks }: Beginning<Output, Data>,
  query: QueryTaskStatus<Output, Data>,
  settings: Settings<Output, Data>,
): Wait<Output, Data> => {
  const { clock } = settings
  const rate = makeRate(settings.maxQueriesPerSecond)
  const finished = [...endedBefore]
  let succeeded = finished.filter(({ status }) => status._tag === 'Succeeded').length
  let queries = [...finished, ...tasks].reduce((sum, task) => sum + task.queries, 0)
  const followed = new Map<TaskId, Followed>()
  /** Tasks that are not looked at any more, in this wait, and how many had finished when each was given up. */
  const givenUp = new Map<TaskId, { readonly task: PendingTask; readonly known: number }>()
  const queue = new Heap<Followed>((one, other) => one.dueAtMs - other.dueAtMs || one.turn - other.turn)
  let turns = 0
  let beganAtMs = NaN
  /** How to break off each query that is under way. */
  const underWay = new Set<() => void>()
  /** Ended tasks whose end could not be told to the caller: they count as pending. */
  const untold = new Map<TaskId, FinishedTask<Output, Data>>()
  const telling = new Set<Promise<unknown>>()
  const leaveBehind = new Set<() => void>()
  let cancelTimer: (() => void) | undefined
  let isOver = false as boolean // not narrowed: the functions below change it
  let resolve: (result: WaitResult<Output, Data>) => void

  /** What was known when so many had finished; by default, what is known now. */
  const resultWith = (reason: PendingReason, known = Infinity): WaitResult<Output, Data> => {
    const endedLater = new Map(finished.slice(known).map(task => [task.taskId, task]))
    const pending = tasks.flatMap(({ taskId }): ReadonlyArray<PendingTask> => {
      const task = followed.get(taskId) ?? endedLater.get(taskId) ?? untold.get(taskId)
      if (task !== undefined) return [pendingFor(reason)(task)]
      const left = givenUp.get(taskId)
      if (left === undefined) return []
      return [left.known < known ? left.task : pendingFor(reason)(left.task)]
    })
    return resultOf(
      finished.slice(0, known).filter(({ taskId }) => !untold.has(taskId)),
      pending,
    )
  }

  const progress = (): WaitProgress => ({
    succeeded,
    failed: finished.length - succeeded,
    pending: followed.size + givenUp.size,
    queries,
  })

  /** The wait is over; the tasks that are still followed are left pending, for this reason. */
  const end = (reason: TimedOut | Aborted | { readonly _tag: 'Waiting' }): void => {
    if (isOver) return
    isOver = true
    resolve(resultWith(reason))
    for (const leave of [...leaveBehind, ...underWay, () => cancelTimer?.()]) quietly(leave)
  }

  /** Every way in: the policies, the clock and the callback are the caller's, and may throw. */
  const guarded = (run: () => void): void => {
    try {
      run()
    } catch (thrown) {
      end(aborted(thrown))
    }
  }

  const giveUp = (task: Followed, reason: PendingReason): void => {
    followed.delete(task.taskId)
    givenUp.set(task.taskId, { task: pendingFor(reason)(task), known: finished.length })
  }

  const lookAgain = (task: Followed, delayMs: number): void => {
    task.dueAtMs = clock.now() + delayMs
    task.turn = turns++
    queue.push(task)
  }

  /** The next look as the polling policy has it. */
  const poll = (task: Followed): void => {
    const step = nextStep(settings.pollPolicy, task.polling)
    if (step === undefined) {
      giveUp(task, { _tag: 'PolicyGaveUp' })
      return
    }
    task.polling = step.status
    lookAgain(task, step.delayMs)
  }

  const heard = (task: Followed, status: TaskStatus<Output, Data>): void => {
    task.failing = defaultRetryStatus
    if (status._tag === 'InProgress') {
      poll(task)
      return
    }
    const { taskId, resourceIds } = task
    const finishedTask = { _tag: 'FinishedTask', taskId, resourceIds, status, queries: task.queries } as const
    followed.delete(taskId)
    finished.push(finishedTask)
    if (status._tag === 'Succeeded') succeeded++
    tell(finishedTask)
  }

  const tell = (task: FinishedTask<Output, Data>): void => {
    const known = finished.length
    const soFar = { progress: progress(), result: () => resultWith({ _tag: 'Waiting' }, known) }
    const failedToTell = (thrown: unknown): void => {
      untold.set(task.taskId, task)
      end(aborted(thrown))
    }
    try {
      const told = settings.onFinish(task, soFar)
      if (!isPromise(told)) return
      const settled = Promise.resolve(told).then(() => {
        telling.delete(settled)
        guarded(goOn)
      }, failedToTell)
      telling.add(settled)
    } catch (thrown) {
      failedToTell(thrown)
    }
  }

  const failed = (
    task: Followed,
    { error, askAgain, retryAfterMs }: FailedQuery,
    startedAtMs: number,
  ): void => {
    const mayBeNew = startedAtMs - beganAtMs < settings.unknownTaskGraceMs
    const goesOn = askAgain === 'always' || (askAgain === 'whileNew' && mayBeNew)
    const step = goesOn ? nextStep(settings.failurePolicy, task.failing) : undefined
    if (step === undefined) {
      giveUp(task, { _tag: 'QueryFailed', error })
      return
    }
    task.failing = step.status
    lookAgain(task, Math.max(step.delayMs, retryAfterMs))
  }

  const look = (task: Followed): void => {
    const startedAtMs = clock.now()
    const controller = new AbortController()
    rate.started(startedAtMs)
    task.queries++
    queries++
    const release = (): void => {
      underWay.delete(breakOff)
      cancelLimit?.()
    }
    const breakOff = (): void => {
      release()
      controller.abort()
    }
    underWay.add(breakOff)
    const { queryTimeoutMs } = settings
    const cancelLimit =
      queryTimeoutMs === Infinity
        ? undefined
        : clock.after(queryTimeoutMs, () => {
            controller.abort()
            answered(E.left(failedQuery(failedWith({ _tag: 'TimedOut', timeoutMs: queryTimeoutMs }))))
          })
    const answered = (answer: E.Either<FailedQuery, TaskStatus<Output, Data>>): void => {
      if (isOver || !underWay.has(breakOff)) return
      guarded(() => {
        release()
        if (hasLeft()) return
        if (E.isRight(answer)) {
          rate.answered()
          heard(task, answer.right)
        } else {
          const { isOverload, retryAfterMs } = answer.left
          if (isOverload) rate.refused(startedAtMs, clock.now(), retryAfterMs)
          failed(task, answer.left, startedAtMs)
        }
        goOn()
      })
    }
    void ask(query, task.taskId, controller.signal).then(answered)
  }

  /** The caller has left: a signal need not tell of it. */
  const hasLeft = (): boolean => {
    if (settings.signal?.aborted === true) end(aborted(reasonOf(settings.signal)))
    return isOver
  }

  /** Starts every query whose time has come, and sees to it that this is called again when there is more to do. */
  const goOn = (): void => {
    cancelTimer?.()
    while (!hasLeft() && underWay.size < settings.concurrency) {
      const next = queue.peek()
      if (next === undefined) break
      const waitMs = Math.max(next.dueAtMs, rate.nextStartMs()) - clock.now()
      if (waitMs > 0) {
        cancelTimer = clock.after(waitMs, () => guarded(goOn))
        return
      }
      queue.pop()
      look(next)
    }
    if (underWay.size === 0 && queue.length === 0 && telling.size === 0) end({ _tag: 'Waiting' })
  }

  const begin = (): void => {
    for (const task of tasks) {
      const { taskId, resourceIds, queries } = task
      followed.set(taskId, {
        taskId,
        resourceIds,
        queries,
        dueAtMs: 0,
        turn: 0,
        polling: defaultRetryStatus,
        failing: defaultRetryStatus,
      })
    }
    const { signal, timeoutMs } = settings
    if (signal !== undefined) {
      if (hasLeft()) return
      const abort = (): void => end(aborted(reasonOf(signal)))
      leaveBehind.add(() => signal.removeEventListener?.('abort', abort))
      signal.addEventListener?.('abort', abort)
      if (hasLeft()) return
    }
    beganAtMs = clock.now()
    if (timeoutMs < Infinity) limitTime(timeoutMs)
    for (const task of followed.values()) poll(task)
    goOn()
  }

  const limitTime = (timeoutMs: number): void => {
    const endsAtMs = clock.now() + timeoutMs
    const arm = (): void => {
      const cancel = clock.after(endsAtMs - clock.now(), () => {
        leaveBehind.delete(cancel)
        guarded(() => (clock.now() < endsAtMs ? arm() : end({ _tag: 'TimedOut', timeoutMs })))
      })
      leaveBehind.add(cancel)
    }
    arm()
  }

  const result = new Promise<WaitResult<Output, Data>>(resolveResult => {
    resolve = resolveResult
    guarded(begin)
  })
  return { result, abort: reason => end(aborted(reason)) }
}

const isPromise = (told: unknown): told is PromiseLike<unknown> =>
  typeof told === 'object' && told !== null && 'then' in told

const reasonOf = (signal: AbortSignalLike): unknown => {
  try {
    return signal.reason
  } catch (thrown) {
    return thrown
  }
}
