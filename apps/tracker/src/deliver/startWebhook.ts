/**
 * Delivers ends to a webhook.
 */
import type { FeedItem, Subscription, Tracker } from '@task-outcome/tracker'
import * as E from 'fp-ts/lib/Either.js'
import type { FastifyBaseLogger } from 'fastify'
import { sees } from '../access/authenticate.js'
import type { Networks } from '../configuration/networks.js'
import type { Webhook } from '../configuration/Webhook.js'
import type { Metrics } from '../metrics.js'
import { traceDelivery } from '../trace/spans.js'
import { post } from './post.js'
import { signWebhook } from './signature.js'

export interface WebhookOptions {
  readonly tracker: Tracker
  readonly webhook: Webhook
  readonly allowed: Networks
  readonly metrics: Metrics
  readonly log: FastifyBaseLogger
  /** Returns milliseconds. */
  readonly now?: () => number
}

/** How long an attempt may take, in milliseconds: 20 of them must fit into the lease of a subscriber. */
const timeoutMs = 15_000

const leaseMs = 20 * timeoutMs + 30_000

/**
 * Starts to deliver, in the order of the feed. An end that is not accepted is delivered again, after delays that double up to
 * `longestDelayMs`, until it is; those after it wait.
 */
export const startWebhook = ({
  tracker,
  webhook,
  allowed,
  metrics,
  log,
  now = Date.now,
}: WebhookOptions): E.Either<string, Subscription> => {
  const { name, url, secret, accounts } = webhook
  const seen = accounts === 'all' ? accounts : new Set(accounts)
  const stopping = new AbortController()
  let failures = 0
  let notBefore = 0

  const onEnd = async (item: FeedItem): Promise<void> => {
    if (!sees({ accounts: seen }, item.task.account)) return
    // The subscription tries again every two seconds; it is not held up here, or its lease could be over.
    if (now() < notBefore) throw new TooEarly()
    const timestamp = Math.floor(now() / 1000)
    const id = `end-${item.key}`
    const body = JSON.stringify(messageOf(item))
    const posted = await traceDelivery(name, id, item, traceHeaders =>
      post({
        url,
        headers: {
          ...traceHeaders,
          'content-type': 'application/json',
          'user-agent': 'task-outcome-tracker',
          'webhook-id': id,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': signWebhook(secret, id, timestamp, body),
        },
        body,
        allowed,
        timeoutMs,
        signal: stopping.signal,
      })(),
    )
    metrics.deliveries.inc({ webhook: name, result: E.isRight(posted) ? 'ok' : 'failed' })
    if (E.isRight(posted)) {
      failures = 0
      return
    }
    const delayMs = delayAfter(failures++)
    notBefore = now() + delayMs
    log.warn({ webhook: name, end: item.key, reason: posted.left, failures, delayMs }, 'a delivery failed')
    throw new Error(posted.left)
  }

  const subscribed = tracker.subscribe(`webhook ${name}`, onEnd, {
    leaseMs,
    onError: error => {
      if (error._tag !== 'StoreFailed') return
      metrics.storeErrors.inc({ where: 'webhook' })
      log.error({ webhook: name, code: error.code, reason: error.message }, 'the database failed')
    },
  })
  if (E.isLeft(subscribed)) return E.left(subscribed.left.issue)
  const { stop } = subscribed.right
  return E.right({
    stop: () => {
      // It is delivered again by the next process.
      stopping.abort()
      return stop()
    },
  })
}

/** Ends the attempt of the subscription without one of ours. */
class TooEarly extends Error {}

/** In milliseconds, after how many failures in a row. */
export const delayAfter = (failures: number): number => Math.min(firstDelayMs * 2 ** failures, longestDelayMs)

const firstDelayMs = 1000

const longestDelayMs = 300_000

/** The payload, with the members that Standard Webhooks recommends. */
const messageOf = (item: FeedItem): object => {
  const { task } = item
  return {
    type: types[task._tag],
    timestamp: new Date(task._tag === 'Open' ? task.acceptedAtMs : task.endedAtMs).toISOString(),
    data: item,
  }
}

const types = { Ended: 'task.ended', GivenUp: 'task.given_up', Open: 'task.opened_again' } as const
