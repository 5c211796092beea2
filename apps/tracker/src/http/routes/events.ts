/**
 * Ends as server-sent events.
 */
import { Readable } from 'node:stream'
import * as E from 'fp-ts/lib/Either.js'
import { sees } from '../../access/authenticate.js'
import { type App, type Context, accountsToRead, failed, sendProblem } from '../App.js'
import { invalidRequest } from '../problem.js'
import { EventsPlace, problems, textContent } from '../schemas.js'

/** A comment keeps proxies from closing a stream on which nothing happens, in milliseconds. */
const silenceMs = 15_000

const itemsAtOnce = 100

export const addEventRoutes = (app: App, context: Context): void => {
  const { tracker, endSignal, isStopping, metrics, log } = context

  /** Ends after a place, and then as they happen. An event without data tells the place after ends of other accounts. */
  async function* events(from: string, accounts: Parameters<typeof sees>[0], isClosed: () => boolean) {
    let cursor = from
    let saidAt = Date.now()
    yield 'retry: 1000\n\n'
    while (!isStopping() && !isClosed()) {
      const items = await tracker.feed(cursor, itemsAtOnce)()
      if (E.isLeft(items)) {
        if (items.left._tag === 'StoreFailed') failed(log)(items.left)
        // The caller connects again, and finds out from the status whether the database answers.
        return
      }
      let text = ''
      for (const item of items.right) {
        cursor = item.cursor
        text += sees(accounts, item.task.account)
          ? `id: ${cursor}\nevent: end\ndata: ${JSON.stringify(item)}\n\n`
          : `id: ${cursor}\n\n`
      }
      if (text === '' && Date.now() - saidAt > silenceMs) text = ': nothing\n\n'
      if (text !== '') {
        saidAt = Date.now()
        yield text
      }
      if (items.right.length < itemsAtOnce) await endSignal.wait()
    }
  }

  app.get(
    '/events',
    {
      schema: {
        tags: ['ends'],
        summary: 'Ends of tasks as server-sent events, from a place in the feed on',
        description:
          'Each event `end` has an item of the feed as its data, and the cursor as its id. Clients send the last id in the header Last-Event-ID when they connect again. Without it and without `cursor`, it begins with the first end.',
        querystring: EventsPlace,
        response: { ...textContent('text/event-stream', 'The events'), ...problems(400, 401, 403, 503) },
      },
    },
    async (request, reply) => {
      const { account, cursor = '0' } = request.query
      const accounts = accountsToRead(request.access, account)
      if (E.isLeft(accounts)) return sendProblem(reply, accounts.left)
      const { 'last-event-id': lastId = '' } = request.headers
      const from = lastId === '' ? cursor : String(lastId)
      if (!/^\d{1,18}$/.test(from))
        return sendProblem(reply, invalidRequest('headers: Last-Event-ID: expected the id of an event'))
      if (isStopping()) return sendProblem(reply, { status: 503, code: 'Stopping' })
      const first = await tracker.feed(from, 1)()
      if (E.isLeft(first) && first.left._tag === 'StoreFailed')
        return sendProblem(reply, failed(log)(first.left))

      const seen = accounts.right === 'all' ? accounts.right : new Set(accounts.right)
      let isClosed = false
      const stream = Readable.from(events(from, { accounts: seen }, () => isClosed))
      metrics.eventStreams.inc()
      reply.raw.once('close', () => {
        isClosed = true
        metrics.eventStreams.dec()
      })
      // A proxy such as nginx would hold events back.
      void reply.type('text/event-stream; charset=utf-8').header('x-accel-buffering', 'no')
      // After a stop the client connects again, to another process.
      void reply.header('connection', 'close')
      return reply.send(stream)
    },
  )
}
