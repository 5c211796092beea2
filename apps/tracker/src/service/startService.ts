/**
 * The service: all its parts, and how they end.
 */
import type { AddressInfo } from 'node:net'
import type { Subscription, Tracker, Worker } from '@task-outcome/tracker'
import * as E from 'fp-ts/lib/Either.js'
import type { FastifyBaseLogger } from 'fastify'
import { createAuthenticate } from '../access/authenticate.js'
import type { Configuration } from '../configuration/readConfiguration.js'
import { startWebhook } from '../deliver/startWebhook.js'
import { createServer } from '../http/createServer.js'
import { createMetrics } from '../metrics.js'
import { traceQuery } from '../trace/spans.js'
import { type AccountClient, createAccountClient } from '../submit/createAccountClient.js'
import { createEndSignal } from './createEndSignal.js'
import { openDatabase } from './openDatabase.js'

export interface Service {
  readonly url: string
  /**
   * Stops: takes no new requests, ends event streams, finishes the requests and the queries in flight, reports them, and closes
   * the database.
   */
  readonly stop: () => Promise<void>
}

/** How long a stop waits for connections after all submissions have ended, in milliseconds. */
const closeWithinMs = 2_000

/** Starts the service, or returns why it can't start. */
export const startService = async (
  configuration: Configuration,
  log: FastifyBaseLogger,
): Promise<E.Either<string, Service>> => {
  const { roles, accounts, tokens, webhooks, webhookNetworks: allowed, concurrency } = configuration
  const opened = await openDatabase(configuration)
  if (E.isLeft(opened)) return opened
  const { database, close } = opened.right
  /** The submissions that are being sent. */
  const submitting = new Set<Promise<unknown>>()
  const tracker: Tracker = {
    ...opened.right.tracker,
    track: submission => () => {
      const promise = opened.right.tracker.track(submission)()
      submitting.add(promise)
      void promise.finally(() => submitting.delete(promise))
      return promise
    },
  }

  const metrics = createMetrics(tracker)
  const clients = new Map<string, AccountClient>()
  for (const [name, account] of Object.entries(accounts))
    clients.set(
      name,
      createAccountClient(account, result => metrics.queries.inc({ result })),
    )
  const endSignal = await createEndSignal(database)
  const running: Array<Worker | Subscription> = []
  let isStopping = false
  const stopAll = async (): Promise<void> => {
    isStopping = true
    await endSignal.stop()
    const closing = app.close()
    await Promise.all(running.map(({ stop }) => stop()))
    // Fastify waits for connections: a caller that has gone must not end its submission.
    await Promise.allSettled(submitting)
    // A connection that sends no request would hold the stop forever.
    const timer = setTimeout(() => {
      app.server.closeAllConnections()
    }, closeWithinMs)
    await closing
    clearTimeout(timer)
    await close()
  }

  const app = await createServer(
    {
      tracker,
      database,
      authenticate: createAuthenticate(tokens),
      clients,
      metrics,
      endSignal,
      isStopping: () => isStopping,
      log,
    },
    { hasApi: roles.has('serve'), areMetricsOpen: configuration.metrics === 'open', log },
  )
  try {
    await app.listen({ host: configuration.host, port: configuration.port })
  } catch (thrown) {
    await stopAll()
    return E.left(`TRACKER_PORT, TRACKER_HOST: it can't listen there: ${(thrown as Error).message}`)
  }

  const started: Array<E.Either<string, Worker | Subscription>> = []
  if (roles.has('work'))
    for (const [name, { queries }] of clients) {
      const onError = ({ code, message }: { readonly code?: string; readonly message: string }): void => {
        metrics.storeErrors.inc({ where: 'worker' })
        log.error({ account: name, code, reason: message }, 'the database failed')
      }
      const worker = tracker.follow(name, queries, { concurrency, onError, aroundQuery: traceQuery })
      started.push(E.isLeft(worker) ? E.left(worker.left.issue) : worker)
    }
  if (roles.has('deliver'))
    for (const webhook of webhooks) started.push(startWebhook({ tracker, webhook, allowed, metrics, log }))
  for (const one of started) if (E.isRight(one)) running.push(one.right)
  const failed = started.find(E.isLeft)
  if (failed !== undefined) {
    await stopAll()
    return failed
  }

  const { address, port, family } = app.server.address() as AddressInfo
  const host = family === 'IPv6' ? `[${address}]` : address
  return E.right({
    url: `http://${host}:${port}`,
    stop: stopAll,
  })
}
