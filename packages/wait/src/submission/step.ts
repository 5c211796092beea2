/**
 * Submitting a list of resources, and following their tasks, as a state machine: `step` takes what happened, and returns the next
 * state and what to do. It has no I/O, no clock and no promise, so the same events always give the same effects. `startSubmission`
 * performs the effects.
 *
 * A state is linear: `step` consumes it, and only the state it returns may be used from then on. `FollowedTasks` and `Rate` are
 * changed in place.
 *
 * A step asks for at most one call of the caller's code, as its last effect. Such a call can abort everything, so nothing is planned
 * beyond it. `Ticked` asks what comes next.
 *
 * No resource is submitted twice, because a submission begins only for resources that are rejected or not submitted, and only after
 * a snapshot that has them in doubt is stored. PROTOCOL.md, section 6.
 *
 * @internal
 */
import type { AcceptedEntry, ResourceId, SubmissionError } from '@task-outcome/core'
import type { Aborted, TimedOut } from '@task-outcome/core/adapter'
import * as E from 'fp-ts/lib/Either.js'
import { isNonEmpty } from 'fp-ts/lib/ReadonlyArray.js'
import * as RNEA from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import { type RetryStatus, defaultRetryStatus } from 'retry-ts'
import type { NextDelay } from '../pace/policies.js'
import { type Rate, makeRate } from '../pace/Rate.js'
import { retryAfterOf } from '../pace/retryAfter.js'
import { isOverload } from '../query/QueryTaskStatus.js'
import type { FinishedTask, WaitResult } from '../result/WaitResult.js'
import {
  type FollowedTasks,
  type TaskFates,
  follow,
  followedTasks,
  nameOf,
  noteEnd,
  noteResult,
} from './FollowedTasks.js'
import { type BatchResponse, type Known, doubtInFlight, merge } from './merge.js'
import type { ResourceRejected, StopReason } from './SubmissionResult.js'
import type { SubmissionProgress } from './SubmitOptions.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Idle → Running → Over, or Idle → Over. */
export type SubmissionState<Output, Data, Extra> =
  Idle<Output, Data, Extra> | Running<Output, Data, Extra> | Over<Output, Data, Extra>

interface Idle<Output, Data, Extra> {
  readonly _tag: 'Idle'
  readonly limits: Limits
  readonly known: Known<Extra>
  readonly fates: TaskFates<Output, Data>
}

interface Running<Output, Data, Extra> {
  readonly _tag: 'Running'
  readonly limits: Limits
  readonly beganAtMs: number
  readonly known: Known<Extra>
  /** Of `known`. Counting takes time in proportion to the resources, too much to do it for each task that ends. */
  readonly progress: SubmissionProgress
  readonly round: Round
  /** What the policy was last asked with. */
  readonly policyStatus: RetryStatus
  /** The resources to submit as soon as a snapshot with this number of changes is stored. */
  readonly next: { readonly resourceIds: Chunk; readonly change: number } | undefined
  readonly inFlight: ReadonlyArray<InFlight>
  readonly tasks: FollowedTasks<Output, Data>
  /** Accepted entries whose tasks are to be followed. */
  readonly toFollow: ReadonlyArray<AcceptedEntry<Extra>>
  readonly hasProgress: boolean
  readonly storing: Storing
  readonly rate: Rate
  /** The `Retry-After` of the last rejection. */
  readonly pausedUntilMs: number
  /** Whether the timeout has passed, or the caller aborted. */
  readonly isStopped: boolean
}

interface Over<Output, Data, Extra> {
  readonly _tag: 'Over'
  readonly snapshot: Snapshot<Output, Data, Extra>
}

export type Chunk = RNEA.ReadonlyNonEmptyArray<ResourceId>

interface InFlight {
  readonly submission: number
  readonly resourceIds: Chunk
  readonly startedAtMs: number
}

type Round =
  /** The chunks of this round that were not submitted yet. */
  | { readonly _tag: 'Submitting'; readonly chunks: ReadonlyArray<Chunk>; readonly notBeforeMs: number }
  /** `isRetryable` decides about the rejected resources. */
  | { readonly _tag: 'Selecting' }
  /** The policy decides when to submit these. */
  | { readonly _tag: 'Deciding'; readonly resourceIds: Chunk }
  /** Nothing more is submitted. */
  | { readonly _tag: 'Ended'; readonly end: StopReason }

/** Numbers of changes. */
interface Storing {
  /** All so far. */
  readonly changes: number
  /** Up to the last one that must be stored at once. */
  readonly urgent: number
  readonly stored: number
  /** Those in the snapshot that is being stored. */
  readonly underWay: number | undefined
  readonly startedAtMs: number
  readonly hasFailed: boolean
}

/** Named and documented in `SubmitOptions`. */
export interface Limits {
  readonly chunkSize: number
  readonly concurrency: number
  readonly maxSubmissionsPerSecond: number
  readonly timeoutMs: number
  /** Whether the tasks of accepted resources are followed. */
  readonly follows: boolean
  /** Whether each accepted entry has a task of its own, even if others have its task id. */
  readonly taskPerResource: boolean
}

/** Everything that is known at one moment. */
export interface Snapshot<Output, Data, Extra> {
  readonly known: Known<Extra>
  readonly end: StopReason
  /** Changes later, so read it at once. */
  readonly fates: TaskFates<Output, Data>
  /** Why a task is pending that is not in `fates`. */
  readonly pending: { readonly _tag: 'Waiting' } | TimedOut | Aborted
}

/** What happened. `nowMs` is the time at which it did. */
export type SubmissionEvent<Output, Data, Extra> =
  | { readonly _tag: 'Began'; readonly nowMs: number }
  /** Asks what to do now: one thing at a time, until there is nothing to do. */
  | { readonly _tag: 'Ticked'; readonly nowMs: number }
  /** `isRetryable` holds for these. */
  | { readonly _tag: 'Selected'; readonly resourceIds: ReadonlyArray<ResourceId> }
  /** The policy answered `DecideDelay`: `next` is `undefined` if it gives up. */
  | { readonly _tag: 'DelayDecided'; readonly next: NextDelay | undefined; readonly nowMs: number }
  | {
      readonly _tag: 'Submitted'
      readonly submission: number
      readonly result: E.Either<SubmissionError, BatchResponse<Extra>>
      readonly isFatal: boolean
      readonly nowMs: number
    }
  | { readonly _tag: 'Stored' }
  | { readonly _tag: 'FailedToStore'; readonly reason: Aborted }
  | { readonly _tag: 'TaskFinished'; readonly task: FinishedTask<Output, Data> }
  | { readonly _tag: 'WaitEnded'; readonly result: WaitResult<Output, Data> }
  /** The timer of `SetTimeLimit` fired, which may be too early. */
  | { readonly _tag: 'TimeLimitReached'; readonly nowMs: number }
  /** The caller aborted, or something of the caller's threw. */
  | { readonly _tag: 'Aborted'; readonly reason: Aborted }

/** What to do. */
export type SubmissionEffect<Output, Data, Extra> =
  /** Answer with `Selected`. */
  | { readonly _tag: 'Select'; readonly rejected: ReadonlyArray<ResourceRejected> }
  /** Apply the policy to this status and answer with `DelayDecided`. */
  | { readonly _tag: 'DecideDelay'; readonly status: RetryStatus }
  /** Answer with `Submitted`. */
  | { readonly _tag: 'Submit'; readonly submission: number; readonly resourceIds: Chunk }
  /** Store the snapshot and answer with `Stored` or `FailedToStore`. To make one takes time in proportion to the resources. */
  | { readonly _tag: 'Store'; readonly snapshot: () => Snapshot<Output, Data, Extra> }
  /** Wait for these tasks. Answer with `TaskFinished` for each and with `WaitEnded`. */
  | { readonly _tag: 'Follow'; readonly tasks: ReadonlyArray<AcceptedEntry<Extra>> }
  /** Abort all waits: each answers with `WaitEnded`. */
  | { readonly _tag: 'AbortWaits' }
  | {
      readonly _tag: 'Report'
      readonly progress: SubmissionProgress
      readonly tasks: FollowedTasks<Output, Data>
    }
  /** Nothing can be done for that time: answer with `Ticked` then. */
  | { readonly _tag: 'SetTimer'; readonly delayMs: number }
  /** Answer with `TimeLimitReached` after that time. */
  | { readonly _tag: 'SetTimeLimit'; readonly delayMs: number }
  | { readonly _tag: 'Resolve'; readonly snapshot: Snapshot<Output, Data, Extra> }
  /** Cancel the timers, remove the listener. */
  | { readonly _tag: 'CleanUp' }

export type Stepped<Output, Data, Extra> = readonly [
  state: SubmissionState<Output, Data, Extra>,
  effects: ReadonlyArray<SubmissionEffect<Output, Data, Extra>>,
]

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

export const idle = <Output, Data, Extra>(
  known: Known<Extra>,
  fates: TaskFates<Output, Data>,
  limits: Limits,
): SubmissionState<Output, Data, Extra> => ({ _tag: 'Idle', known, fates, limits })

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/** Total: an event that does not fit the state changes nothing. */
export const step = <Output, Data, Extra>(
  state: SubmissionState<Output, Data, Extra>,
  event: SubmissionEvent<Output, Data, Extra>,
): Stepped<Output, Data, Extra> => {
  switch (state._tag) {
    case 'Idle':
      return whileIdle(state, event)
    case 'Running':
      return whileRunning(state, event)
    case 'Over':
      return [state, []]
  }
}

const whileIdle = <Output, Data, Extra>(
  state: Idle<Output, Data, Extra>,
  event: SubmissionEvent<Output, Data, Extra>,
): Stepped<Output, Data, Extra> => {
  const { known, fates } = state
  switch (event._tag) {
    case 'Began':
      return known.resources.length === 0
        ? over({ known, end: { _tag: 'NothingToSubmit' }, fates, pending: waiting })
        : begin(state, event.nowMs)
    case 'Aborted':
      return over({ known, end: event.reason, fates, pending: event.reason })
    default:
      return [state, []]
  }
}

/** Once stopped, it is over as soon as nothing is left to happen, without another `Ticked`: the clock may be what failed. */
const whileRunning = <Output, Data, Extra>(
  state: Running<Output, Data, Extra>,
  event: SubmissionEvent<Output, Data, Extra>,
): Stepped<Output, Data, Extra> => {
  const [next, effects] = transition(state, event)
  if (next._tag !== 'Running' || !next.isStopped || !isFinished(next)) return [next, effects]
  const [last, lastEffects] = finish(next)
  return [last, [...effects, ...lastEffects]]
}

const transition = <Output, Data, Extra>(
  state: Running<Output, Data, Extra>,
  event: SubmissionEvent<Output, Data, Extra>,
): Stepped<Output, Data, Extra> => {
  const { limits, beganAtMs, round, storing, tasks } = state
  switch (event._tag) {
    case 'Began':
      return [state, []]
    case 'Ticked':
      return tick(state, event.nowMs)
    case 'Selected':
      return round._tag === 'Selecting' ? selected(state, event.resourceIds) : [state, []]
    case 'DelayDecided':
      return round._tag === 'Deciding'
        ? [delayDecided(state, round.resourceIds, event.next, event.nowMs), []]
        : [state, []]
    case 'Submitted': {
      const submitted = state.inFlight.find(({ submission }) => submission === event.submission)
      return submitted === undefined ? [state, []] : [respondedTo(state, submitted, event), []]
    }
    case 'Stored':
      return [{ ...state, storing: { ...storing, stored: storing.underWay ?? 0, underWay: undefined } }, []]
    case 'FailedToStore': {
      const failed = { ...state, storing: { ...storing, underWay: undefined, hasFailed: true } }
      return state.isStopped ? [failed, []] : stop(failed, event.reason)
    }
    case 'TaskFinished':
      noteEnd(tasks, event.task)
      return [{ ...changed(state), hasProgress: true }, []]
    case 'WaitEnded':
      noteResult(tasks, event.result, state.isStopped)
      return [urgently(state), []]
    case 'TimeLimitReached': {
      const delayMs = beganAtMs + limits.timeoutMs - event.nowMs
      if (delayMs > 0) return [state, [{ _tag: 'SetTimeLimit', delayMs }]]
      return state.isStopped ? [state, []] : stop(state, { _tag: 'TimedOut', timeoutMs: limits.timeoutMs })
    }
    case 'Aborted':
      return state.isStopped ? [state, []] : stop(state, event.reason)
  }
}

/** What is known. Resources whose submission has begun are in doubt until its response arrives. */
const snapshotOf = <Output, Data, Extra>({
  known,
  round,
  next,
  inFlight,
  tasks,
  isStopped,
}: Running<Output, Data, Extra>): Snapshot<Output, Data, Extra> => {
  const begun = [...inFlight, ...(next === undefined ? [] : [next])]
  const doubted = doubtInFlight(
    known,
    begun.flatMap(({ resourceIds }) => resourceIds),
  )
  const end = round._tag === 'Ended' ? round.end : waiting
  return {
    known: { ...doubted, submissions: known.submissions + begun.length },
    end,
    fates: tasks.fates,
    pending: isStopped && (end._tag === 'TimedOut' || end._tag === 'Aborted') ? end : waiting,
  }
}

const waiting = { _tag: 'Waiting' } as const

// -------------------------------------------------------------------------------------
// transitions
// -------------------------------------------------------------------------------------

const begin = <Output, Data, Extra>(
  { limits, known, fates }: Idle<Output, Data, Extra>,
  nowMs: number,
): Stepped<Output, Data, Extra> => [
  {
    _tag: 'Running',
    limits,
    beganAtMs: nowMs,
    known,
    progress: progressOf(known),
    round: {
      _tag: 'Submitting',
      chunks: chunksOf(limits, notSubmitted(known)),
      notBeforeMs: nowMs,
    },
    policyStatus: defaultRetryStatus,
    next: undefined,
    inFlight: [],
    tasks: followedTasks(fates, acceptedIn(known), limits.taskPerResource),
    toFollow: limits.follows ? acceptedIn(known).filter(entry => !fates.has(nameOf(entry))) : [],
    hasProgress: false,
    storing: {
      changes: 0,
      urgent: 0,
      stored: 0,
      underWay: undefined,
      startedAtMs: -Infinity,
      hasFailed: false,
    },
    rate: makeRate(limits.maxSubmissionsPerSecond),
    pausedUntilMs: -Infinity,
    isStopped: false,
  },
  limits.timeoutMs < Infinity ? [{ _tag: 'SetTimeLimit', delayMs: limits.timeoutMs }] : [],
]

const over = <Output, Data, Extra>(snapshot: Snapshot<Output, Data, Extra>): Stepped<Output, Data, Extra> => [
  { _tag: 'Over', snapshot },
  [{ _tag: 'Resolve', snapshot }, { _tag: 'CleanUp' }],
]

const changed = <Output, Data, Extra>(state: Running<Output, Data, Extra>): Running<Output, Data, Extra> => ({
  ...state,
  storing: { ...state.storing, changes: state.storing.changes + 1 },
})

/** Has the state stored at once. */
const urgently = <Output, Data, Extra>(state: Running<Output, Data, Extra>): Running<Output, Data, Extra> => {
  const changes = state.storing.changes + 1
  return { ...state, storing: { ...state.storing, changes, urgent: changes } }
}

/** Submits nothing more. Submissions in flight and waits go on. */
const end = <Output, Data, Extra>(
  state: Running<Output, Data, Extra>,
  reason: StopReason,
): Running<Output, Data, Extra> => ({
  ...urgently(state),
  round: { _tag: 'Ended', end: reason },
  next: undefined,
})

/** Ends the waits as well. Only submissions in flight go on, as their responses have task ids. */
const stop = <Output, Data, Extra>(
  state: Running<Output, Data, Extra>,
  reason: TimedOut | Aborted,
): Stepped<Output, Data, Extra> => [
  { ...end(state, reason), toFollow: [], isStopped: true },
  [{ _tag: 'AbortWaits' }],
]

/** Does the next thing. */
const tick = <Output, Data, Extra>(
  state: Running<Output, Data, Extra>,
  nowMs: number,
): Stepped<Output, Data, Extra> => {
  if (isFinished(state)) return finish(state)
  const { storing, next, toFollow, hasProgress, round, inFlight, limits } = state
  if (isToStore(storing, nowMs)) return store(state, nowMs)
  if (toFollow.length > 0) return startToFollow(state)
  if (hasProgress) {
    const { progress, tasks } = state
    return [{ ...state, hasProgress: false }, [{ _tag: 'Report', progress: { ...progress }, tasks }]]
  }
  if (next !== undefined)
    return storing.stored >= next.change ? submit(state, next.resourceIds, nowMs) : wait(state, nowMs)
  if (round._tag !== 'Submitting') return wait(state, nowMs)
  const [chunk] = round.chunks
  if (chunk === undefined) return inFlight.length === 0 ? select(state) : wait(state, nowMs)
  if (inFlight.length >= limits.concurrency) return wait(state, nowMs)
  const startsAtMs = nextStartMs(state, round.notBeforeMs)
  if (startsAtMs > deadlineOf(state)) return [timedOut(state), []]
  if (startsAtMs > nowMs) return wait(state, nowMs, startsAtMs)
  return [planned({ ...state, round: { ...round, chunks: round.chunks.slice(1) } }, chunk), []]
}

const nextStartMs = (
  { rate, pausedUntilMs }: Running<unknown, unknown, unknown>,
  notBeforeMs: number,
): number => Math.max(rate.nextStartMs(), pausedUntilMs, notBeforeMs)

const deadlineOf = ({ beganAtMs, limits }: Running<unknown, unknown, unknown>): number =>
  beganAtMs + limits.timeoutMs

const timedOut = <Output, Data, Extra>(state: Running<Output, Data, Extra>): Running<Output, Data, Extra> =>
  end(state, { _tag: 'TimedOut', timeoutMs: state.limits.timeoutMs })

/** Nothing to do now: sets a timer for what comes next by itself. */
const wait = <Output, Data, Extra>(
  state: Running<Output, Data, Extra>,
  nowMs: number,
  startsAtMs = Infinity,
): Stepped<Output, Data, Extra> => {
  const { changes, stored, underWay, startedAtMs, hasFailed } = state.storing
  const isChanged = underWay === undefined && !hasFailed && changes > stored
  const storeAtMs = isChanged ? startedAtMs + storeIntervalMs : Infinity
  const delayMs = Math.min(startsAtMs, storeAtMs) - nowMs
  return [state, delayMs < Infinity ? [{ _tag: 'SetTimer', delayMs }] : []]
}

const isToStore = (
  { changes, urgent, stored, underWay, startedAtMs, hasFailed }: Storing,
  nowMs: number,
): boolean =>
  underWay === undefined &&
  !hasFailed &&
  (urgent > stored || (changes > stored && nowMs >= startedAtMs + storeIntervalMs))

/** How often the ends of tasks are stored: a lost one is only queried again. */
const storeIntervalMs = 1000

const store = <Output, Data, Extra>(
  state: Running<Output, Data, Extra>,
  nowMs: number,
): Stepped<Output, Data, Extra> => [
  { ...state, storing: { ...state.storing, underWay: state.storing.changes, startedAtMs: nowMs } },
  [{ _tag: 'Store', snapshot: () => snapshotOf(state) }],
]

const startToFollow = <Output, Data, Extra>(
  state: Running<Output, Data, Extra>,
): Stepped<Output, Data, Extra> => {
  const tasks = follow(state.tasks, state.toFollow)
  const started = { ...state, toFollow: [] }
  return [started, isNonEmpty(tasks) ? [{ _tag: 'Follow', tasks }] : []]
}

/** Plans to submit those of the resources that are still rejected or not submitted: another response may have put one in doubt. */
const planned = <Output, Data, Extra>(
  state: Running<Output, Data, Extra>,
  chunk: Chunk,
): Running<Output, Data, Extra> => {
  const resourceIds = submittable(state.known, chunk)
  if (!isNonEmpty(resourceIds)) return state
  const next = urgently(state)
  return { ...next, next: { resourceIds, change: next.storing.changes } }
}

const submittable = (known: Known<unknown>, chunk: Chunk): ReadonlyArray<ResourceId> => {
  const ids = new Set(chunk)
  return known.resources
    .filter(
      ({ _tag, resourceId }) =>
        (_tag === 'ResourceRejected' || _tag === 'ResourceNotSubmitted') && ids.has(resourceId),
    )
    .map(({ resourceId }) => resourceId)
}

const submit = <Output, Data, Extra>(
  state: Running<Output, Data, Extra>,
  chunk: Chunk,
  nowMs: number,
): Stepped<Output, Data, Extra> => {
  const { known, inFlight, rate } = state
  const planned = { ...state, next: undefined }
  const resourceIds = submittable(known, chunk)
  if (!isNonEmpty(resourceIds)) return [planned, []]
  rate.started(nowMs)
  const submission = known.submissions + inFlight.length + 1
  return [
    { ...planned, inFlight: [...inFlight, { submission, resourceIds, startedAtMs: nowMs }] },
    [{ _tag: 'Submit', submission, resourceIds }],
  ]
}

const respondedTo = <Output, Data, Extra>(
  state: Running<Output, Data, Extra>,
  submitted: InFlight,
  { result, isFatal, nowMs }: Extract<SubmissionEvent<Output, Data, Extra>, { readonly _tag: 'Submitted' }>,
): Running<Output, Data, Extra> => {
  const { limits, rate, round, isStopped } = state
  const known = merge(state.known, submitted.resourceIds, result)
  const ids = new Set(submitted.resourceIds)
  const next = {
    ...urgently(state),
    known,
    progress: progressOf(known),
    inFlight: state.inFlight.filter(other => other !== submitted),
    toFollow:
      limits.follows && !isStopped
        ? [...state.toFollow, ...acceptedIn(known, resourceId => ids.has(resourceId))]
        : [],
    hasProgress: true,
  }
  if (E.isRight(result)) {
    rate.answered()
    return next
  }
  const { left } = result
  const retryAfterMs = retryAfterOf(left)
  if (isOverload(left)) rate.refused(submitted.startedAtMs, nowMs, retryAfterMs)
  const paused = { ...next, pausedUntilMs: Math.max(state.pausedUntilMs, nowMs + retryAfterMs) }
  return isFatal && round._tag !== 'Ended' ? end(paused, { _tag: 'SubmissionFailed', error: left }) : paused
}

/** The round is over: asks which of the rejected resources are submitted again. */
const select = <Output, Data, Extra>(state: Running<Output, Data, Extra>): Stepped<Output, Data, Extra> => [
  { ...state, round: { _tag: 'Selecting' } },
  [{ _tag: 'Select', rejected: state.known.resources.filter(isRejected) }],
]

const isRejected = (resource: { readonly _tag: string }): resource is ResourceRejected =>
  resource._tag === 'ResourceRejected'

const selected = <Output, Data, Extra>(
  state: Running<Output, Data, Extra>,
  retryable: ReadonlyArray<ResourceId>,
): Stepped<Output, Data, Extra> => {
  const ids = new Set([...notSubmitted(state.known), ...retryable])
  const resourceIds = state.known.resources.flatMap(({ resourceId }) =>
    ids.has(resourceId) ? [resourceId] : [],
  )
  return isNonEmpty(resourceIds)
    ? [
        { ...state, round: { _tag: 'Deciding', resourceIds } },
        [{ _tag: 'DecideDelay', status: state.policyStatus }],
      ]
    : [end(state, { _tag: 'Settled' }), []]
}

const delayDecided = <Output, Data, Extra>(
  state: Running<Output, Data, Extra>,
  resourceIds: Chunk,
  next: NextDelay | undefined,
  nowMs: number,
): Running<Output, Data, Extra> => {
  if (next === undefined) return end(state, { _tag: 'PolicyGaveUp' })
  return {
    ...state,
    policyStatus: next.status,
    round: {
      _tag: 'Submitting',
      chunks: chunksOf(state.limits, resourceIds),
      notBeforeMs: nowMs + next.delayMs,
    },
  }
}

const chunksOf = ({ chunkSize }: Limits, resourceIds: ReadonlyArray<ResourceId>): ReadonlyArray<Chunk> =>
  isNonEmpty(resourceIds) ? RNEA.chunksOf(chunkSize)(resourceIds) : []

/** Whether nothing is left to happen. The caller who stopped it does not wait for `store`. */
const isFinished = ({
  round,
  inFlight,
  tasks,
  toFollow,
  hasProgress,
  storing,
  isStopped,
}: Running<unknown, unknown, unknown>): boolean =>
  round._tag === 'Ended' &&
  inFlight.length === 0 &&
  tasks.waits === 0 &&
  toFollow.length === 0 &&
  (isStopped || (!hasProgress && storing.stored >= storing.changes))

/** After a stop, what has changed since the last snapshot is stored if nothing else is being stored, without waiting for it. */
const finish = <Output, Data, Extra>(state: Running<Output, Data, Extra>): Stepped<Output, Data, Extra> => {
  const { changes, stored, underWay, hasFailed } = state.storing
  const snapshot = snapshotOf(state)
  const [next, effects] = over(snapshot)
  return changes > stored && underWay === undefined && !hasFailed
    ? [next, [...effects, { _tag: 'Store', snapshot: () => snapshot }]]
    : [next, effects]
}

const acceptedIn = <Extra>(
  { resources }: Known<Extra>,
  isIncluded: (resourceId: ResourceId) => boolean = () => true,
): ReadonlyArray<AcceptedEntry<Extra>> =>
  resources
    .filter(resource => resource._tag === 'ResourceAccepted')
    .filter(({ resourceId }) => isIncluded(resourceId))
    .map(({ accepted }) => accepted)

const notSubmitted = ({ resources }: Known<unknown>): ReadonlyArray<ResourceId> =>
  resources.filter(({ _tag }) => _tag === 'ResourceNotSubmitted').map(({ resourceId }) => resourceId)

const progressOf = ({ resources, submissions }: Known<unknown>): SubmissionProgress => {
  const count = { ResourceAccepted: 0, ResourceRejected: 0, ResourceInDoubt: 0, ResourceNotSubmitted: 0 }
  for (const { _tag } of resources) count[_tag]++
  return {
    accepted: count.ResourceAccepted,
    rejected: count.ResourceRejected,
    inDoubt: count.ResourceInDoubt,
    notSubmitted: count.ResourceNotSubmitted,
    submissions,
  }
}
