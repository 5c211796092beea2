import type { QueryError, TaskEnd, TaskId, TaskStatus } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { defaultRetryStatus } from 'retry-ts'
import { describe, expect, test } from 'vitest'
import {
  accessDenied,
  badGateway,
  maintenance,
  noSuchTask,
  reset,
  statusOf,
  tooMany,
} from '../../test/SimulatedApi.js'
import type { NextDelay } from '../pace/policies.js'
import { expectationFrom } from '../polling/Expectation.js'
import { failedQuery } from '../query/QueryTaskStatus.js'
import { type FinishedTask, WaitResult, finishedTasks, pendingTasks } from '../result/WaitResult.js'
import type { InitialState } from './InitialState.js'
import { type Effect, type Limits, type StepEvent, type WaitState, idle, step } from './step.js'
import { type Place, type TaskKey, resultIn } from './Tasks.js'

type State = WaitState<unknown, unknown>
type Event = StepEvent<unknown, unknown>
type AnyEffect = Effect<unknown, unknown>

// -------------------------------------------------------------------------------------
// what can happen, without a clock
// -------------------------------------------------------------------------------------

interface Scenario {
  readonly count: number
  readonly limits: Limits
  /** Whether durations decide when to query, instead of a policy. */
  readonly learns: boolean
  readonly moves: ReadonlyArray<Move>
}

/** What happens next, which depends on the effects that were not answered yet. */
type Move =
  | { readonly _tag: 'Tick'; readonly afterMs: number }
  | { readonly _tag: 'Reply'; readonly afterMs: number; readonly which: number; readonly reply: Reply }
  /** Any event, whether or not it fits the state. */
  | { readonly _tag: 'Stray'; readonly event: (nowMs: number) => Event }

interface Reply {
  /** Of each task of a query in turn, as are `answers`. */
  readonly next: ReadonlyArray<NextDelay | undefined>
  readonly failure: QueryError | undefined
  readonly answers: ReadonlyArray<TaskStatus | QueryError | undefined>
  readonly isTold: boolean
  readonly drawn: number
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
const error = fc.constantFrom<QueryError>(reset, maintenance, noSuchTask, accessDenied, tooMany, busy, down)
const status = fc
  .constantFrom(...(['InProgress', 'InProgress', 'Succeeded', 'Failed'] as const))
  .map(statusOf)

const jitter = fc.double({ min: 0, max: 1, noNaN: true })

const several = <A>(one: fc.Arbitrary<A>) => fc.array(one, { minLength: 1, maxLength: 5 })
const answers = several(
  fc.oneof(
    { weight: 6, arbitrary: status },
    { weight: 1, arbitrary: error },
    { weight: 1, arbitrary: fc.constant(undefined) },
  ),
)

const reply: fc.Arbitrary<Reply> = fc.record({
  next: several(next),
  failure: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 2, arbitrary: error }),
  drawn: jitter,
  answers,
  isTold: fc.integer({ min: 0, max: 19 }).map(drawn => drawn > 0),
})

/** The last key is that of no task. */
const anyKey = fc.nat({ max: 6 })
const anyQuery = fc.nat({ max: 30 })

const answered = (query: number, told: Reply['answers']): Event => ({
  _tag: 'QueryAnswered',
  query,
  dateMs: undefined,
  answers: told.map(one =>
    one === undefined ? undefined : 'statusExtra' in one ? E.right(one) : E.left(failedQuery(one)),
  ),
})

const stray: fc.Arbitrary<(nowMs: number) => Event> = fc.oneof(
  fc.constant((nowMs: number): Event => ({ _tag: 'Began', nowMs })),
  fc.constant((nowMs: number): Event => ({ _tag: 'TurnCame', nowMs })),
  fc.tuple(several(anyKey), jitter).map(([keys, drawn]) => (nowMs: number): Event => ({
    _tag: 'JitterDrawn',
    keys,
    together: keys.length,
    drawn: [drawn],
    nowMs,
  })),
  fc.tuple(several(anyKey), several(next)).map(([keys, delays]) => (nowMs: number): Event => ({
    _tag: 'DelaysDecided',
    keys,
    next: delays,
    nowMs,
  })),
  fc.tuple(anyQuery, answers).map(
    ([query, told]) =>
      (): Event =>
        answered(query, told),
  ),
  fc.tuple(anyQuery, error).map(([query, failure]) => (nowMs: number): Event => ({
    _tag: 'QueryFailed',
    query,
    failure: failedQuery(failure),
    nowMs,
  })),
  anyKey.map(key => (): Event => ({ _tag: 'Told', key })),
  anyKey.map(key => (): Event => ({ _tag: 'FailedToTell', key, reason: aborted })),
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
    maxTasksPerQuery: fc.integer({ min: 1, max: 4 }),
    timeoutMs: fc.oneof(fc.constant(Infinity), fc.integer({ min: 0, max: 200_000 })),
    queryTimeoutMs: fc.integer({ min: 1, max: 60_000 }),
    unknownTaskGraceMs: fc.integer({ min: 0, max: 60_000 }),
  }),
  learns: fc.boolean(),
  moves: fc.array(move, { maxLength: 120, size: 'max' }),
})

// -------------------------------------------------------------------------------------
// what is seen of it
// -------------------------------------------------------------------------------------

/** A copy of what is in a state, since the next step consumes it. */
interface View {
  readonly tag: State['_tag']
  readonly places: ReadonlyArray<Place>
  readonly mostTogether: ReadonlyArray<number>
  readonly finished: ReadonlyArray<FinishedTask<unknown, unknown>>
  readonly counts: Readonly<Record<'total' | 'succeeded' | 'queries' | 'pursued' | 'telling', number>>
  readonly queries: ReadonlyArray<number>
  /** `undefined` unless the wait is under way. */
  readonly waiting:
    | {
        readonly begun: number
        readonly learns: boolean
        readonly todo: ReadonlyArray<TaskKey>
        readonly due: ReadonlyArray<TaskKey>
        readonly underWay: ReadonlyMap<
          number,
          { readonly keys: ReadonlyArray<TaskKey>; readonly startedAtMs: number }
        >
        readonly isQueued: boolean
      }
    | undefined
}

const viewOf = (state: State): View => {
  const { byKey, finished, ...counts } = state.tasks
  return {
    tag: state._tag,
    places: byKey.map(({ place }) => place),
    mostTogether: byKey.map(({ mostTogether }) => mostTogether),
    finished: [...finished],
    counts,
    queries: byKey.map(({ queries }) => queries),
    waiting:
      state._tag === 'Waiting'
        ? {
            begun: state.begun,
            learns: state.expectation !== undefined,
            todo: state.todo.flatMap(todo => (todo._tag === 'End' ? [todo.key] : todo.keys)),
            due: [state.schedule.byTime, state.schedule.byAge].flatMap(({ keys, size }) => [
              ...keys.slice(0, size),
            ]),
            underWay: new Map(state.underWay),
            isQueued: state.isQueued,
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

const idleOf = ({ count, limits, learns }: Omit<Scenario, 'moves'>): State =>
  idle(initial(count), limits, false, learns ? expectationFrom([]) : undefined)

const replay = (played: Omit<Scenario, 'moves'>, events: Iterable<Event>): ReadonlyArray<Seen> => {
  const seen: Seen[] = []
  let state: State = idleOf(played)
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
  let state: State = idleOf(played)
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

const replyTo = (
  effect: AnyEffect,
  { next, failure, answers, isTold, drawn }: Reply,
  nowMs: number,
): Event => {
  const inTurn = <A>(items: ReadonlyArray<A>, count: number): ReadonlyArray<A> =>
    Array.from({ length: count }, (_, index) => items[index % items.length]!)
  switch (effect._tag) {
    case 'DecideDelays': {
      const { keys } = effect
      return { _tag: 'DelaysDecided', keys, next: inTurn(next, keys.length), nowMs }
    }
    case 'DrawJitter': {
      const { keys, together } = effect
      const groups = Math.ceil(keys.length / together)
      return { _tag: 'JitterDrawn', keys, together, drawn: inTurn([drawn, 1 - drawn], groups), nowMs }
    }
    case 'AwaitTurn':
      return { _tag: 'TurnCame', nowMs }
    case 'StartQuery': {
      const { query, tasks } = effect
      return failure === undefined
        ? answered(query, inTurn(answers, tasks.length))
        : { _tag: 'QueryFailed', query, failure: failedQuery(failure), nowMs }
    }
    case 'Tell': {
      const { key } = effect
      return isTold ? { _tag: 'Told', key } : { _tag: 'FailedToTell', key, reason: aborted }
    }
    case 'SetTimeLimit':
      return { _tag: 'TimeLimitReached', nowMs }
    default:
      return { _tag: 'Ticked', nowMs }
  }
}

/** Then each task is due at a time that the events tell. */
const byPolicy = scenario.map(played => ({ ...played, learns: false }))

const holds = (law: (seen: ReadonlyArray<Seen>, played: Scenario) => void, from = scenario): void =>
  fc.assert(
    fc.property(from, played => law(play(played), played)),
    { numRuns: 500 },
  )

const started = ({ effects }: Seen) =>
  effects.flatMap(effect => (effect._tag === 'StartQuery' ? [effect] : []))

/** The keys of the tasks that the effect asks for. The id of a task is its key. */
const keysIn = ({ tasks }: { readonly tasks: ReadonlyArray<{ readonly taskId: TaskId }> }) =>
  tasks.map(({ taskId }): TaskKey => Number(taskId))

/** Whether the event tells of something that is under way. */
const fits = ({ before, event }: Seen): boolean => {
  const isBeingTold = (key: TaskKey): boolean => {
    const place = before.places[key]
    return place?._tag === 'Ended' && place.onFinish === 'running'
  }
  if (before.tag === 'Over') return event._tag === 'FailedToTell' && isBeingTold(event.key)
  switch (event._tag) {
    case 'Began':
      return before.tag === 'Idle'
    case 'TurnCame':
      return before.waiting?.isQueued === true
    case 'DelaysDecided':
      return event.keys.some(key => before.places[key]?._tag === 'Deciding')
    case 'JitterDrawn':
      return (
        before.waiting?.learns === true &&
        event.keys.some(key => {
          const place = before.places[key]
          return place?._tag === 'Deciding' && place.failure === undefined
        })
      )
    case 'QueryAnswered':
    case 'QueryFailed':
      return before.waiting?.underWay.has(event.query) === true
    case 'Told':
    case 'FailedToTell':
      return isBeingTold(event.key)
    default:
      return true
  }
}

interface Due {
  readonly atMs: number
  /** From when on another task's query may take it along. */
  readonly earlyAtMs: number
}

/** Follows when each scheduled task is due, by the events alone. */
const follow = (seen: ReadonlyArray<Seen>, look: (now: Followed) => void): void => {
  const due = new Map<TaskKey, Due>()
  for (const one of seen) {
    const { event, before, effects } = one
    const nowMs = 'nowMs' in event ? event.nowMs : NaN
    look({ effects, event, before, nowMs, due })
    for (const effect of started(one)) for (const key of keysIn(effect)) due.delete(key)
    if (!fits(one) || before.tag !== 'Waiting') continue
    if (event._tag === 'QueryFailed') {
      const { keys } = before.waiting!.underWay.get(event.query)!
      const { askAgain } = event.failure
      if (askAgain !== 'always' && keys.length > 1)
        for (const key of keys) due.set(key, { atMs: nowMs, earlyAtMs: nowMs })
    }
    if (event._tag !== 'DelaysDecided') continue
    event.keys.forEach((key, index) => {
      if (event.keys.indexOf(key) < index) return
      const place = before.places[key]
      const next = event.next[index]
      if (next === undefined || place?._tag !== 'Deciding') return
      const retryAfterMs = place.failure?.retryAfterMs ?? 0
      due.set(key, {
        atMs: nowMs + Math.max(next.delayMs, retryAfterMs),
        earlyAtMs: nowMs + Math.max(next.delayMs / 2, retryAfterMs),
      })
    })
  }
}

interface Followed extends Omit<Seen, 'after'> {
  readonly nowMs: number
  /** In the order in which the tasks were scheduled. */
  readonly due: ReadonlyMap<TaskKey, Due>
}

/** Of those due at the same time, the one scheduled first is first. */
const inOrder = (due: ReadonlyMap<TaskKey, Due>): ReadonlyArray<readonly [TaskKey, Due]> =>
  [...due].sort(([, one], [, other]) => one.atMs - other.atMs)

// -------------------------------------------------------------------------------------
// the laws
// -------------------------------------------------------------------------------------

describe('a task', () => {
  test('is in exactly one place at any moment, and the counts agree with the places', () => {
    holds((seen, { count }) => {
      for (const { after } of seen) {
        const { places, finished, counts, queries, waiting } = after
        const keysAt = (...tags: ReadonlyArray<Place['_tag']>): ReadonlyArray<TaskKey> =>
          places.flatMap(({ _tag }, key) => (tags.includes(_tag) ? [key] : []))
        expect(places).toHaveLength(count)
        expect(counts).toEqual({
          total: count + 2,
          succeeded: finished.filter(({ status: { _tag } }) => _tag === 'Succeeded').length,
          queries: queries.reduce((sum, one) => sum + one, 2),
          pursued: keysAt('New', 'Deciding', 'Scheduled', 'UnderWay').length,
          telling: places.filter(place => place._tag === 'Ended' && place.onFinish === 'running').length,
        })
        expect(
          finished
            .slice(2)
            .map(({ taskId }) => Number(taskId))
            .sort(),
        ).toEqual(keysAt('Ended'))
        places.forEach((place, key) => {
          if (place._tag === 'Ended') expect(finished[place.index]?.taskId).toBe(String(key))
        })
        if (waiting === undefined) continue
        expect(keysAt('New')).toEqual(places.flatMap((_, key) => (key < waiting.begun ? [] : [key])))
        expect([...waiting.due].sort()).toEqual(keysAt('Scheduled'))
        const asked = [...waiting.underWay.values()].flatMap(({ keys }) => keys)
        expect([...asked, ...waiting.todo].sort()).toEqual(keysAt('UnderWay'))
      }
    })
  })

  test('is asked about only when it is due or taken along, in a turn of the pace', () => {
    holds(seen => {
      follow(seen, ({ effects, event, nowMs, due, before }) => {
        for (const effect of effects)
          if (effect._tag === 'StartQuery') {
            const [first, ...others] = keysIn(effect)
            expect(nowMs).toBeGreaterThanOrEqual(due.get(first!)!.atMs)
            for (const key of others) expect(nowMs).toBeGreaterThanOrEqual(due.get(key)!.earlyAtMs)
            expect([event._tag, before.waiting?.isQueued]).toEqual(['TurnCame', true])
          }
      })
    }, byPolicy)
  })

  test('that is due first is asked about first, with those that are due next, so none starves', () => {
    holds(seen => {
      follow(seen, ({ effects, due }) => {
        for (const effect of effects)
          if (effect._tag === 'StartQuery')
            expect(keysIn(effect)).toEqual(
              inOrder(due)
                .slice(0, effect.tasks.length)
                .map(([key]) => key),
            )
      })
    }, byPolicy)
  })

  test('is taken along by a query that has room, unless they are kept apart', () => {
    holds((seen, played) => {
      follow(seen, ({ effects, nowMs, due, before: { mostTogether } }) => {
        for (const effect of effects)
          if (effect._tag === 'StartQuery') {
            const [first = NaN, ...others] = keysIn(effect)
            for (const key of others) expect(mostTogether[key]).toBe(mostTogether[first])
            const most = Math.min(played.limits.maxTasksPerQuery, mostTogether[first]!)
            expect(effect.tasks.length).toBeLessThanOrEqual(most)
            const left = inOrder(due)[effect.tasks.length]
            if (effect.tasks.length < most && left !== undefined)
              expect(left[1].earlyAtMs > nowMs || mostTogether[left[0]] !== mostTogether[first]).toBe(true)
          }
      })
    }, byPolicy)
  })

  test('is part of one query at a time, which has its own number and the time limit of queries', () => {
    holds((seen, { limits }) => {
      const queries = seen.flatMap(started)
      expect(new Set(queries.map(({ query }) => query)).size).toBe(queries.length)
      for (const { timeoutMs, tasks } of queries) {
        expect(timeoutMs).toBe(limits.queryTimeoutMs)
        expect(new Set(tasks.map(({ taskId }) => taskId)).size).toBe(tasks.length)
      }
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
          const task = after.finished.at(-1)
          expect(told).toMatchObject([{ _tag: 'Tell', key: Number(task?.taskId), task, progress, finished }])
          expect(told[0]).toHaveProperty('durationMs', expect.any(Number))
          expect(event._tag).toBe('Ticked')
        }
      }
    })
  })
})

describe('the queue of the pace', () => {
  test('is entered once at a time, when a task is due', () => {
    holds(seen => {
      follow(seen, ({ effects, nowMs, due, before }) => {
        for (const effect of effects)
          if (effect._tag === 'AwaitTurn') {
            expect(before.waiting?.isQueued).toBe(false)
            expect(nowMs).toBeGreaterThanOrEqual(inOrder(due)[0]?.[1].atMs ?? NaN)
          }
      })
    }, byPolicy)
  })

  test('is left with a query each time a turn comes', () => {
    holds(seen => {
      for (const one of seen) {
        if (one.event._tag !== 'TurnCame' || !fits(one)) continue
        expect(started(one)).toHaveLength(1)
        expect(one.after.waiting?.isQueued).toBe(false)
      }
    })
  })
})

describe('when nothing is due', () => {
  test('a timer fires when the next task is, and not before', () => {
    holds(seen => {
      follow(seen, ({ effects, nowMs, due, before }) => {
        for (const effect of effects)
          if (effect._tag === 'SetTimer') {
            expect(effect.delayMs).toBe((inOrder(due)[0]?.[1].atMs ?? NaN) - nowMs)
            expect(effect.delayMs).toBeGreaterThan(0)
            expect(before.waiting?.isQueued).toBe(false)
          }
      })
    }, byPolicy)
  })

  test('nothing is done only if there is nothing to do', () => {
    holds((seen, played) => {
      follow(seen, ({ effects, event, before, due }) => {
        if (event._tag !== 'Ticked' || before.waiting === undefined || effects.length > 0) return
        const { pursued, telling } = before.counts
        const { begun, todo, isQueued } = before.waiting
        expect([begun, todo]).toEqual([played.count, []])
        expect(isQueued || due.size === 0).toBe(true)
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
    const calls: ReadonlyArray<AnyEffect['_tag']> = ['DecideDelays', 'DrawJitter', 'StartQuery', 'Tell']
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
        [...last.after.places.map((_, key) => String(key)), 'before: Failed', 'before: Succeeded'].sort(),
      )
      for (const { taskId, reason } of pendingTasks(result)) {
        const place = last.after.places[Number(taskId)]
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
            next: [{ delayMs: 0, status: defaultRetryStatus }],
            failure: undefined,
            answers: [statusOf('Succeeded')],
            isTold: true,
            drawn: 0.5,
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
  maxTasksPerQuery: 1,
  timeoutMs: Infinity,
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
  replay({ count, limits: { ...limits, ...changed }, learns: false }, events).map(({ effects }) => effects)

const ticked = (nowMs: number): Event => ({ _tag: 'Ticked', nowMs })
const turn = (nowMs: number): Event => ({ _tag: 'TurnCame', nowMs })
const decided = (nowMs: number, ...delays: ReadonlyArray<NextDelay | undefined>): Event => ({
  _tag: 'DelaysDecided',
  keys: delays.map((_, key) => key),
  next: delays,
  nowMs,
})

/** Up to the first query, which is of the first task and starts at the time 0. */
const queried: ReadonlyArray<Event> = [
  { _tag: 'Began', nowMs: 0 },
  ticked(0),
  decided(0, soon),
  ticked(0),
  turn(0),
]

test('before the wait has begun only an abort ends it', () => {
  const [early, timedOut, finished] = effectsOf(
    {},
    1,
    ticked(0),
    { _tag: 'TimeLimitReached', nowMs: 0 },
    { _tag: 'Aborted', reason: aborted },
  )
  expect([early, timedOut]).toEqual([[], []])
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
    { _tag: 'QueryFailed', query: 1, failure, nowMs: 0 },
    ticked(0),
    decided(0, { delayMs: 0, status: first }),
    ticked(10),
    turn(10),
    { _tag: 'QueryFailed', query: 2, failure, nowMs: 10 },
    ticked(10),
    decided(10, soon),
    ticked(20),
    turn(20),
    answered(3, [statusOf('InProgress')]),
    ticked(20),
    decided(20, soon),
    ticked(30),
    turn(30),
    { _tag: 'QueryFailed', query: 4, failure, nowMs: 30 },
    ticked(30),
  )
  const decisions = effects.flat().filter(({ _tag }) => _tag === 'DecideDelays')
  expect(decisions).toMatchObject([
    { policy: 'pollPolicy', statuses: [defaultRetryStatus] },
    { policy: 'failurePolicy', statuses: [defaultRetryStatus] },
    { policy: 'failurePolicy', statuses: [first] },
    { policy: 'pollPolicy', statuses: [soon.status] },
    { policy: 'failurePolicy', statuses: [defaultRetryStatus] },
  ])
})

test('an unknown task is queried again only if its query started within the grace', () => {
  const failed: Event = { _tag: 'QueryFailed', query: 1, failure: failedQuery(noSuchTask), nowMs: 99 }
  const after = (unknownTaskGraceMs: number) =>
    effectsOf({ unknownTaskGraceMs }, 1, ...queried, failed, ticked(99)).at(-1)
  expect(after(1)).toMatchObject([{ _tag: 'DecideDelays', policy: 'failurePolicy' }])
  expect(after(0)).toMatchObject([{ _tag: 'Resolve' }, {}])
})

test('tasks of one query that have finished are told of one by one, before a policy is asked about the others', () => {
  const effects = effectsOf(
    { maxTasksPerQuery: 4 },
    4,
    { _tag: 'Began', nowMs: 0 },
    ticked(0),
    decided(0, soon, soon, soon, soon),
    ticked(0),
    turn(0),
    answered(1, [statusOf('Failed'), statusOf('InProgress'), reset, statusOf('Succeeded')]),
    ticked(5),
    { _tag: 'Told', key: 0 },
    ticked(5),
    ticked(5),
    ticked(5),
  )
  expect(effects.slice(4).flat()).toMatchObject([
    { _tag: 'StartQuery', tasks: [{ taskId: '0' }, { taskId: '1' }, { taskId: '2' }, { taskId: '3' }] },
    { _tag: 'Tell', key: 0, progress: { pending: 3, queries: 2 + 6 + 4 } },
    { _tag: 'Tell', key: 3, progress: { pending: 2 } },
    { _tag: 'DecideDelays', keys: [1], policy: 'pollPolicy' },
    { _tag: 'DecideDelays', keys: [2], policy: 'failurePolicy' },
  ])
})

test('a task is taken along when half of its delay is over', () => {
  const delays = [1000, 2000, 2002].map(delayMs => ({ ...soon, delayMs }))
  const effects = effectsOf(
    { maxTasksPerQuery: 3 },
    3,
    { _tag: 'Began', nowMs: 0 },
    ticked(0),
    decided(0, ...delays),
    ticked(999),
    ticked(1000),
    turn(1000),
  )
  expect(effects.slice(3)).toMatchObject([
    [{ _tag: 'SetTimer', delayMs: 1 }],
    [{ _tag: 'AwaitTurn' }],
    [{ _tag: 'StartQuery', tasks: [{ taskId: '0' }, { taskId: '1' }] }],
  ])
})

test('a callback that fails after the end does not change the result, but what was known at its task’s end', () => {
  let state: State = idle(initial(1), limits)
  const feed = (event: Event): ReadonlyArray<AnyEffect> => {
    const [after, effects] = step(state, event)
    state = after
    return effects
  }
  for (const event of [...queried, answered(1, [statusOf('Succeeded')]), ticked(0)]) feed(event)
  const waiting = { _tag: 'Waiting' } as const
  expect(resultIn(state.tasks, waiting, 3)).toMatchObject({ _tag: 'AllFinished' })
  expect(resultIn(state.tasks, waiting, 2)).toMatchObject({ pending: [{ taskId: id, reason: waiting }] })
  expect(feed({ _tag: 'Aborted', reason: aborted })).toMatchObject([{ result: { _tag: 'AllFinished' } }, {}])
  expect(feed({ _tag: 'FailedToTell', key: 0, reason: aborted })).toEqual([])
  expect(resultIn(state.tasks, waiting, 3)).toMatchObject({
    finished: [{ taskId: 'before: Failed' }, { taskId: 'before: Succeeded' }],
    pending: [{ taskId: id, reason: waiting, queries: 1 }],
  })
})

const drawn = (nowMs: number, count: number): Event => ({
  _tag: 'JitterDrawn',
  keys: Array.from({ length: count }, (_, key) => key),
  together: 1,
  drawn: Array.from({ length: count }, () => 1),
  nowMs,
})

test('an end brings the queries of tasks of the same age forward, and tells how long the task took', () => {
  const played = { count: 3, limits, learns: true }
  const dueAfter = (status: TaskStatus): unknown => {
    const seen = replay(played, [
      { _tag: 'Began', nowMs: 0 },
      ticked(0),
      drawn(0, 3),
      ticked(60_000),
      turn(60_000),
      answered(1, [statusOf('InProgress')]),
      ticked(60_000),
      { _tag: 'JitterDrawn', keys: [0], together: 1, drawn: [1], nowMs: 60_000 },
      ticked(60_010),
      turn(60_010),
      answered(2, [status]),
      ticked(60_010),
      ...(status._tag === 'InProgress'
        ? [{ _tag: 'JitterDrawn', keys: [1], together: 1, drawn: [1], nowMs: 60_010 } as const]
        : [{ _tag: 'Told', key: 1 } as const]),
      ticked(60_010),
      turn(60_010),
      answered(3, [status]),
      ticked(60_010),
      ...(status._tag === 'InProgress'
        ? [{ _tag: 'JitterDrawn', keys: [2], together: 1, drawn: [1], nowMs: 60_010 } as const]
        : [{ _tag: 'Told', key: 2 } as const]),
      ticked(60_010),
    ])
    return seen.flatMap(({ effects }) => effects)
  }
  const delayIn = (effects: unknown): number =>
    (effects as ReadonlyArray<AnyEffect>)
      .flatMap(one => (one._tag === 'SetTimer' ? [one.delayMs] : []))
      .at(-1) ?? NaN
  const quiet = dueAfter(statusOf('InProgress'))
  const busy = dueAfter(statusOf('Succeeded'))
  expect(delayIn(quiet)).toBeCloseTo(5990, 0)
  expect(delayIn(busy)).toBeLessThan(delayIn(quiet))
  expect(busy).toMatchObject(
    expect.arrayContaining([expect.objectContaining({ _tag: 'Tell', key: 1, durationMs: 30_005 })]),
  )
})

test.each([true, false])('a wait for many tasks begins in parts, with pauses (learning: %s)', learns => {
  let state: State = idle(initial(9000), limits, false, learns ? expectationFrom([]) : undefined)
  let pauses = 0
  let last: ReadonlyArray<AnyEffect> = []
  const feed = (event: Event): void => {
    const [after, effects] = step(state, event)
    state = after
    last = effects
  }
  feed({ _tag: 'Began', nowMs: 0 })
  for (let begun = 0; begun < 9000;) {
    feed(ticked(0))
    const [effect] = last
    if (effect?._tag === 'SetTimer') {
      expect(effect.delayMs).toBe(0)
      expect(begun).toBe(4000 * ++pauses)
    } else if (effect?._tag === 'DrawJitter' || effect?._tag === 'DecideDelays') {
      begun += effect.keys.length
      feed(
        effect._tag === 'DrawJitter'
          ? { ...effect, _tag: 'JitterDrawn', drawn: [], nowMs: 0 }
          : {
              ...effect,
              _tag: 'DelaysDecided',
              next: effect.keys.map(() => ({ ...soon, delayMs: 9 })),
              nowMs: 0,
            },
      )
    } else throw new Error(`unexpected ${effect?._tag}`)
  }
  expect(pauses).toBe(2)
})
