/**
 * Health, readiness, metrics, and the OpenAPI document.
 */
import * as E from 'fp-ts/lib/Either.js'
import { type App, type Context, answer, ok, sendProblem } from '../App.js'
import { forbidden, storeFailed } from '../problem.js'
import { problems, responses, textContent } from '../schemas.js'

const tags = ['operation']

/** How long the database may take to be taken for ready, in milliseconds. */
const readyWithinMs = 2000

export const addOperationRoutes = (app: App, context: Context, areMetricsOpen: boolean): void => {
  const { database, isStopping, metrics } = context
  const open = { config: { isPublic: true } }

  app.get(
    '/health',
    {
      ...open,
      schema: {
        tags,
        security: [],
        summary: 'Whether the process is alive',
        response: { 200: responses.health },
      },
    },
    async (_request, reply) => answer(reply, async () => ok({ status: 'ok' })),
  )

  app.get(
    '/ready',
    {
      ...open,
      schema: {
        tags,
        security: [],
        summary: 'Whether it can work: the database answers, and it is not stopping',
        response: { 200: responses.health, ...problems(503) },
      },
    },
    async (_request, reply) =>
      answer(reply, async () => {
        if (isStopping()) return E.left({ status: 503, code: 'Stopping' })
        const isReady = await Promise.race([
          database.query('SELECT 1').then(
            () => true,
            () => false,
          ),
          new Promise<boolean>(resolve => {
            setTimeout(() => resolve(false), readyWithinMs).unref()
          }),
        ])
        return isReady
          ? ok({ status: 'ok' })
          : E.left(storeFailed({ _tag: 'StoreFailed', message: 'not ready' }))
      }),
  )

  app.get(
    '/metrics',
    {
      config: { isPublic: areMetricsOpen },
      schema: {
        tags,
        ...(areMetricsOpen ? { security: [] } : {}),
        summary: 'Metrics for Prometheus. Requires a token of all accounts, unless configured otherwise',
        response: { ...textContent('text/plain', 'The metrics'), ...problems(401, 403) },
      },
    },
    async (request, reply) => {
      if (!areMetricsOpen && request.access.accounts !== 'all')
        return sendProblem(reply, forbidden('Metrics are about all accounts.'))
      void reply.type(metrics.contentType).serializer(String)
      return metrics.read()
    },
  )

  app.get('/openapi.json', { ...open, schema: { hide: true } }, async () => app.swagger())
}
