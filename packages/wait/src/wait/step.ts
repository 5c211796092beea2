/**
 * A wait as a state machine: `step` takes what happened, and returns the next state and what to do. It has no I/O, no clock and
 * no promise, so the same events always give the same effects. `startWait` performs the effects.
 *
 * A state is linear: `step` consumes it, and only the state it returns may be used from then on. The state is a small record
 * that is made anew for each step. The parts that grow with the number of tasks (`Tasks`, `Schedule`) are changed in
 * place and passed on: a wait can have 100,000 tasks, and persistent collections would copy several tree paths for each query.
 *
 * A query asks for one task or, if the API can tell of many, for those that are due together: see `start`.
 *
 * A step asks for at most one call of the caller's code (a policy, the query, `onFinish`), as its last effect. Such a call can
 * abort the wait, so nothing is planned beyond it. `Ticked` asks what comes next.
 *
 * @internal
 */
import type { TaskEnd } from '@task-outcome/core'
import type { Aborted, TimedOut } from '@task-outcome/core/adapter'
import * as E from 'fp-ts/lib/Either.js'
import * as RNEA from 'fp-ts/lib/NonEmptyArray.js'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import { type RetryStatus, defaultRetryStatus } from 'retry-ts'
import type { NextDelay } from '../pace/policies.js'
import { type Expectation, ageAt, looksAt, noteEnd, noteInProgress } from '../polling/Expectation.js'
import { type FailedQuery, canBeOfOneTask } from '../query/QueryTaskStatus.js'
import type { QueriedTask } from '../query/QueryTaskStatuses.js'
import { type Answers, queriedTask } from '../query/TaskQuery.js'
import type { WaitProgress } from '../result/WaitProgress.js'
import type { FinishedTask, WaitResult } from '../result/WaitResult.js'
import type { InitialState } from './InitialState.js'
import {
  type Queue,
  type Schedule,
  addAtAge,
  addAtTime,
  emptySchedule,
  firstIn,
  removeFirst,
} from './Schedule.js'
import {
  type TaskKey,
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
  readonly expectation: Expectation | undefined
}

interface Waiting<Output, Data> {
  readonly _tag: 'Waiting'
  readonly limits: Limits
  readonly beganAtMs: number
  readonly tasks: Tasks<Output, Data>
  /** How many tasks are no longer `New`: the first ones. */
  readonly begun: number
  /** How many of these since it last paused. */
  readonly begunAtOnce: number
  /** Says when to query the tasks in progress. Without one, the polling policy does. */
  readonly expectation: Expectation | undefined
  /** The age at which each task was last found in progress. */
  readonly inProgressAtMs: Float64Array
  /** What to do before anything else, the next one last. */
  readonly todo: Array<Todo<Output, Data>>
  /** The tasks that are `Scheduled`. */
  readonly schedule: Schedule
  /** The queries that are under way. */
  readonly underWay: Map<number, UnderWay>
  /** How many queries have started. */
  readonly started: number
  /** Whether it has entered the queue of the pace: at most once at a time, so that waits that share a pace take turns. */
  readonly isQueued: boolean
}

/** What the result of a query leads to: calls of the caller's code, one for each step. */
type Todo<Output, Data> =
  /** Ask the policy that applies to these tasks. The failures are in the order of `keys`; there is none without a failure. */
  | {
      readonly _tag: 'Decide'
      readonly keys: ReadonlyArray<TaskKey>
      readonly failures: ReadonlyArray<FailedQuery>
    }
  /** Tell of a task that has finished. */
  | {
      readonly _tag: 'End'
      readonly key: TaskKey
      readonly status: TaskEnd<Output, Data>
      readonly endedAtMs: number | undefined
      readonly durationMs: number
    }

type PolicyName = 'pollPolicy' | 'failurePolicy'

interface UnderWay {
  readonly keys: ReadonlyArray<TaskKey>
  readonly startedAtMs: number
}

interface Over<Output, Data> {
  readonly _tag: 'Over'
  /** Each where it was when the wait finished. */
  readonly tasks: Tasks<Output, Data>
}

/** Named and documented in `WaitOptions` and `QueryTaskStatuses`. */
export interface Limits {
  readonly maxTasksPerQuery: number
  readonly timeoutMs: number
  readonly queryTimeoutMs: number
  readonly unknownTaskGraceMs: number
}

/** What happened. `nowMs` is the time at which it did. */
export type StepEvent<Output, Data> =
  | { readonly _tag: 'Began'; readonly nowMs: number }
  /** Asks what to do now: one thing at a time, until there is nothing to do. */
  | { readonly _tag: 'Ticked'; readonly nowMs: number }
  /** The pace lets a query start. */
  | { readonly _tag: 'TurnCame'; readonly nowMs: number }
  /** A policy answered `DecideDelays`. */
  | DelaysDecided
  /** The source of randomness answered `DrawJitter`. */
  | JitterDrawn
  | QueryAnswered<Output, Data>
  | {
      readonly _tag: 'QueryFailed'
      readonly query: number
      readonly failure: FailedQuery
      readonly nowMs: number
    }
  /** `onFinish` has returned, and its promise is fulfilled if it returned one. */
  | { readonly _tag: 'Told'; readonly key: TaskKey }
  | { readonly _tag: 'FailedToTell'; readonly key: TaskKey; readonly reason: Aborted }
  /** The timer of `SetTimeLimit` fired, which may be too early. */
  | { readonly _tag: 'TimeLimitReached'; readonly nowMs: number }
  /** The caller aborted the wait, or something of the caller's threw. */
  | { readonly _tag: 'Aborted'; readonly reason: Aborted }

interface QueryAnswered<Output, Data> {
  readonly _tag: 'QueryAnswered'
  readonly query: number
  readonly answers: Answers<Output, Data>
  /** If the clock tells it. */
  readonly dateMs: number | undefined
}

interface DelaysDecided {
  readonly _tag: 'DelaysDecided'
  readonly keys: ReadonlyArray<TaskKey>
  /** In the order of `keys`: `undefined` if the policy gives up. */
  readonly next: ReadonlyArray<NextDelay | undefined>
  readonly nowMs: number
}

interface JitterDrawn {
  readonly _tag: 'JitterDrawn'
  readonly keys: ReadonlyArray<TaskKey>
  readonly together: number
  readonly drawn: ReadonlyArray<number>
  readonly nowMs: number
}

/** What to do. */
export type Effect<Output, Data> =
  /** Apply this policy to each status, with one jitter for all of them, and answer with `DelaysDecided`. */
  | {
      readonly _tag: 'DecideDelays'
      readonly keys: ReadonlyArray<TaskKey>
      readonly policy: PolicyName
      /** In the order of `keys`. */
      readonly statuses: ReadonlyArray<RetryStatus>
    }
  /** Draw a number from 0 to 1 for each group of so many of the keys that are `together`, and answer with `JitterDrawn`. */
  | { readonly _tag: 'DrawJitter'; readonly keys: ReadonlyArray<TaskKey>; readonly together: number }
  /** Enter the queue of the pace, and answer with `TurnCame`, once the others in it have had their turn. */
  | { readonly _tag: 'AwaitTurn' }
  /** Answer with `QueryAnswered` or `QueryFailed`, at the latest after that time. */
  | {
      readonly _tag: 'StartQuery'
      readonly query: number
      readonly tasks: ReadonlyNonEmptyArray<QueriedTask>
      readonly timeoutMs: number
    }
  /** Call `onFinish` and answer with `Told` or `FailedToTell`. `finished` is the number of tasks that have finished. */
  | {
      readonly _tag: 'Tell'
      readonly key: TaskKey
      readonly task: FinishedTask<Output, Data>
      readonly progress: WaitProgress
      readonly finished: number
      readonly durationMs: number
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
  taskPerResource = false,
  expectation?: Expectation,
): WaitState<Output, Data> => ({
  _tag: 'Idle',
  limits,
  tasks: tasksOf(initial, taskPerResource),
  expectation,
})

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
    case 'TurnCame':
      return takeTurn(state, event.nowMs)
    case 'DelaysDecided':
      return schedule(state, event)
    case 'JitterDrawn':
      return expect(state, event)
    case 'QueryAnswered':
      return answered(state, event)
    case 'QueryFailed':
      return failed(state, event.query, event.failure, event.nowMs)
    case 'Told':
      return [withTasks(state, settle(tasks, event.key, 'done')), []]
    case 'FailedToTell': {
      const settled = settle(tasks, event.key, 'failed')
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
    ? [{ ...state, tasks: settle(state.tasks, event.key, 'failed') }, []]
    : [state, []]

// -------------------------------------------------------------------------------------
// transitions
// -------------------------------------------------------------------------------------

const begin = <Output, Data>(
  { limits, tasks, expectation }: Idle<Output, Data>,
  nowMs: number,
): Stepped<Output, Data> => [
  {
    _tag: 'Waiting',
    limits,
    beganAtMs: nowMs,
    tasks,
    begun: 0,
    begunAtOnce: 0,
    expectation,
    inProgressAtMs: new Float64Array(tasks.byKey.length),
    todo: [],
    schedule: emptySchedule(tasks.byKey.length),
    underWay: new Map(),
    started: 0,
    isQueued: false,
  },
  limits.timeoutMs < Infinity ? [{ _tag: 'SetTimeLimit', delayMs: limits.timeoutMs }] : [],
]

/** Written out field by field, as in `Tasks`: each query makes several of these records. */
const withTasks = <Output, Data>(
  {
    limits,
    beganAtMs,
    begun,
    begunAtOnce,
    expectation,
    inProgressAtMs,
    todo,
    schedule,
    underWay,
    started,
    isQueued,
  }: Waiting<Output, Data>,
  tasks: Tasks<Output, Data>,
): Waiting<Output, Data> => ({
  _tag: 'Waiting',
  limits,
  beganAtMs,
  tasks,
  begun,
  begunAtOnce,
  expectation,
  inProgressAtMs,
  todo,
  schedule,
  underWay,
  started,
  isQueued,
})

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
  const { tasks, todo } = state
  const next = todo.pop()
  if (next?._tag === 'Decide') return decideDelays(state, next.keys, next.failures)
  if (next?._tag === 'End') return end(state, next)
  const isBeginning = state.begun < tasks.byKey.length
  if (isBeginning && state.begunAtOnce < mostBegunAtOnce) return beginSome(state)
  const due = state.isQueued ? undefined : nextDue(state)
  if (due !== undefined && due.dueAtMs <= nowMs)
    return [{ ...state, isQueued: true }, [{ _tag: 'AwaitTurn' }]]
  if (isBeginning) return [{ ...state, begunAtOnce: 0 }, [{ _tag: 'SetTimer', delayMs: 0 }]]
  if (due !== undefined) return [state, [{ _tag: 'SetTimer', delayMs: due.dueAtMs - nowMs }]]
  const isDone = !state.isQueued && tasks.pursued === 0 && tasks.telling === 0
  return isDone ? finish(tasks, { _tag: 'Waiting' }) : [state, []]
}

/** Then it pauses, so that a wait for a million tasks does not block the process. Takes a few milliseconds. */
const mostBegunAtOnce = 4000

/** Begins with new tasks. Those that fit in a query get a delay together, so that they stay together. */
const beginSome = <Output, Data>(state: Waiting<Output, Data>): Stepped<Output, Data> => {
  const { begun, begunAtOnce, expectation, limits, tasks } = state
  const most =
    expectation === undefined ? limits.maxTasksPerQuery : groupsBegunAtOnce * limits.maxTasksPerQuery
  const some = tasks.byKey.slice(begun, begun + most)
  const keys = some.filter(({ place }) => place._tag === 'New').map(({ key }) => key)
  return decideDelays(
    { ...state, begun: begun + some.length, begunAtOnce: begunAtOnce + some.length },
    keys,
    [],
    limits.maxTasksPerQuery,
  )
}

const groupsBegunAtOnce = 1000

interface Due {
  readonly key: TaskKey
  readonly queue: Queue
  readonly dueAtMs: number
}

/** The task that is due next. It stays in the schedule. */
const nextDue = <Output, Data>({
  beganAtMs,
  expectation,
  schedule,
}: Waiting<Output, Data>): Due | undefined => {
  const { at, byAge, byTime } = schedule
  const timed = dueIn(byTime, key => numberOf(at, key))
  if (expectation === undefined) return timed
  const aged = dueIn(
    byAge,
    key => beganAtMs + ageAt(expectation, looksAt(expectation, numberOf(at, key)) + 1),
  )
  return timed === undefined || (aged !== undefined && aged.dueAtMs < timed.dueAtMs) ? aged : timed
}

const dueIn = (queue: Queue, timeOf: (key: TaskKey) => number): Due | undefined => {
  const key = firstIn(queue)
  return key === undefined ? undefined : { key, queue, dueAtMs: timeOf(key) }
}

/** Asks the policy that applies: after failures the one for failures, else the one for polling, if there is one. */
const decideDelays = <Output, Data>(
  state: Waiting<Output, Data>,
  keys: ReadonlyArray<TaskKey>,
  failures: ReadonlyArray<FailedQuery>,
  together = keys.length,
): Stepped<Output, Data> => {
  const tasks = keys.reduce(
    (moved, key, index) => awaitDecision(moved, taskAt(state, key), failures[index]),
    state.tasks,
  )
  if (failures.length === 0 && state.expectation !== undefined)
    return [withTasks(state, tasks), [{ _tag: 'DrawJitter', keys, together }]]
  const policy = failures.length === 0 ? 'pollPolicy' : 'failurePolicy'
  const statuses = keys.map(key => taskAt(state, key)[failures.length === 0 ? 'polling' : 'failing'])
  return [withTasks(state, tasks), [{ _tag: 'DecideDelays', keys, policy, statuses }]]
}

/** Follows the decisions of a policy. */
const schedule = <Output, Data>(
  state: Waiting<Output, Data>,
  { keys, next, nowMs }: DelaysDecided,
): Stepped<Output, Data> => {
  let { tasks } = state
  keys.forEach((key, index) => {
    const task = tasks.byKey[key]
    if (task?.place._tag !== 'Deciding') return
    const { failure } = task.place
    const decided = next[index]
    if (decided === undefined) {
      tasks = leaveOpen(tasks, task, failure)
      return
    }
    const { status, delayMs } = decided
    const { polling, failing, mostTogether } = task
    tasks = awaitTurn(
      tasks,
      task,
      failure === undefined
        ? { polling: status, failing, mostTogether }
        : { polling, failing: status, mostTogether },
    )
    const retryAfterMs = failure?.retryAfterMs ?? 0
    const early = Math.max(delayMs * leastShareOfDelay, retryAfterMs)
    addAtTime(state.schedule, key, nowMs + Math.max(delayMs, retryAfterMs), nowMs + early)
  })
  return [withTasks(state, tasks), []]
}

/**
 * Schedules tasks by what is expected of their age: a query is due when a task should have had one more, less the jitter of up
 * to a third of a query.
 */
const expect = <Output, Data>(
  state: Waiting<Output, Data>,
  { keys, together, drawn, nowMs }: JitterDrawn,
): Stepped<Output, Data> => {
  const { beganAtMs, expectation, schedule } = state
  if (expectation === undefined) return [state, []]
  const looks = looksAt(expectation, nowMs - beganAtMs)
  let { tasks } = state
  keys.forEach((key, index) => {
    const task = tasks.byKey[key]
    if (task?.place._tag !== 'Deciding' || task.place.failure !== undefined) return
    const share = drawn[Math.floor(index / together)] ?? 1
    tasks = awaitTurn(tasks, task, task)
    addAtAge(schedule, key, ageAt(expectation, looks - (1 - share) / 3))
  })
  return [withTasks(state, tasks), []]
}

/**
 * A query takes a task along before it is due if at least this share of its delay is over. With one half, groups of tasks that
 * have become small join each other within a few rounds, and no task is queried more than twice as often as its policy says.
 */
const leastShareOfDelay = 0.5

/** The same for a task that is scheduled by its age. With the jitter, it is more than 0.4 of its delay. */
const leastShareOfLook = 0.75

const leaveOpen = <Output, Data>(
  tasks: Tasks<Output, Data>,
  task: TrackedTask,
  failure: FailedQuery | undefined,
): Tasks<Output, Data> =>
  giveUp(
    tasks,
    task,
    failure === undefined ? { _tag: 'PolicyGaveUp' } : { _tag: 'QueryFailed', error: failure.error },
  )

/** Starts the query that is due now, not when it entered the queue: it has room for tasks that have become due meanwhile. */
const takeTurn = <Output, Data>(state: Waiting<Output, Data>, nowMs: number): Stepped<Output, Data> => {
  const due = state.isQueued ? nextDue(state) : undefined
  return due === undefined ? [state, []] : start({ ...state, isQueued: false }, due, nowMs)
}

/**
 * Starts the query of the task that is the earliest in the schedule. Takes along those that come next, up to the limit of a query,
 * until one may not be taken along yet.
 */
const start = <Output, Data>(
  state: Waiting<Output, Data>,
  first: Due,
  nowMs: number,
): Stepped<Output, Data> => {
  const { limits, schedule, underWay } = state
  const { mostTogether } = taskAt(state, first.key)
  const keys: RNEA.NonEmptyArray<TaskKey> = [first.key]
  removeFirst(schedule, first.queue)
  while (keys.length < Math.min(limits.maxTasksPerQuery, mostTogether)) {
    const next = nextDue(state)
    if (next === undefined || !canBeTakenAlong(state, next, nowMs)) break
    if (taskAt(state, next.key).mostTogether !== mostTogether) break
    removeFirst(schedule, next.queue)
    keys.push(next.key)
  }
  const query = state.started + 1
  const tasks = keys.reduce((moved, key) => startQuery(moved, taskAt(state, key)), state.tasks)
  underWay.set(query, { keys, startedAtMs: nowMs })
  const queried = RNEA.map((key: TaskKey) => queriedTask(taskAt(state, key)))(keys)
  return [
    { ...withTasks(state, tasks), started: query },
    [{ _tag: 'StartQuery', query, tasks: queried, timeoutMs: limits.queryTimeoutMs }],
  ]
}

const canBeTakenAlong = <Output, Data>(
  { beganAtMs, expectation, schedule }: Waiting<Output, Data>,
  { key, queue }: Due,
  nowMs: number,
): boolean =>
  expectation === undefined || queue === schedule.byTime
    ? numberOf(schedule.earlyAtMs, key) <= nowMs
    : looksAt(expectation, nowMs - beganAtMs) - looksAt(expectation, numberOf(schedule.at, key)) >=
      leastShareOfLook

// eslint-disable-next-line @typescript-eslint/no-non-null-assertion -- only keys of tasks are stored
const numberOf = (numbers: Float64Array, key: TaskKey): number => numbers[key]!

/** The array of tasks is the same in all states of a wait, so any of them can be read. */
const taskAt = <Output, Data>({ tasks }: Waiting<Output, Data>, key: TaskKey): TrackedTask =>
  // eslint-disable-next-line @typescript-eslint/no-non-null-assertion -- only keys of tasks are stored
  tasks.byKey[key]!

/** A task that the response leaves out is in progress, as far as is known. */
const answered = <Output, Data>(
  state: Waiting<Output, Data>,
  { query, answers, dateMs: endedAtMs }: QueryAnswered<Output, Data>,
): Stepped<Output, Data> => {
  const asked = endQuery(state, query)
  if (asked === undefined) return [state, []]
  const finished: Array<Todo<Output, Data>> = []
  const inProgress: TaskKey[] = []
  const failed: Failed[] = []
  const { expectation, inProgressAtMs } = state
  const ageMs = asked.startedAtMs - state.beganAtMs
  asked.keys.forEach((key, index) => {
    const answer = answers[index]
    const knownMs = numberOf(inProgressAtMs, key)
    if (answer === undefined) inProgress.push(key)
    else if (E.isLeft(answer)) failed.push([key, answer.left])
    else if (answer.right._tag === 'InProgress') {
      inProgress.push(key)
      inProgressAtMs[key] = ageMs
      if (expectation !== undefined) noteInProgress(expectation, knownMs, ageMs)
    } else {
      const durationMs = (knownMs + ageMs) / 2
      finished.push({ _tag: 'End', key, status: answer.right, endedAtMs, durationMs })
      if (expectation !== undefined) noteEnd(expectation, knownMs, ageMs)
    }
  })
  const stepped = afterFailures(state, asked, failed)
  // The last is done first: the ends are told of, in the order of the query, before anything is decided.
  if (inProgress.length > 0) state.todo.push({ _tag: 'Decide', keys: inProgress, failures: [] })
  state.todo.push(...finished.reverse())
  return stepped
}

type Failed = readonly [key: TaskKey, failure: FailedQuery]

const failed = <Output, Data>(
  state: Waiting<Output, Data>,
  query: number,
  failure: FailedQuery,
  nowMs: number,
): Stepped<Output, Data> => {
  const asked = endQuery(state, query)
  if (asked === undefined) return [state, []]
  return asked.keys.length > 1 && canBeOfOneTask(failure)
    ? halve(state, asked, failure, nowMs)
    : afterFailures(
        state,
        asked,
        asked.keys.map(key => [key, failure]),
      )
}

/** A failed query is not a failed task: unless it was refused for good, the failure policy decides. */
const afterFailures = <Output, Data>(
  state: Waiting<Output, Data>,
  { startedAtMs }: UnderWay,
  failed: ReadonlyArray<Failed>,
): Stepped<Output, Data> => {
  const mayBeNew = startedAtMs - state.beganAtMs < state.limits.unknownTaskGraceMs
  const goesOn = ([, { askAgain }]: Failed): boolean =>
    askAgain === 'always' || (askAgain === 'whileNew' && mayBeNew)
  const again = failed.filter(goesOn)
  const tasks = failed.reduce(
    (moved, one) => (goesOn(one) ? moved : leaveOpen(moved, taskAt(state, one[0]), one[1])),
    state.tasks,
  )
  if (again.length > 0)
    state.todo.push({
      _tag: 'Decide',
      keys: again.map(([key]) => key),
      failures: again.map(([, failure]) => failure),
    })
  return [withTasks(state, tasks), []]
}

/**
 * One task can be why a query of many was rejected for good. So they are queried again in halves, until those are left that are
 * rejected alone. Meanwhile they are queried only with tasks of halves of the same size, to keep the others out of it.
 */
const halve = <Output, Data>(
  state: Waiting<Output, Data>,
  { keys }: UnderWay,
  { retryAfterMs }: FailedQuery,
  nowMs: number,
): Stepped<Output, Data> => {
  const mostTogether = Math.ceil(keys.length / 2)
  const dueAtMs = nowMs + retryAfterMs
  let { tasks } = state
  for (const key of keys) {
    const task = taskAt(state, key)
    tasks = awaitTurn(tasks, task, { polling: task.polling, failing: defaultRetryStatus, mostTogether })
    addAtTime(state.schedule, key, dueAtMs, dueAtMs)
  }
  return [withTasks(state, tasks), []]
}

/** Returns `undefined` if it is not under way. */
const endQuery = <Output, Data>({ underWay }: Waiting<Output, Data>, query: number): UnderWay | undefined => {
  const asked = underWay.get(query)
  underWay.delete(query)
  return asked
}

/** The task is finished from now on: not before, since the caller may not learn of it if an earlier callback ends the wait. */
const end = <Output, Data>(
  state: Waiting<Output, Data>,
  { key, status, endedAtMs, durationMs }: Extract<Todo<Output, Data>, { readonly _tag: 'End' }>,
): Stepped<Output, Data> => {
  const task = taskAt(state, key)
  const { taskId, resourceIds, queries } = task
  const finished: FinishedTask<Output, Data> = {
    _tag: 'FinishedTask',
    taskId,
    resourceIds,
    status,
    ...(endedAtMs === undefined ? {} : { endedAtMs }),
    queries,
  }
  const tasks = endTask(state.tasks, task, finished)
  return [
    withTasks(state, tasks),
    [
      {
        _tag: 'Tell',
        key,
        task: finished,
        progress: progressIn(tasks),
        finished: tasks.finished.length,
        durationMs,
      },
    ],
  ]
}
