import type { QueryError, TaskEnd, TaskId, TaskStatus } from '@task-outcome/core'
import * as fc from 'fast-check'
import { defaultRetryStatus } from 'retry-ts'
import { describe, expect, test } from 'vitest'
import { badGateway, maintenance, noSuchTask, reset, statusOf, tooMany } from '../../test/SimulatedApi.js'
import type { NextDelay } from '../pace/policies.js'
import { makeRate } from '../pace/Rate.js'
import { failedQuery } from '../query/QueryTaskStatus.js'
import { type FinishedTask, WaitResult, finishedTasks, pendingTasks } from '../result/WaitResult.js'
import type { InitialState } from './InitialState.js'
import { type Effect, type Limits, type StepEvent, type WaitState, idle, step } from './step.js'
import { type Place, resultIn } from './Tasks.js'

type State = WaitState<unknown, unknown>
type Event = StepEvent<unknown, unknown>
type AnyEffect = Effect<unknown, unknown>

// -------------------------------------------------------------------------------------
// what can happen, without a clock
// -------------------------------------------------------------------------------------

interface Scenario {
  readonly count: number
  readonly limits: Limits
  readonly moves: ReadonlyArray<Move>
}

/** What happens next, which depends on the effects that were not answered yet. */
type Move =
  | { readonly _tag: 'Tick'; readonly afterMs: number }
  | { readonly _tag: 'Reply'; readonly afterMs: number; readonly which: number; readonly reply: Reply }
  /** Any event, whether or not it fits the state. */
  | { readonly _tag: 'Stray'; readonly event: (nowMs: number) => Event }

interface Reply {
  readonly next: NextDelay | undefined
  readonly status: TaskStatus | QueryError | 'TimedOut'
  readonly isTold: boolean
}

const aborted = { _tag: 'Aborted', name: 'Error', message: 'enough' } as const

const afterMs = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 100 }),
  fc.integer({ min: 0, max: 20_000 }),
)

const next: fc.Arbitrary<NextDelay | undefined> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(undefined) },
  {
    weight: 9,
    arbitrary: fc
      .tuple(fc.nat({ max: 9 }), fc.integer({ min: 0, max: 5000 }))
      .map(([iterNumber, delayMs]) => ({ delayMs, status: { ...defaultRetryStatus, iterNumber } })),
  },
)

const busy = { ...tooMany, retryAfterMs: 3000 }
const down = { ...badGateway, retryAfterMs: 7000 }
const error = fc.constantFrom<QueryError>(reset, maintenance, noSuchTask, tooMany, busy, down)
const status = fc
  .constantFrom(...(['InProgress', 'InProgress', 'Succeeded', 'Failed'] as const))
  .map(statusOf)

const reply: fc.Arbitrary<Reply> = fc.record({
  next,
  status: fc.oneof(
    { weight: 3, arbitrary: status },
    { weight: 2, arbitrary: error },
    { weight: 1, arbitrary: fc.constant('TimedOut' as const) },
  ),
  isTold: fc.integer({ min: 0, max: 19 }).map(drawn => drawn > 0),
})

/** The last id is that of no task. */
const anyId = fc.nat({ max: 6 }).map(number => String(number) as TaskId)
const anyQuery = fc.nat({ max: 30 })

const stray: fc.Arbitrary<(nowMs: number) => Event> = fc.oneof(
  fc.constant((nowMs: number): Event => ({ _tag: 'Began', nowMs })),
  fc.tuple(anyId, next).map(([taskId, delay]) => (nowMs: number): Event => ({
    _tag: 'DelayDecided',
    taskId,
    next: delay,
    nowMs,
  })),
  fc
    .tuple(anyId, anyQuery, status)
    .map(([taskId, query, told]) => (): Event => ({ _tag: 'QueryAnswered', taskId, query, status: told })),
  fc.tuple(anyId, anyQuery, error).map(([taskId, query, failure]) => (nowMs: number): Event => ({
    _tag: 'QueryFailed',
    taskId,
    query,
    failure: failedQuery(failure),
    nowMs,
  })),
  fc
    .tuple(anyId, anyQuery)
    .map(([taskId, query]) => (nowMs: number): Event => ({ _tag: 'QueryTimedOut', taskId, query, nowMs })),
  anyId.map(taskId => (): Event => ({ _tag: 'Told', taskId })),
  anyId.map(taskId => (): Event => ({ _tag: 'FailedToTell', taskId, reason: aborted })),
  fc.constant((nowMs: number): Event => ({ _tag: 'TimeLimitReached', nowMs })),
)

const abort = fc.constant((): Event => ({ _tag: 'Aborted', reason: aborted }))

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 40, arbitrary: fc.record({ _tag: fc.constant('Tick' as const), afterMs }) },
  {
    weight: 40,
    arbitrary: fc.record({ _tag: fc.constant('Reply' as const), afterMs, which: fc.nat(), reply }),
  },
  { weight: 15, arbitrary: fc.record({ _tag: fc.constant('Stray' as const), event: stray }) },
  { weight: 1, arbitrary: fc.record({ _tag: fc.constant('Stray' as const), event: abort }) },
)

const scenario: fc.Arbitrary<Scenario> = fc.record({
  count: fc.integer({ min: 0, max: 6 }),
  limits: fc.record({
    timeoutMs: fc.oneof(fc.constant(Infinity), fc.integer({ min: 0, max: 200_000 })),
    concurrency: fc.integer({ min: 1, max: 4 }),
    maxQueriesPerSecond: fc.oneof(
      fc.integer({ min: 1, max: 30 }),
      fc.double({ min: 0.3, max: 30, noNaN: true }),
    ),
    queryTimeoutMs: fc.integer({ min: 1, max: 60_000 }),
    unknownTaskGraceMs: fc.integer({ min: 0, max: 60_000 }),
  }),
  moves: fc.array(move, { maxLength: 120, size: 'max' }),
})

// -------------------------------------------------------------------------------------
// what is seen of it
// -------------------------------------------------------------------------------------

/** A copy of what is in a state, since the next step consumes it. */
interface View {
  readonly tag: State['_tag']
  readonly places: ReadonlyMap<TaskId, Place>
  readonly finished: ReadonlyArray<FinishedTask<unknown, unknown>>
  readonly counts: Readonly<
    Record<'total' | 'succeeded' | 'queries' | 'underWay' | 'pursued' | 'telling', number>
  >
  readonly queries: ReadonlyArray<number>
  /** `undefined` unless the wait is under way. */
  readonly waiting:
    | { readonly new: ReadonlyArray<TaskId>; readonly due: ReadonlyArray<TaskId>; readonly startMs: number }
    | undefined
}

const viewOf = (state: State): View => {
  const { byId, finished, ...counts } = state.tasks
  const tasks = [...byId.values()]
  return {
    tag: state._tag,
    places: new Map(tasks.map(({ taskId, place }) => [taskId, place])),
    finished: [...finished],
    counts,
    queries: tasks.map(({ queries }) => queries),
    waiting:
      state._tag === 'Waiting'
        ? {
            new: state.newTasks.map(({ taskId }) => taskId),
            due: state.schedule.entries.toArray().map(({ item }) => item.taskId),
            startMs: state.rate.nextStartMs(),
          }
        : undefined,
  }
}

interface Seen {
  readonly event: Event
  readonly before: View
  readonly after: View
  readonly effects: ReadonlyArray<AnyEffect>
}

const initial = (count: number): InitialState<unknown, unknown> => ({
  _tag: 'InitialState',
  finished: (['Failed', 'Succeeded'] as const).map(tag => ({
    _tag: 'FinishedTask',
    taskId: `before: ${tag}` as TaskId,
    resourceIds: [],
    status: statusOf(tag) as TaskEnd,
    queries: 1,
  })),
  tasks: Array.from({ length: count }, (_, index) => ({
    taskId: String(index) as TaskId,
    resourceIds: [],
    queries: index,
  })),
})

const replay = ({ count, limits }: Scenario, events: Iterable<Event>): ReadonlyArray<Seen> => {
  const seen: Seen[] = []
  let state: State = idle(initial(count), limits)
  for (const event of events) {
    const before = viewOf(state)
    const [after, effects] = step(state, event)
    state = after
    seen.push({ event, before, after: viewOf(state), effects })
  }
  return seen
}

/** Begins the wait, and makes an event of each move. */
const play = (played: Scenario): ReadonlyArray<Seen> => {
  const seen: Seen[] = []
  let state: State = idle(initial(played.count), played.limits)
  let nowMs = 1000
  const unanswered: AnyEffect[] = []
  const feed = (event: Event): void => {
    const before = viewOf(state)
    const [after, effects] = step(state, event)
    state = after
    unanswered.push(...effects)
    seen.push({ event, before, after: viewOf(state), effects })
  }
  feed({ _tag: 'Began', nowMs })
  for (const made of played.moves) {
    if (made._tag === 'Stray') {
      feed(made.event(nowMs))
      continue
    }
    nowMs += made.afterMs
    const effect =
      made._tag === 'Reply' ? unanswered.splice(made.which % (unanswered.length || 1), 1)[0] : undefined
    feed(
      effect === undefined || made._tag === 'Tick'
        ? { _tag: 'Ticked', nowMs }
        : replyTo(effect, made.reply, nowMs),
    )
  }
  return seen
}

const replyTo = (effect: AnyEffect, { next, status, isTold }: Reply, nowMs: number): Event => {
  switch (effect._tag) {
    case 'DecideDelay':
      return { _tag: 'DelayDecided', taskId: effect.taskId, next, nowMs }
    case 'StartQuery': {
      const { taskId, query } = effect
      if (status === 'TimedOut') return { _tag: 'QueryTimedOut', taskId, query, nowMs }
      return 'statusExtra' in status
        ? { _tag: 'QueryAnswered', taskId, query, status }
        : { _tag: 'QueryFailed', taskId, query, failure: failedQuery(status), nowMs }
    }
    case 'Tell': {
      const { taskId } = effect.task
      return isTold ? { _tag: 'Told', taskId } : { _tag: 'FailedToTell', taskId, reason: aborted }
    }
    case 'SetTimeLimit':
      return { _tag: 'TimeLimitReached', nowMs }
    default:
      return { _tag: 'Ticked', nowMs }
  }
}

const holds = (law: (seen: ReadonlyArray<Seen>, played: Scenario) => void): void =>
  fc.assert(
    fc.property(scenario, played => law(play(played), played)),
    { numRuns: 500 },
  )

const started = ({ effects }: Seen) =>
  effects.flatMap(effect => (effect._tag === 'StartQuery' ? [effect] : []))

/** Whether the event tells of something that is under way. */
const fits = ({ before, event }: Seen): boolean => {
  const place = 'taskId' in event ? before.places.get(event.taskId) : undefined
  const isBeingTold = place?._tag === 'Ended' && place.onFinish === 'running'
  if (before.tag === 'Over') return event._tag === 'FailedToTell' && isBeingTold
  switch (event._tag) {
    case 'Began':
      return before.tag === 'Idle'
    case 'DelayDecided':
      return place?._tag === 'Deciding'
    case 'QueryAnswered':
    case 'QueryFailed':
    case 'QueryTimedOut':
      return place?._tag === 'UnderWay' && place.query === event.query
    case 'Told':
    case 'FailedToTell':
      return isBeingTold
    default:
      return true
  }
}

/** Follows when each scheduled task is due, and what the rate allows, by the events alone. */
const follow = (seen: ReadonlyArray<Seen>, { limits }: Scenario, look: (now: Followed) => void): void => {
  const due = new Map<TaskId, number>()
  const rate = makeRate(limits.maxQueriesPerSecond)
  for (const one of seen) {
    const { event, before, effects } = one
    const nowMs = 'nowMs' in event ? event.nowMs : NaN
    look({ effects, event, before, nowMs, due, startMs: rate.nextStartMs() })
    for (const { taskId } of started(one)) {
      due.delete(taskId)
      rate.started(nowMs)
    }
    if (!fits(one) || before.tag !== 'Waiting' || !('taskId' in event)) continue
    const place = before.places.get(event.taskId)
    if (event._tag === 'QueryAnswered') rate.answered()
    if (event._tag === 'QueryFailed' && event.failure.isOverload && place?._tag === 'UnderWay')
      rate.refused(place.startedAtMs, nowMs, event.failure.retryAfterMs)
    if (event._tag === 'DelayDecided' && event.next !== undefined && place?._tag === 'Deciding')
      due.set(event.taskId, nowMs + Math.max(event.next.delayMs, place.failure?.retryAfterMs ?? 0))
  }
}

interface Followed extends Omit<Seen, 'after'> {
  readonly nowMs: number
  /** In the order in which the tasks were scheduled. */
  readonly due: ReadonlyMap<TaskId, number>
  readonly startMs: number
}

/** Of those due at the same time, the one scheduled first. */
const earliestOf = (due: ReadonlyMap<TaskId, number>): readonly [TaskId, number] | undefined =>
  [...due].reduce<readonly [TaskId, number] | undefined>(
    (first, one) => (first === undefined || one[1] < first[1] ? one : first),
    undefined,
  )

// -------------------------------------------------------------------------------------
// the laws
// -------------------------------------------------------------------------------------

describe('a task', () => {
  test('is in exactly one place at any moment, and the counts agree with the places', () => {
    holds((seen, { count }) => {
      for (const { after } of seen) {
        const { places, finished, counts, queries, waiting } = after
        const idsIn = (...tags: ReadonlyArray<Place['_tag']>): ReadonlyArray<string> =>
          [...places].flatMap(([id, { _tag }]) => (tags.includes(_tag) ? [id] : []))
        expect(places.size).toBe(count)
        expect(counts).toEqual({
          total: count + 2,
          succeeded: finished.filter(({ status: { _tag } }) => _tag === 'Succeeded').length,
          queries: queries.reduce((sum, one) => sum + one, 2),
          underWay: idsIn('UnderWay').length,
          pursued: idsIn('New', 'Deciding', 'Scheduled', 'UnderWay').length,
          telling: [...places.values()].filter(
            place => place._tag === 'Ended' && place.onFinish === 'running',
          ).length,
        })
        expect(
          finished
            .slice(2)
            .map(({ taskId }) => taskId)
            .sort(),
        ).toEqual(idsIn('Ended'))
        for (const [id, place] of places)
          if (place._tag === 'Ended') expect(finished[place.index]?.taskId).toBe(id)
        if (waiting === undefined) continue
        expect([...waiting.new].reverse()).toEqual(idsIn('New'))
        expect([...waiting.due].sort()).toEqual(idsIn('Scheduled'))
      }
    })
  })

  test('is asked about only when it is due and the rate allows it', () => {
    holds((seen, played) => {
      follow(seen, played, ({ effects, nowMs, due, startMs, before }) => {
        if (before.waiting !== undefined) expect(before.waiting.startMs).toBe(startMs)
        for (const effect of effects)
          if (effect._tag === 'StartQuery') {
            expect(nowMs).toBeGreaterThanOrEqual(due.get(effect.taskId) ?? NaN)
            expect(nowMs).toBeGreaterThanOrEqual(startMs)
          }
      })
    })
  })

  test('that is due first is asked about first, so none starves', () => {
    holds((seen, played) => {
      follow(seen, played, ({ effects, due }) => {
        for (const effect of effects)
          if (effect._tag === 'StartQuery') expect(effect.taskId).toBe(earliestOf(due)?.[0])
      })
    })
  })

  test('gets a query number of its own each time, and the time limit of queries', () => {
    holds((seen, { limits }) => {
      const queries = seen.flatMap(started)
      expect(new Set(queries.map(({ query }) => query)).size).toBe(queries.length)
      for (const { timeoutMs } of queries) expect(timeoutMs).toBe(limits.queryTimeoutMs)
    })
  })

  test('is told of when it has finished, once, with what was known then', () => {
    holds(seen => {
      for (const { event, before, after, effects } of seen) {
        const told = effects.filter(({ _tag }) => _tag === 'Tell')
        if (after.finished.length === before.finished.length) expect(told).toEqual([])
        else {
          const { total, succeeded, queries } = after.counts
          const finished = after.finished.length
          const progress = { succeeded, failed: finished - succeeded, pending: total - finished, queries }
          expect(told).toEqual([{ _tag: 'Tell', task: after.finished.at(-1), progress, finished }])
          expect(told).toMatchObject([{ task: { taskId: (event as { taskId?: TaskId }).taskId } }])
        }
      }
    })
  })
})

describe('the limits', () => {
  test('no more than concurrency queries are under way', () => {
    holds((seen, { limits }) => {
      for (const { after } of seen) expect(after.counts.underWay).toBeLessThanOrEqual(limits.concurrency)
    })
  })

  test('no more than maxQueriesPerSecond queries start in any second', () => {
    holds((seen, { limits }) => {
      const times = seen.flatMap(one => started(one).map(() => (one.event as { nowMs: number }).nowMs))
      const most = Math.max(1, Math.floor(limits.maxQueriesPerSecond))
      times.slice(most).forEach((time, index) => {
        expect(time - times[index]!).toBeGreaterThan(999.999)
      })
    })
  })

  test('a timer fires when the next query may start, and not before', () => {
    holds((seen, played) => {
      follow(seen, played, ({ effects, nowMs, due, startMs, before }) => {
        for (const effect of effects)
          if (effect._tag === 'SetTimer') {
            expect(effect.delayMs).toBe(Math.max(earliestOf(due)?.[1] ?? NaN, startMs) - nowMs)
            expect(effect.delayMs).toBeGreaterThan(0)
            expect(before.counts.underWay).toBeLessThan(played.limits.concurrency)
          }
      })
    })
  })

  test('nothing is done only if there is nothing to do', () => {
    holds((seen, played) => {
      follow(seen, played, ({ effects, event, before, due }) => {
        if (event._tag !== 'Ticked' || before.waiting === undefined || effects.length > 0) return
        const { underWay, pursued, telling } = before.counts
        expect(before.waiting.new).toEqual([])
        expect(underWay === played.limits.concurrency || due.size === 0).toBe(true)
        expect(pursued + telling).toBeGreaterThan(0)
      })
    })
  })
})

describe('an event', () => {
  test('about nothing that is under way changes nothing', () => {
    holds(seen => {
      for (const one of seen)
        if (!fits(one)) {
          expect(one.effects).toEqual([])
          expect(one.after).toEqual(one.before)
        }
    })
  })

  test('leads to one call of the caller’s code at most, and that is the last effect', () => {
    const calls: ReadonlyArray<AnyEffect['_tag']> = ['DecideDelay', 'StartQuery', 'Tell']
    holds(seen => {
      for (const { effects } of seen)
        for (const { _tag } of effects.slice(0, -1)) expect(calls).not.toContain(_tag)
    })
  })

  test('gives the same when it is replayed', () => {
    holds((seen, played) => {
      expect(
        replay(
          played,
          seen.map(({ event }) => event),
        ),
      ).toEqual(seen)
    })
  })
})

describe('the end', () => {
  /** Aborts the wait, if nothing else has finished it. */
  const toTheEnd = (seen: ReadonlyArray<Seen>, played: Scenario): ReadonlyArray<Seen> =>
    replay(played, [...seen.map(({ event }) => event), { _tag: 'Aborted', reason: aborted }])

  test('resolves exactly once and cleans up, and after it there are no effects', () => {
    holds((played, scenario) => {
      const seen = toTheEnd(played, scenario)
      const index = seen.findIndex(({ after }) => after.tag === 'Over')
      expect(seen[index]?.effects).toMatchObject([{ _tag: 'Resolve' }, { _tag: 'CleanUp' }])
      seen.forEach(({ effects, after }, other) => {
        if (other < index) for (const { _tag } of effects) expect(['Resolve', 'CleanUp']).not.toContain(_tag)
        if (other > index) expect([after.tag, effects]).toEqual(['Over', []])
      })
    })
  })

  test('gives every task exactly once, as finished unless its end could not be told', () => {
    holds((played, scenario) => {
      const last = toTheEnd(played, scenario).find(({ after }) => after.tag === 'Over')
      const [resolved] = last?.effects ?? []
      if (resolved?._tag !== 'Resolve' || last === undefined) throw new Error('the wait has not finished')
      const { result } = resolved
      expect(WaitResult.is(result)).toBe(true)
      expect([...finishedTasks(result), ...pendingTasks(result)].map(({ taskId }) => taskId).sort()).toEqual(
        [...last.after.places.keys(), 'before: Failed', 'before: Succeeded'].sort(),
      )
      for (const { taskId, reason } of pendingTasks(result)) {
        const place = last.after.places.get(taskId)
        if (place?._tag === 'GivenUp') expect(reason).toEqual(place.reason)
        else if (place?._tag === 'Ended') expect(place.onFinish).toBe('failed')
        else expect(['TimedOut', 'Aborted']).toContain(reason._tag)
      }
    })
  })

  test('comes by itself once every policy, query and callback has answered', () => {
    holds((_, played) => {
      const many: ReadonlyArray<Move> = Array.from({ length: 40 * (played.count + 1) }, () => [
        { _tag: 'Tick' as const, afterMs: 10_000 },
        {
          _tag: 'Reply' as const,
          afterMs: 10_000,
          which: 0,
          reply: {
            next: { delayMs: 0, status: defaultRetryStatus },
            status: statusOf('Succeeded'),
            isTold: true,
          },
        },
      ]).flat()
      const limits = { ...played.limits, timeoutMs: Infinity }
      expect(play({ ...played, limits, moves: [...played.moves, ...many] }).at(-1)?.after.tag).toBe('Over')
    })
  })
})

// -------------------------------------------------------------------------------------
// single rules
// -------------------------------------------------------------------------------------

const limits: Limits = {
  timeoutMs: Infinity,
  concurrency: 10,
  maxQueriesPerSecond: 1000,
  queryTimeoutMs: 60_000,
  unknownTaskGraceMs: 0,
}
const id = '0' as TaskId
const soon: NextDelay = { delayMs: 0, status: { ...defaultRetryStatus, iterNumber: 1 } }

/** The effects of each event of a wait for that many tasks. */
const effectsOf = (
  changed: Partial<Limits>,
  count: number,
  ...events: ReadonlyArray<Event>
): ReadonlyArray<ReadonlyArray<AnyEffect>> =>
  replay({ count, limits: { ...limits, ...changed }, moves: [] }, events).map(({ effects }) => effects)

/** Up to a query of the task, which starts at the time 0 and has the number 3. */
const queried: ReadonlyArray<Event> = [
  { _tag: 'Began', nowMs: 0 },
  { _tag: 'Ticked', nowMs: 0 },
  { _tag: 'DelayDecided', taskId: id, next: soon, nowMs: 0 },
  { _tag: 'Ticked', nowMs: 0 },
]
const answer = (tag: TaskStatus['_tag']): Event => ({
  _tag: 'QueryAnswered',
  taskId: id,
  query: 3,
  status: statusOf(tag),
})

test('before the wait has begun only an abort ends it', () => {
  const [ticked, timedOut, finished] = effectsOf(
    {},
    1,
    { _tag: 'Ticked', nowMs: 0 },
    { _tag: 'TimeLimitReached', nowMs: 0 },
    { _tag: 'Aborted', reason: aborted },
  )
  expect([ticked, timedOut]).toEqual([[], []])
  expect(finished).toMatchObject([
    { result: { pending: [{ taskId: id, reason: aborted }] } },
    { _tag: 'CleanUp' },
  ])
})

test('a time limit that fires too early is set again for the rest', () => {
  const [began, early, due] = effectsOf(
    { timeoutMs: 500 },
    1,
    { _tag: 'Began', nowMs: 100 },
    { _tag: 'TimeLimitReached', nowMs: 599 },
    { _tag: 'TimeLimitReached', nowMs: 600 },
  )
  expect(began).toEqual([{ _tag: 'SetTimeLimit', delayMs: 500 }])
  expect(early).toEqual([{ _tag: 'SetTimeLimit', delayMs: 1 }])
  expect(due).toMatchObject([{ result: { pending: [{ reason: { _tag: 'TimedOut', timeoutMs: 500 } }] } }, {}])
})

test('without a time limit no timer is set for it', () => {
  expect(effectsOf({}, 1, { _tag: 'Began', nowMs: 0 })).toEqual([[]])
})

test('a policy is applied to its own status, and an answer begins the failures anew', () => {
  const failure = failedQuery(reset)
  const first = { ...soon.status, iterNumber: 7 }
  const effects = effectsOf(
    {},
    1,
    ...queried,
    { _tag: 'QueryFailed', taskId: id, query: 3, failure, nowMs: 0 },
    { _tag: 'DelayDecided', taskId: id, next: { delayMs: 0, status: first }, nowMs: 0 },
    { _tag: 'Ticked', nowMs: 10 },
    { _tag: 'QueryTimedOut', taskId: id, query: 4, nowMs: 10 },
    { _tag: 'DelayDecided', taskId: id, next: soon, nowMs: 10 },
    { _tag: 'Ticked', nowMs: 20 },
    { _tag: 'QueryAnswered', taskId: id, query: 5, status: statusOf('InProgress') },
    { _tag: 'DelayDecided', taskId: id, next: soon, nowMs: 20 },
    { _tag: 'Ticked', nowMs: 30 },
    { _tag: 'QueryFailed', taskId: id, query: 6, failure, nowMs: 30 },
  )
  const decisions = effects.flat().filter(({ _tag }) => _tag === 'DecideDelay')
  expect(decisions).toMatchObject([
    { policy: 'pollPolicy', status: defaultRetryStatus },
    { policy: 'failurePolicy', status: defaultRetryStatus },
    { policy: 'failurePolicy', status: first },
    { policy: 'pollPolicy', status: soon.status },
    { policy: 'failurePolicy', status: defaultRetryStatus },
  ])
})

test('a query that timed out is a failure that says so', () => {
  const effects = effectsOf(
    { queryTimeoutMs: 5000 },
    1,
    ...queried,
    { _tag: 'QueryTimedOut', taskId: id, query: 3, nowMs: 5000 },
    { _tag: 'DelayDecided', taskId: id, next: undefined, nowMs: 5000 },
    { _tag: 'Ticked', nowMs: 5000 },
  )
  const reason = { _tag: 'QueryFailed', error: { reason: { _tag: 'TimedOut', timeoutMs: 5000 } } }
  expect(effects.at(-1)).toMatchObject([{ result: { pending: [{ reason, queries: 1 }] } }, {}])
})

test('an unknown task is queried again only if its query started within the grace', () => {
  const failed: Event = {
    _tag: 'QueryFailed',
    taskId: id,
    query: 3,
    failure: failedQuery(noSuchTask),
    nowMs: 99,
  }
  expect(effectsOf({ unknownTaskGraceMs: 1 }, 1, ...queried, failed).at(-1)).toMatchObject([
    { _tag: 'DecideDelay', policy: 'failurePolicy' },
  ])
  expect(effectsOf({ unknownTaskGraceMs: 0 }, 1, ...queried, failed).at(-1)).toEqual([])
})

test('a callback that fails after the end does not change the result, but what was known at its task’s end', () => {
  let state: State = idle(initial(1), limits)
  const feed = (event: Event): ReadonlyArray<AnyEffect> => {
    const [after, effects] = step(state, event)
    state = after
    return effects
  }
  for (const event of [...queried, answer('Succeeded')]) feed(event)
  const waiting = { _tag: 'Waiting' } as const
  expect(resultIn(state.tasks, waiting, 3)).toMatchObject({ _tag: 'AllFinished' })
  expect(resultIn(state.tasks, waiting, 2)).toMatchObject({ pending: [{ taskId: id, reason: waiting }] })
  expect(feed({ _tag: 'Aborted', reason: aborted })).toMatchObject([{ result: { _tag: 'AllFinished' } }, {}])
  expect(feed({ _tag: 'FailedToTell', taskId: id, reason: aborted })).toEqual([])
  expect(resultIn(state.tasks, waiting, 3)).toMatchObject({
    finished: [{ taskId: 'before: Failed' }, { taskId: 'before: Succeeded' }],
    pending: [{ taskId: id, reason: waiting, queries: 1 }],
  })
})
