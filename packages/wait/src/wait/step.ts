/**
 * A wait as a state machine: `step` takes what happened, and returns the next state and what to do. It has no I/O, no clock and
 * no promise, so the same events always give the same effects. `startWait` performs the effects.
 *
 * A state is linear: `step` consumes it, and only the state it returns may be used from then on. The state is a small record
 * that is made anew for each step. The parts that grow with the number of tasks (`Tasks`, `Schedule`, `Rate`) are changed in
 * place and passed on: a wait can have 100,000 tasks, and persistent collections would copy several tree paths for each query.
 *
 * A step asks for at most one call of the caller's code (a policy, the query, `onFinish`), as its last effect. Such a call can
 * abort the wait, so nothing is planned beyond it. `Ticked` asks what comes next.
 *
 * @internal
 */
import type { TaskId, TaskStatus } from '@task-outcome/core'
import type { Aborted, TimedOut } from '@task-outcome/core/adapter'
import type { RetryStatus } from 'retry-ts'
import type { NextDelay } from '../pace/policies.js'
import { type Rate, makeRate } from '../pace/Rate.js'
import { type FailedQuery, failedQuery, failedWith } from '../query/QueryTaskStatus.js'
import type { WaitProgress } from '../result/WaitProgress.js'
import type { FinishedTask, PendingReason, WaitResult } from '../result/WaitResult.js'
import type { InitialState } from './InitialState.js'
import { type Schedule, addDue, earliest, emptySchedule, removeEarliest } from './Schedule.js'
import {
  type Tasks,
  type TrackedTask,
  awaitDecision,
  awaitTurn,
  endTask,
  giveUp,
  progressIn,
  resultIn,
  settle,
  startQuery,
  tasksOf,
} from './Tasks.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Idle → Waiting → Over, or Idle → Over. */
export type WaitState<Output, Data> = Idle<Output, Data> | Waiting<Output, Data> | Over<Output, Data>

interface Idle<Output, Data> {
  readonly _tag: 'Idle'
  readonly limits: Limits
  readonly tasks: Tasks<Output, Data>
}

interface Waiting<Output, Data> {
  readonly _tag: 'Waiting'
  readonly limits: Limits
  readonly beganAtMs: number
  readonly tasks: Tasks<Output, Data>
  /** The tasks that are `New`, the next one last. */
  readonly newTasks: TrackedTask[]
  /** The tasks that are `Scheduled`. */
  readonly schedule: Schedule<TrackedTask>
  readonly rate: Rate
}

interface Over<Output, Data> {
  readonly _tag: 'Over'
  /** Each where it was when the wait finished. */
  readonly tasks: Tasks<Output, Data>
}

/** Named and documented in `WaitOptions`. */
export interface Limits {
  readonly timeoutMs: number
  readonly concurrency: number
  readonly maxQueriesPerSecond: number
  readonly queryTimeoutMs: number
  readonly unknownTaskGraceMs: number
}

/** What happened. `nowMs` is the time at which it did. */
export type StepEvent<Output, Data> =
  | { readonly _tag: 'Began'; readonly nowMs: number }
  /** Asks what to do now: one thing at a time, until there is nothing to do. */
  | { readonly _tag: 'Ticked'; readonly nowMs: number }
  /** A policy answered `DecideDelay`: `next` is `undefined` if it gives up. */
  | DelayDecided
  | {
      readonly _tag: 'QueryAnswered'
      readonly taskId: TaskId
      readonly query: number
      readonly status: TaskStatus<Output, Data>
    }
  | {
      readonly _tag: 'QueryFailed'
      readonly taskId: TaskId
      readonly query: number
      readonly failure: FailedQuery
      readonly nowMs: number
    }
  | {
      readonly _tag: 'QueryTimedOut'
      readonly taskId: TaskId
      readonly query: number
      readonly nowMs: number
    }
  /** `onFinish` has returned, and its promise is fulfilled if it returned one. */
  | { readonly _tag: 'Told'; readonly taskId: TaskId }
  | { readonly _tag: 'FailedToTell'; readonly taskId: TaskId; readonly reason: Aborted }
  /** The timer of `SetTimeLimit` fired, which may be too early. */
  | { readonly _tag: 'TimeLimitReached'; readonly nowMs: number }
  /** The caller aborted the wait, or something of the caller's threw. */
  | { readonly _tag: 'Aborted'; readonly reason: Aborted }

interface DelayDecided {
  readonly _tag: 'DelayDecided'
  readonly taskId: TaskId
  readonly next: NextDelay | undefined
  readonly nowMs: number
}

/** What to do. */
export type Effect<Output, Data> =
  /** Apply this policy to this status and answer with `DelayDecided`. */
  | {
      readonly _tag: 'DecideDelay'
      readonly taskId: TaskId
      readonly policy: 'pollPolicy' | 'failurePolicy'
      readonly status: RetryStatus
    }
  /** Answer with `QueryAnswered`, `QueryFailed`, or, after that time, `QueryTimedOut`. */
  | {
      readonly _tag: 'StartQuery'
      readonly taskId: TaskId
      readonly query: number
      readonly timeoutMs: number
    }
  /** Call `onFinish` and answer with `Told` or `FailedToTell`. `finished` is the number of tasks that have finished. */
  | {
      readonly _tag: 'Tell'
      readonly task: FinishedTask<Output, Data>
      readonly progress: WaitProgress
      readonly finished: number
    }
  /** Nothing can be done for that time: answer with `Ticked` then. */
  | { readonly _tag: 'SetTimer'; readonly delayMs: number }
  /** Answer with `TimeLimitReached` after that time. */
  | { readonly _tag: 'SetTimeLimit'; readonly delayMs: number }
  | { readonly _tag: 'Resolve'; readonly result: WaitResult<Output, Data> }
  /** Abort the queries that are under way, cancel the timers, remove the listener. */
  | { readonly _tag: 'CleanUp' }

export type EffectOf<Tag, Output = unknown, Data = unknown> = Extract<
  Effect<Output, Data>,
  { readonly _tag: Tag }
>

export type Stepped<Output, Data> = readonly [
  state: WaitState<Output, Data>,
  effects: ReadonlyArray<Effect<Output, Data>>,
]

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

export const idle = <Output, Data>(
  initial: InitialState<Output, Data>,
  limits: Limits,
): WaitState<Output, Data> => ({ _tag: 'Idle', limits, tasks: tasksOf(initial) })

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/** Total: an event that does not fit the state, such as the response to a query that has timed out, changes nothing. */
export const step = <Output, Data>(
  state: WaitState<Output, Data>,
  event: StepEvent<Output, Data>,
): Stepped<Output, Data> => {
  switch (state._tag) {
    case 'Idle':
      return whileIdle(state, event)
    case 'Waiting':
      return whileWaiting(state, event)
    case 'Over':
      return onceOver(state, event)
  }
}

const whileIdle = <Output, Data>(
  state: Idle<Output, Data>,
  event: StepEvent<Output, Data>,
): Stepped<Output, Data> => {
  switch (event._tag) {
    case 'Began':
      return begin(state, event.nowMs)
    case 'Aborted':
      return finish(state.tasks, event.reason)
    default:
      return [state, []]
  }
}

const whileWaiting = <Output, Data>(
  state: Waiting<Output, Data>,
  event: StepEvent<Output, Data>,
): Stepped<Output, Data> => {
  const { limits, tasks } = state
  switch (event._tag) {
    case 'Began':
      return [state, []]
    case 'Ticked':
      return tick(state, event.nowMs)
    case 'DelayDecided':
      return schedule(state, event)
    case 'QueryAnswered':
      return whereUnderWay(state, event, task => answered(state, task, event.status))
    case 'QueryFailed':
      return whereUnderWay(state, event, (task, startedAtMs) =>
        failed(state, task, startedAtMs, event.failure, event.nowMs),
      )
    case 'QueryTimedOut':
      return whereUnderWay(state, event, (task, startedAtMs) =>
        failed(state, task, startedAtMs, timedOut(limits.queryTimeoutMs), event.nowMs),
      )
    case 'Told':
      return [withTasks(state, settle(tasks, event.taskId, 'done')), []]
    case 'FailedToTell': {
      const settled = settle(tasks, event.taskId, 'failed')
      return settled === tasks ? [state, []] : finish(settled, event.reason)
    }
    case 'TimeLimitReached': {
      const delayMs = state.beganAtMs + limits.timeoutMs - event.nowMs
      return delayMs > 0
        ? [state, [{ _tag: 'SetTimeLimit', delayMs }]]
        : finish(tasks, { _tag: 'TimedOut', timeoutMs: limits.timeoutMs })
    }
    case 'Aborted':
      return finish(tasks, event.reason)
  }
}

/** The `soFar.result` of an earlier end can still be called: a task whose `onFinish` fails late counts as pending there. */
const onceOver = <Output, Data>(
  state: Over<Output, Data>,
  event: StepEvent<Output, Data>,
): Stepped<Output, Data> =>
  event._tag === 'FailedToTell'
    ? [{ ...state, tasks: settle(state.tasks, event.taskId, 'failed') }, []]
    : [state, []]

// -------------------------------------------------------------------------------------
// transitions
// -------------------------------------------------------------------------------------

const begin = <Output, Data>({ limits, tasks }: Idle<Output, Data>, nowMs: number): Stepped<Output, Data> => [
  {
    _tag: 'Waiting',
    limits,
    beganAtMs: nowMs,
    tasks,
    newTasks: [...tasks.byId.values()].reverse(),
    schedule: emptySchedule(),
    rate: makeRate(limits.maxQueriesPerSecond),
  },
  limits.timeoutMs < Infinity ? [{ _tag: 'SetTimeLimit', delayMs: limits.timeoutMs }] : [],
]

/** Written out field by field, as in `Tasks`: each query makes four of these records. */
const withTasks = <Output, Data>(
  { limits, beganAtMs, newTasks, schedule, rate }: Waiting<Output, Data>,
  tasks: Tasks<Output, Data>,
): Waiting<Output, Data> => ({ _tag: 'Waiting', limits, beganAtMs, tasks, newTasks, schedule, rate })

/** Ends the wait. The tasks that are still pursued are pending for this reason. */
const finish = <Output, Data>(
  tasks: Tasks<Output, Data>,
  reason: TimedOut | Aborted | { readonly _tag: 'Waiting' },
): Stepped<Output, Data> => [
  { _tag: 'Over', tasks },
  [{ _tag: 'Resolve', result: resultIn(tasks, reason) }, { _tag: 'CleanUp' }],
]

/**
 * Does the next thing. The order of the schedule makes it fair: a task that was queried comes after all tasks that are due, so
 * none starves.
 */
const tick = <Output, Data>(state: Waiting<Output, Data>, nowMs: number): Stepped<Output, Data> => {
  const { limits, tasks, newTasks, schedule, rate } = state
  const newTask = newTasks.pop()
  if (newTask !== undefined) return decideDelay(state, newTask)
  const next = tasks.underWay < limits.concurrency ? earliest(schedule) : undefined
  if (next !== undefined) {
    const delayMs = Math.max(next.dueAtMs, rate.nextStartMs()) - nowMs
    return delayMs > 0 ? [state, [{ _tag: 'SetTimer', delayMs }]] : start(state, next.item, nowMs)
  }
  const isDone = tasks.pursued === 0 && tasks.telling === 0
  return isDone ? finish(tasks, { _tag: 'Waiting' }) : [state, []]
}

/** Asks the policy that applies: after a failure the one for failures, else the one for polling. */
const decideDelay = <Output, Data>(
  state: Waiting<Output, Data>,
  task: TrackedTask,
  failure?: FailedQuery,
): Stepped<Output, Data> => {
  const { taskId, polling, failing } = task
  return [
    withTasks(state, awaitDecision(state.tasks, task, failure)),
    [
      failure === undefined
        ? { _tag: 'DecideDelay', taskId, policy: 'pollPolicy', status: polling }
        : { _tag: 'DecideDelay', taskId, policy: 'failurePolicy', status: failing },
    ],
  ]
}

/** Follows the policy's decision. */
const schedule = <Output, Data>(
  state: Waiting<Output, Data>,
  { taskId, next, nowMs }: DelayDecided,
): Stepped<Output, Data> => {
  const task = state.tasks.byId.get(taskId)
  if (task?.place._tag !== 'Deciding') return [state, []]
  const { failure } = task.place
  if (next === undefined) return leaveOpen(state, task, failure)
  const { polling, failing } = task
  const [scheduled, tasks] = awaitTurn(
    state.tasks,
    task,
    failure === undefined ? { polling: next.status, failing } : { polling, failing: next.status },
  )
  addDue(state.schedule, scheduled, nowMs + Math.max(next.delayMs, failure?.retryAfterMs ?? 0))
  return [withTasks(state, tasks), []]
}

const leaveOpen = <Output, Data>(
  state: Waiting<Output, Data>,
  task: TrackedTask,
  failure: FailedQuery | undefined,
): Stepped<Output, Data> => {
  const reason: PendingReason =
    failure === undefined ? { _tag: 'PolicyGaveUp' } : { _tag: 'QueryFailed', error: failure.error }
  return [withTasks(state, giveUp(state.tasks, task, reason)), []]
}

/** Starts the query of the task that is the earliest in the schedule. */
const start = <Output, Data>(
  state: Waiting<Output, Data>,
  task: TrackedTask,
  nowMs: number,
): Stepped<Output, Data> => {
  removeEarliest(state.schedule)
  state.rate.started(nowMs)
  const tasks = startQuery(state.tasks, task, nowMs)
  const { queryTimeoutMs: timeoutMs } = state.limits
  return [
    withTasks(state, tasks),
    [{ _tag: 'StartQuery', taskId: task.taskId, query: tasks.queries, timeoutMs }],
  ]
}

/** Calls `goOn` if this query of the task is under way, and not a later one. */
const whereUnderWay = <Output, Data>(
  state: Waiting<Output, Data>,
  { taskId, query }: { readonly taskId: TaskId; readonly query: number },
  goOn: (task: TrackedTask, startedAtMs: number) => Stepped<Output, Data>,
): Stepped<Output, Data> => {
  const task = state.tasks.byId.get(taskId)
  return task?.place._tag === 'UnderWay' && task.place.query === query
    ? goOn(task, task.place.startedAtMs)
    : [state, []]
}

const answered = <Output, Data>(
  state: Waiting<Output, Data>,
  task: TrackedTask,
  status: TaskStatus<Output, Data>,
): Stepped<Output, Data> => {
  state.rate.answered()
  if (status._tag === 'InProgress') return decideDelay(state, task)
  const { taskId, resourceIds, queries } = task
  const finished: FinishedTask<Output, Data> = { _tag: 'FinishedTask', taskId, resourceIds, status, queries }
  const tasks = endTask(state.tasks, task, finished)
  return [
    withTasks(state, tasks),
    [{ _tag: 'Tell', task: finished, progress: progressIn(tasks), finished: tasks.finished.length }],
  ]
}

/** A failed query is not a failed task: unless it was refused for good, the failure policy decides. */
const failed = <Output, Data>(
  state: Waiting<Output, Data>,
  task: TrackedTask,
  startedAtMs: number,
  failure: FailedQuery,
  nowMs: number,
): Stepped<Output, Data> => {
  const { askAgain, isOverload, retryAfterMs } = failure
  if (isOverload) state.rate.refused(startedAtMs, nowMs, retryAfterMs)
  const mayBeNew = startedAtMs - state.beganAtMs < state.limits.unknownTaskGraceMs
  const goesOn = askAgain === 'always' || (askAgain === 'whileNew' && mayBeNew)
  return goesOn ? decideDelay(state, task, failure) : leaveOpen(state, task, failure)
}

const timedOut = (timeoutMs: number): FailedQuery => failedQuery(failedWith({ _tag: 'TimedOut', timeoutMs }))
