/**
 * Delivers ends to a subscriber, in the order of the feed, at least once.
 *
 * @since 0.1.0
 */
import { type Clock, systemClock } from '@task-outcome/wait'
import { ignoreErrors } from '@task-outcome/wait/query'
import * as E from 'fp-ts/lib/Either.js'
import type * as T from 'fp-ts/lib/Task.js'
import { createWakeUp } from '../clock/wakeUp.js'
import { type Database, type StoreFailed, attempt } from '../database/Database.js'
import { keepListening } from '../database/keepListening.js'
import {
  type InvalidOption,
  invalidOption,
  nameIssue,
  numberIssue,
  objectIssue,
} from '../option/InvalidOption.js'
import {
  advanceSubscriber,
  endedChannel,
  leaseSubscriber,
  subscribe as subscribeStatement,
} from '../sql/feed.js'
import { type FeedItem, numberAll, readFeed } from './readFeed.js'

/**
 * Handles an end. The next one comes after its promise is fulfilled; if it rejects or throws, the same comes again. It may also
 * come again after a crash: `key` tells repeats.
 *
 * @category model
 * @since 0.1.0
 */
export type OnEnd = (item: FeedItem) => void | Promise<void>

/**
 * The options of a subscription.
 *
 * @category model
 * @since 0.1.0
 */
export interface SubscribeOptions {
  /** Whether a name that is new begins with the ends of the past. Default: `true`. */
  readonly fromStart?: boolean
  /**
   * After how long without progress another process with the same name may take over, in milliseconds: more than 20 `onEnd` take.
   * Default: 30,000.
   */
  readonly leaseMs?: number
  /** Called when `onEnd` fails, with what it threw, and when the database fails. Both are tried again. */
  readonly onError?: (error: StoreFailed | OnEndFailed) => void
  /** Default: `systemClock` of `@task-outcome/wait`. */
  readonly clock?: Clock
}

/**
 * `onEnd` threw, or its promise was rejected.
 *
 * @category model
 * @since 0.1.0
 */
export interface OnEndFailed {
  readonly _tag: 'OnEndFailed'
  readonly item: FeedItem
  readonly thrown: unknown
}

/**
 * A subscription that runs, until `stop` is called or its name is unsubscribed.
 *
 * @category model
 * @since 0.1.0
 */
export interface Subscription {
  /** Stops it after the `onEnd` that runs. Its place is kept under its name. */
  readonly stop: T.Task<void>
}

/** @internal */
export const subscribe = (
  database: Database,
  name: string,
  onEnd: OnEnd,
  options: SubscribeOptions = {},
): E.Either<InvalidOption, Subscription> => {
  const optionsIssue = objectIssue('options', options)
  if (optionsIssue !== undefined) return E.left(invalidOption(optionsIssue))
  const { fromStart = true, leaseMs = 30_000, clock = systemClock } = options
  const issue =
    nameIssue('name', name) ??
    (typeof onEnd === 'function' ? undefined : 'onEnd must be a function') ??
    numberIssue('leaseMs', leaseMs, 1000, 3_600_000)
  if (issue !== undefined) return E.left(invalidOption(issue))
  const onError = (error: StoreFailed | OnEndFailed): void => ignoreErrors(() => options.onError?.(error))
  return E.right(run({ database, name, onEnd, fromStart, leaseMs, clock, onError }))
}

interface Settings {
  readonly database: Database
  readonly name: string
  readonly onEnd: OnEnd
  readonly fromStart: boolean
  readonly leaseMs: number
  readonly clock: Clock
  readonly onError: (error: StoreFailed | OnEndFailed) => void
}

const run = ({ database, name, onEnd, fromStart, leaseMs, clock, onError }: Settings): Subscription => {
  const { sleep, wake } = createWakeUp(clock)
  let stopped = false
  const isStopped = (): boolean => stopped
  let isSubscribed = false

  const begin = async (): Promise<void> => {
    // An end of the past may have no place in the feed yet.
    if (!fromStart) await numberAll(database)
    await database.query(subscribeStatement, [name, fromStart])
    isSubscribed = true
  }

  /** Delivers what is there. Returns how long to sleep. */
  const deliver = async (): Promise<number> => {
    if (!isSubscribed) await begin()
    const [lease] = await database.query(leaseSubscriber, [name, leaseMs])
    if (lease === undefined) {
      // Somebody has unsubscribed it: to begin again would deliver everything again.
      stopped = true
      return 0
    }
    if (lease.fence === null) return Math.min(sleepMs, Number(lease.leased_ms ?? sleepMs))
    const fence = Number(lease.fence)
    let cursor = String(lease.position)
    const advance = async (ms: number): Promise<boolean> =>
      (await database.query(advanceSubscriber, [name, fence, cursor, ms])).length > 0
    try {
      // Each round stores its place, which also makes the lease longer.
      for (;;) {
        const items = await readFeed(database, cursor, itemsAtOnce)
        for (const item of items) {
          if (isStopped()) return 0
          if (!(await handle(item))) return retryMs
          cursor = item.cursor
        }
        if (items.length === 0) return sleepMs
        // Another process has taken over, or the name was unsubscribed.
        if (!(await advance(leaseMs))) return 0
      }
    } finally {
      await advance(0)
    }
  }

  const handle = async (item: FeedItem): Promise<boolean> => {
    try {
      await onEnd(item)
      return true
    } catch (thrown) {
      onError({ _tag: 'OnEndFailed', item, thrown })
      return false
    }
  }

  const work = async (): Promise<void> => {
    while (!isStopped()) {
      const delivered = await attempt(deliver)()
      if (E.isLeft(delivered)) onError(delivered.left)
      if (!isStopped()) await sleep(E.isRight(delivered) ? delivered.right : retryMs)
    }
  }
  const stopListening = keepListening(database, clock, endedChannel, wake)
  const working = work().then(stopListening)
  return {
    stop: async () => {
      stopped = true
      wake()
      await working
    },
  }
}

/** A crash repeats at most so many ends. */
const itemsAtOnce = 20

/** Looks again after that time, even if no notification comes. */
const sleepMs = 5000

/** After a failure. */
const retryMs = 2000
