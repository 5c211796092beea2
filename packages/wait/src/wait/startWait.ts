/**
 * Runs a wait: performs the effects of `step`, and feeds it what comes of them.
 *
 * @internal
 */
import { aborted } from '@task-outcome/core/adapter'
import * as E from 'fp-ts/lib/Either.js'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import { ignoreErrors } from '../clock/ignoreErrors.js'
import type { Turn } from '../pace/createPace.js'
import { isPromise } from '../option/isPromise.js'
import { reasonOf } from '../option/reasonOf.js'
import { nextDelays, shareFrom } from '../pace/policies.js'
import { type Expectation, expectationFrom, plainExpectation } from '../polling/Expectation.js'
import { type FailedQuery, failedQuery, failedWith } from '../query/QueryTaskStatus.js'
import type { QueriedTask } from '../query/QueryTaskStatuses.js'
import { type Answers, type Asking, copiesOf, statusesIn } from '../query/TaskQuery.js'
import type { WaitResult } from '../result/WaitResult.js'
import type { InitialState } from './InitialState.js'
import { type Effect, type EffectOf, type StepEvent, idle, step } from './step.js'
import { progressIn, resultIn } from './Tasks.js'
import type { Settings } from './WaitOptions.js'

export interface Wait<Output, Data> {
  readonly result: Promise<WaitResult<Output, Data>>
  /** Ends the wait at once, as the caller's signal would. */
  readonly abort: (reason: unknown) => void
}

export const startWait = <Output, Data>(
  initial: InitialState<Output, Data>,
  { ask, maxTasksPerQuery, taskPerResource }: Asking<Output, Data>,
  settings: Settings<Output, Data>,
): Wait<Output, Data> => {
  const { clock, signal, pace } = settings
  let state = idle(
    initial,
    { ...settings, maxTasksPerQuery },
    taskPerResource,
    settings.learns ? expectationOf(initial, settings.earlierDurationsMs) : undefined,
  )
  let resolve: (result: WaitResult<Output, Data>) => void
  let cancelTimer: (() => void) | undefined
  /** The turn of the pace that the next query takes. */
  let turn = noTurn
  /** Queries to abort, a timer to cancel and a listener to remove when the wait is over. */
  const disposers = new Set<() => void>()

  const dispatch = (event: StepEvent<Output, Data>): ReadonlyArray<Effect<Output, Data>> => {
    const [next, effects] = step(state, event)
    state = next // before the effects, which may dispatch
    for (const effect of effects) perform(effect)
    return effects
  }

  const perform = (effect: Effect<Output, Data>): void => {
    switch (effect._tag) {
      case 'DecideDelays': {
        const next = nextDelays(settings[effect.policy], settings.random, effect.statuses)
        dispatch({ _tag: 'DelaysDecided', keys: effect.keys, next, nowMs: clock.now() })
        return
      }
      case 'DrawJitter': {
        const { keys, together } = effect
        const groups = Math.ceil(keys.length / together)
        const drawn = Array.from({ length: groups }, () => shareFrom(settings.random()))
        dispatch({ _tag: 'JitterDrawn', keys, together, drawn, nowMs: clock.now() })
        return
      }
      case 'AwaitTurn':
        awaitTurn()
        return
      case 'StartQuery':
        startQuery(effect)
        return
      case 'Tell':
        tell(effect)
        return
      case 'SetTimer':
        cancelTimer = clock.after(effect.delayMs, () => guarded(proceed))
        return
      case 'SetTimeLimit':
        limitTime(effect)
        return
      case 'Resolve':
        resolve(effect.result)
        return
      case 'CleanUp':
        for (const dispose of [...disposers, () => cancelTimer?.()]) ignoreErrors(dispose)
    }
  }

  const abort = (reason: unknown): void => {
    dispatch({ _tag: 'Aborted', reason: aborted(reason) })
  }

  /** Every way in: the policies, the clock and the signal are the caller's, and may throw. */
  const guarded = (run: () => void): void => {
    try {
      run()
    } catch (thrown) {
      abort(thrown)
    }
  }

  /** Returns whether the wait is over. Reads the signal, since a signal need not call its listeners. */
  const checkAborted = (): boolean => {
    if (signal?.aborted === true) abort(reasonOf(signal))
    return state._tag === 'Over'
  }

  /** Does all there is to do now. After that, a timer or a response leads here again. */
  const proceed = (): void => {
    cancelTimer?.()
    while (!checkAborted()) {
      const effects = dispatch({ _tag: 'Ticked', nowMs: clock.now() })
      if (!effects.some(({ _tag }) => callsOut.has(_tag))) return
    }
  }

  const awaitTurn = (): void => {
    const entered: { leave?: () => void } = {}
    const leave = (): void => entered.leave?.()
    const start = (next: Turn): void => {
      disposers.delete(leave)
      turn = safeTurn(next)
      guarded(() => {
        if (!checkAborted()) dispatch({ _tag: 'TurnCame', nowMs: clock.now() })
      })
      turn.end() // unless a query has taken it
      turn = noTurn
      if (entered.leave !== undefined) guarded(proceed) // else `proceed` is running
    }
    disposers.add(leave)
    entered.leave = pace.enter(start, abort)
    if (state._tag === 'Over') leave() // another start has ended the wait
  }

  const startQuery = ({ query, tasks, timeoutMs }: EffectOf<'StartQuery'>): void => {
    const own = turn
    turn = noTurn
    const controller = new AbortController()
    const release = (): void => {
      disposers.delete(abortQuery)
      cancelTimeout?.()
    }
    const abortQuery = (): void => {
      own.end()
      release()
      controller.abort()
    }
    disposers.add(abortQuery)
    /** What comes first counts: the response or the timeout. */
    const report = (result: E.Either<FailedQuery, Answers<Output, Data>>): void => {
      if (!disposers.has(abortQuery)) return
      guarded(() => {
        release()
        if (checkAborted()) return
        dispatch(
          E.isRight(result)
            ? { _tag: 'QueryAnswered', query, answers: result.right, dateMs: clock.date() }
            : { _tag: 'QueryFailed', query, failure: result.left, nowMs: clock.now() },
        )
      })
      own.end(withErrors(result))
      guarded(() => {
        if (state._tag !== 'Over') reportQuery(tasks, result)
        proceed()
      })
    }
    const cancelTimeout =
      timeoutMs === Infinity
        ? undefined
        : clock.after(timeoutMs, () => {
            controller.abort()
            report(E.left(failedQuery(failedWith({ _tag: 'TimedOut', timeoutMs }))))
          })
    void ask(tasks, controller.signal).then(report)
  }

  const reportQuery = (
    tasks: ReadonlyNonEmptyArray<QueriedTask>,
    result: E.Either<FailedQuery, Answers<Output, Data>>,
  ): void => {
    if (settings.onQuery === undefined) return
    const statuses = E.bimap(
      ({ error }: FailedQuery) => ({ ...error }),
      (answers: Answers<Output, Data>) => statusesIn(tasks, answers),
    )(result)
    const told = settings.onQuery(copiesOf(tasks), statuses, {
      rate: pace.rate(),
      progress: progressIn(state.tasks),
    })
    if (isPromise(told)) Promise.resolve(told).then(undefined, abort)
  }

  const tell = ({ key, task, progress, finished, durationMs }: EffectOf<'Tell', Output, Data>): void => {
    const failedToTell = (thrown: unknown): void => {
      dispatch({ _tag: 'FailedToTell', key, reason: aborted(thrown) })
    }
    try {
      const { resourceIds, status } = task
      const own = { ...task, resourceIds: [...resourceIds], status: { ...status } } // it may change them
      const told = settings.onFinish(own, {
        progress,
        durationMs,
        result: () => resultIn(state.tasks, { _tag: 'Waiting' }, finished),
      })
      if (!isPromise(told)) {
        dispatch({ _tag: 'Told', key })
        return
      }
      Promise.resolve(told).then(
        () =>
          guarded(() => {
            dispatch({ _tag: 'Told', key })
            proceed()
          }),
        failedToTell,
      )
    } catch (thrown) {
      failedToTell(thrown)
    }
  }

  const limitTime = ({ delayMs }: EffectOf<'SetTimeLimit'>): void => {
    const cancel = clock.after(delayMs, () => {
      disposers.delete(cancel)
      guarded(() => void dispatch({ _tag: 'TimeLimitReached', nowMs: clock.now() }))
    })
    disposers.add(cancel)
  }

  const begin = (): void => {
    if (checkAborted()) return
    if (signal !== undefined) {
      const abortBySignal = (): void => abort(reasonOf(signal))
      disposers.add(() => signal.removeEventListener?.('abort', abortBySignal))
      signal.addEventListener?.('abort', abortBySignal)
      if (checkAborted()) return
    }
    dispatch({ _tag: 'Began', nowMs: clock.now() })
    proceed()
  }

  const result = new Promise<WaitResult<Output, Data>>(resolveResult => {
    resolve = resolveResult
    guarded(begin)
  })
  return { result, abort }
}

/**
 * A resumed wait does not know when its tasks began, so it can't expect anything. Neither can a wait for one task, unless it is told
 * how long others took.
 */
const expectationOf = <Output, Data>(
  { tasks }: InitialState<Output, Data>,
  earlierDurationsMs: ReadonlyArray<number>,
): Expectation =>
  tasks.every(({ queries }) => queries === 0) && (tasks.length > 1 || earlierDurationsMs.length > 0)
    ? expectationFrom(earlierDurationsMs)
    : plainExpectation

const withErrors = E.mapLeft(({ error }: FailedQuery) => error)

/** A pace of the caller may give any turn. What ending it throws is not of the wait. */
const safeTurn = (turn: Turn): Turn => ({ end: result => ignoreErrors(() => turn.end(result)) })

const noTurn: Turn = { end: () => undefined }

/** After these there may be more to do at once. */
const callsOut: ReadonlySet<Effect<unknown, unknown>['_tag']> = new Set([
  'DecideDelays',
  'DrawJitter',
  'AwaitTurn',
  'Tell',
])
