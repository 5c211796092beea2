/**
 * The metrics, in the format of Prometheus. No label has an id, or anything else that a caller chooses.
 */
import type { Tracker } from '@task-outcome/tracker'
import * as E from 'fp-ts/lib/Either.js'
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

export interface Metrics {
  readonly contentType: string
  /** Reads the counts of records from the database, and returns all metrics as text. */
  readonly read: () => Promise<string>
  readonly requests: Histogram<'method' | 'route' | 'status'>
  readonly queries: Counter<'result'>
  readonly deliveries: Counter<'webhook' | 'result'>
  readonly storeErrors: Counter<'where'>
  readonly eventStreams: Gauge
}

export const createMetrics = (tracker: Tracker): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const gauge = <Label extends string>(name: string, help: string, label: Label): Gauge<Label> =>
    new Gauge({ name, help, labelNames: [label], registers })
  const submissions = gauge('tracker_submissions', 'Submissions by state', 'state')
  const tasks = gauge('tracker_tasks', 'Tasks by state', 'state')
  const waiting = gauge(
    'tracker_subscriber_waiting_ends',
    'Ends that a subscriber has not received',
    'subscriber',
  )
  const behind = gauge(
    'tracker_subscriber_behind_seconds',
    'How long ago the oldest end happened that a subscriber has not received',
    'subscriber',
  )

  /** A gauge whose value is not known is left out. */
  const readRecords = async (): Promise<void> => {
    for (const one of [submissions, tasks, waiting, behind]) one.reset()
    const counts = await tracker.counts()()
    if (E.isRight(counts)) {
      for (const [state, count] of Object.entries(counts.right.submissions)) submissions.set({ state }, count)
      for (const [state, count] of Object.entries(counts.right.tasks)) tasks.set({ state }, count)
    }
    const subscribers = await tracker.subscribers()
    if (E.isRight(subscribers))
      for (const { name: subscriber, waiting: ends, behindMs = 0 } of subscribers.right) {
        waiting.set({ subscriber }, ends)
        behind.set({ subscriber }, behindMs / 1000)
      }
  }

  return {
    contentType: registry.contentType,
    read: async () => {
      await readRecords()
      return registry.metrics()
    },
    requests: new Histogram({
      name: 'tracker_http_request_seconds',
      help: 'The duration of requests, by route',
      labelNames: ['method', 'route', 'status'],
      registers,
    }),
    queries: new Counter({
      name: 'tracker_queries_total',
      help: 'Queries of this process for the states of tasks',
      labelNames: ['result'],
      registers,
    }),
    deliveries: new Counter({
      name: 'tracker_deliveries_total',
      help: 'Attempts of this process to deliver an end to a webhook',
      labelNames: ['webhook', 'result'],
      registers,
    }),
    storeErrors: new Counter({
      name: 'tracker_store_errors_total',
      help: 'Statements of workers and subscribers that failed',
      labelNames: ['where'],
      registers,
    }),
    eventStreams: new Gauge({
      name: 'tracker_event_streams',
      help: 'Callers that receive events now',
      registers,
    }),
  }
}
