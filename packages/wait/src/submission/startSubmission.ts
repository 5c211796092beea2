/**
 * Submits resources and follows their tasks: performs the effects of `step`, and feeds it what comes of them.
 *
 * @internal
 */
import type { AcceptedEntry, ResourceId } from '@task-outcome/core'
import { aborted, clientFailed } from '@task-outcome/core/adapter'
import * as E from 'fp-ts/lib/Either.js'
import { fromReadonlyNonEmptyArray } from 'fp-ts/lib/NonEmptyArray.js'
import * as RNEA from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import { ignoreErrors, ignoreRejection } from '../clock/ignoreErrors.js'
import { checkFunction } from '../option/check.js'
import { isPromise } from '../option/isPromise.js'
import { reasonOf } from '../option/reasonOf.js'
import { nextDelay } from '../pace/policies.js'
import { copyOf } from '../result/copyOf.js'
import { describe } from '../result/describe.js'
import type { FinishedTask, WaitResult } from '../result/WaitResult.js'
import type { FollowedTasks, TaskFates } from './FollowedTasks.js'
import type { Known } from './merge.js'
import { type ReadSubmission, readSubmission } from './readSubmission.js'
import type { ResourceRejected } from './SubmissionResult.js'
import type { SubmissionProgress, SubmitSettings } from './SubmitOptions.js'
import { type Chunk, type Snapshot, type SubmissionEffect, type SubmissionEvent, idle, step } from './step.js'

/** What differs between a submission and a job. */
export interface Kind<Output, Data, Extra, Result> {
  /** What is known when it begins. */
  readonly known: Known<Extra>
  readonly fates: TaskFates<Output, Data>
  /** What `known` could not be read from; absent if everything could be read. */
  readonly issue: string | undefined
  /** Throws if an option is invalid. */
  readonly settings: () => Following<Output, Data> & { readonly submit: SubmitSettings }
  readonly resultOf: (snapshot: Snapshot<Output, Data, Extra>) => Result
  readonly progressOf: (progress: SubmissionProgress, tasks: FollowedTasks<Output, Data>) => unknown
}

interface Following<Output, Data> {
  /** Waits until the tasks have ended, or the signal is aborted. Absent if tasks are not followed. */
  readonly follow?: (
    tasks: ReadonlyArray<AcceptedEntry<unknown>>,
    signal: AbortSignal,
    onFinish: (task: FinishedTask<Output, Data>) => void,
  ) => Promise<WaitResult<Output, Data>>
  /** Whether each resource has a task of its own, even if others have its task id. */
  readonly taskPerResource: boolean
}

/** Never rejects. */
export const startSubmission = <Output, Data, Extra, Result>(
  { known, fates, issue, settings: settingsOf, resultOf, progressOf }: Kind<Output, Data, Extra, Result>,
  submit: unknown,
): Promise<Result> => {
  let settings: ReturnType<typeof settingsOf>
  try {
    if (issue !== undefined) throw new TypeError(issue)
    checkFunction('submit', submit)
    settings = settingsOf()
  } catch (thrown) {
    const reason = aborted(thrown)
    return Promise.resolve(resultOf({ known, fates, end: reason, pending: reason }))
  }
  const { follow, taskPerResource, submit: submitSettings } = settings
  const { clock, signal, resubmitPolicy, isRetryable, isFatal, store, onProgress } = submitSettings
  let state = idle(known, fates, { ...submitSettings, follows: follow !== undefined, taskPerResource })
  let resolve: (result: Result) => void
  let cancelTimer: (() => void) | undefined
  const waits = new AbortController()
  /** Timers to cancel and a listener to remove when it is over. */
  const disposers = new Set<() => void>()

  type Event = SubmissionEvent<Output, Data, Extra>
  type Effect = SubmissionEffect<Output, Data, Extra>

  const dispatch = (event: Event): void => {
    const [next, effects] = step(state, event)
    state = next // before the effects, which may dispatch
    for (const effect of effects) perform(effect)
  }

  const perform = (effect: Effect): void => {
    switch (effect._tag) {
      case 'Select':
        dispatch({
          _tag: 'Selected',
          resourceIds: effect.rejected.filter(isWorth).map(({ resourceId }) => resourceId),
        })
        return
      case 'DecideDelay':
        dispatch({ _tag: 'DelayDecided', next: nextDelay(resubmitPolicy, effect.status), nowMs: clock.now() })
        return
      case 'Submit':
        void send(effect.submission, effect.resourceIds)
        return
      case 'Store':
        storeSnapshot(effect.snapshot)
        return
      case 'Follow':
        startWait(effect.tasks)
        return
      case 'AbortWaits':
        waits.abort()
        return
      case 'Report':
        reportProgress(progressOf(effect.progress, effect.tasks))
        return
      case 'SetTimer':
        ignoreErrors(() => cancelTimer?.())
        cancelTimer = clock.after(effect.delayMs, () => guarded(proceed))
        return
      case 'SetTimeLimit':
        limitTime(effect.delayMs)
        return
      case 'Resolve':
        resolve(resultOf(effect.snapshot))
        return
      case 'CleanUp':
        for (const dispose of [...disposers, () => cancelTimer?.()]) ignoreErrors(dispose)
    }
  }

  const abort = (reason: unknown): void => {
    dispatch({ _tag: 'Aborted', reason: aborted(reason) })
  }

  /** Every way in: the policy, the clock, the signal and the callbacks are the caller's, and may throw. */
  const guarded = (run: () => void): void => {
    try {
      run()
    } catch (thrown) {
      abort(thrown)
    }
  }

  /** Reads the signal, since a signal need not call its listeners. */
  const checkAborted = (): void => {
    if (signal?.aborted === true) abort(reasonOf(signal))
  }

  const isOver = (): boolean => state._tag === 'Over'

  /** Does all there is to do now. After that, a timer or a response leads here again. */
  const proceed = (): void => {
    let before
    do {
      checkAborted()
      before = state
      dispatch({ _tag: 'Ticked', nowMs: clock.now() })
    } while (state !== before)
  }

  /** Passes on what has come, and does what follows from it. The clock may throw. */
  const arrive = (event: () => Event): void =>
    guarded(() => {
      dispatch(event())
      proceed()
    })

  const isWorth = ({ rejections }: ResourceRejected): boolean =>
    checkedBoolean('isRetryable', isRetryable(copyOf(RNEA.last(rejections))))

  const send = async (submission: number, resourceIds: Chunk): Promise<void> => {
    const { result, isMisused } = await runSubmit<Extra>(submit as Submit, resourceIds)
    guarded(() => {
      let nowMs = 0
      let isLast = isMisused
      try {
        nowMs = clock.now()
        if (E.isLeft(result)) isLast ||= checkedBoolean('isFatal', isFatal(copyOf(result.left)))
      } finally {
        dispatch({ _tag: 'Submitted', submission, result, isFatal: isLast, nowMs }) // whatever threw
      }
      proceed()
    })
  }

  const reportProgress = (progress: unknown): void => {
    const told = onProgress?.(progress as never)
    if (isPromise(told))
      Promise.resolve(told).then(undefined, (thrown: unknown) =>
        arrive(() => ({ _tag: 'Aborted', reason: aborted(thrown) })),
      )
  }

  const storeSnapshot = (snapshot: () => Snapshot<Output, Data, Extra>): void => {
    const failed = (thrown: unknown): Event => ({ _tag: 'FailedToStore', reason: aborted(thrown) })
    try {
      const stored: unknown = store?.(copyOf(resultOf(snapshot())) as never)
      if (!isPromise(stored)) {
        checkStored(stored)
        dispatch({ _tag: 'Stored' })
        return
      }
      Promise.resolve(stored)
        .then(checkStored)
        .then(
          () => arrive(() => ({ _tag: 'Stored' })),
          (thrown: unknown) => arrive(() => failed(thrown)),
        )
    } catch (thrown) {
      dispatch(failed(thrown))
    }
  }

  const startWait = (tasks: ReadonlyArray<AcceptedEntry<unknown>>): void => {
    const onFinish = (task: FinishedTask<Output, Data>): void =>
      arrive(() => ({ _tag: 'TaskFinished', task }))
    void follow?.(tasks, waits.signal, onFinish).then(result => arrive(() => ({ _tag: 'WaitEnded', result })))
  }

  const limitTime = (delayMs: number): void => {
    const cancel = clock.after(delayMs, () => {
      disposers.delete(cancel)
      arrive(() => ({ _tag: 'TimeLimitReached', nowMs: clock.now() }))
    })
    disposers.add(cancel)
  }

  const begin = (): void => {
    checkAborted()
    if (isOver()) return
    if (signal !== undefined) {
      const abortBySignal = (): void => abort(reasonOf(signal))
      disposers.add(() => signal.removeEventListener?.('abort', abortBySignal))
      signal.addEventListener?.('abort', abortBySignal)
    }
    dispatch({ _tag: 'Began', nowMs: clock.now() })
    proceed()
  }

  return new Promise<Result>(resolveResult => {
    resolve = resolveResult
    guarded(begin)
  })
}

type Submit = (resourceIds: RNEA.ReadonlyNonEmptyArray<ResourceId>) => unknown

/** If the submission throws or returns no outcome, it may have been sent. */
const runSubmit = async <Extra>(submit: Submit, resourceIds: Chunk): Promise<ReadSubmission<Extra>> => {
  try {
    const task: unknown = submit(fromReadonlyNonEmptyArray(resourceIds)) // a copy, which it may change
    // A promise is not a Task, but its value may have task ids.
    return readSubmission(await (typeof task === 'function' ? (task as () => unknown)() : task))
  } catch (thrown) {
    const error = { _tag: 'DeliveryUnknown', reason: clientFailed(thrown), recovered: [] } as const
    return { result: E.left(error), isMisused: true }
  }
}

/** A promise is truthy, and would submit everything again. */
const checkedBoolean = (name: string, value: unknown): boolean => {
  if (typeof value === 'boolean') return value
  ignoreRejection(value)
  throw new TypeError(`${name} must return a boolean, found ${describe(value)}`)
}

/** A `Task` that was not run has stored nothing, and nor has a `TaskEither` that failed. */
const checkStored = (stored: unknown): void => {
  if (typeof stored === 'function') throw new TypeError(`store must store, found ${describe(stored)}`)
  if (typeof stored === 'object' && stored !== null && '_tag' in stored && stored._tag === 'Left')
    throw new Error('store returned a Left')
}
