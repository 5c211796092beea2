/**
 * The HTTP server.
 */
import swagger from '@fastify/swagger'
import { type FastifyBaseLogger, type FastifyError, LogController, fastify } from 'fastify'
import * as E from 'fp-ts/lib/Either.js'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { showIssues } from '../configuration/showIssues.js'
import { type App, type Context, type SchemaTypes, sendProblem } from './App.js'
import { openApi, schemaName } from './openApi.js'
import { forbidden, invalidRequest } from './problem.js'
import { readBody } from './readBody.js'
import { addEventRoutes } from './routes/events.js'
import { addOperationRoutes } from './routes/operation.js'
import { addReadRoutes } from './routes/reading.js'
import { addChangeRoutes } from './routes/changing.js'
import { sharedSchemas } from './schemas.js'
import { traceRequest } from '../trace/spans.js'

export interface ServerOptions {
  /** Whether the API is served, besides health, readiness and metrics. */
  readonly hasApi: boolean
  readonly areMetricsOpen: boolean
  readonly log: FastifyBaseLogger
}

/** Makes the server. It does not listen yet. */
export const createServer = async (
  context: Context,
  { hasApi, areMetricsOpen, log }: ServerOptions,
): Promise<App> => {
  const app: App = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    requestTimeout: 30_000,
    return503OnClosing: false,
    routerOptions: { maxParamLength: 10_000 },
    frameworkErrors: (_error, _request, reply) => {
      const problem = sendProblem(reply, invalidRequest('The URL is malformed.'))
      ;(reply as unknown as { readonly send: (body: object) => unknown }).send(problem)
    },
  }).withTypeProvider<SchemaTypes>()

  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => {
    const validator = Compile(schema)
    const integers = httpPart === 'querystring' ? integersOf(schema) : []
    return (value: unknown) => {
      const given = integers.length === 0 ? value : withIntegers(value, integers)
      return validator.Check(given)
        ? { value: given }
        : { error: new Error(`${httpPart ?? 'request'}: ${showIssues(validator.Errors(given))}`) }
    }
  })
  app.setSerializerCompiler(() => body => JSON.stringify(body))
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    const read = readBody(body as Buffer)
    if (E.isRight(read)) done(null, read.right)
    else done(Object.assign(new Error(`body: ${read.left}`), { statusCode: 400 }))
  })
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { statusCode = 500 } = error
    if (error.validation !== undefined || (statusCode >= 400 && statusCode < 500))
      return reply.send(sendProblem(reply, invalidRequest(error.message, statusCode)))
    request.log.error({ name: error.name, reason: error.message, stack: error.stack }, 'a request failed')
    return reply.send(sendProblem(reply, { status: 500, code: 'Failed' }))
  })
  app.setNotFoundHandler((_request, reply) =>
    reply.send(sendProblem(reply, { status: 404, code: 'NotFound', detail: 'There is no such route.' })),
  )

  app.addHook('onRequest', async request => {
    const { url } = request.routeOptions
    if (url === undefined || untraced.has(url)) return
    request.trace = traceRequest(request.headers, request.method, url)
  })
  app.addHook('onRequest', async (request, reply) => {
    const { isPublic = false, changes = false } = request.routeOptions.config
    if (isPublic) return
    const access = context.authenticate(request.headers.authorization)
    if (access === undefined) {
      void reply.header('www-authenticate', 'Bearer')
      return reply.send(sendProblem(reply, { status: 401, code: 'Unauthorized' }))
    }
    if (changes && !access.canWrite)
      return reply.send(sendProblem(reply, forbidden('The token may only read.')))
    request.access = access
  })
  // Nothing of the URL is logged: a caller may put a secret there by mistake.
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request
    const route = request.routeOptions.url ?? 'none'
    const status = reply.statusCode
    request.trace?.end(status)
    context.metrics.requests.observe({ method, route, status }, reply.elapsedTime / 1000)
    const { name: token } = (request.access as { readonly name: string } | undefined) ?? {}
    request.log.info({ method, route, status, ms: Math.round(reply.elapsedTime), token }, 'request')
  })
  app.addHook('onSend', async (_request, reply) => {
    void reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff')
  })

  for (const schema of sharedSchemas) app.addSchema(schema)
  await app.register(swagger, { openapi: openApi, refResolver: { buildLocalReference: schemaName } })
  addOperationRoutes(app, context, areMetricsOpen)
  if (hasApi) {
    addReadRoutes(app, context)
    addChangeRoutes(app, context)
    addEventRoutes(app, context)
  }
  await app.ready()
  return app
}

/** Machines ask these all the time. */
const untraced: ReadonlySet<string> = new Set(['/health', '/ready', '/metrics'])

const integersOf = (schema: TSchema): ReadonlyArray<string> => {
  const { properties = {} } = schema as { readonly properties?: Readonly<Record<string, { type?: string }>> }
  return Object.entries(properties).flatMap(([name, { type }]) => (type === 'integer' ? [name] : []))
}

/** Everything in a query is text. */
const withIntegers = (query: unknown, integers: ReadonlyArray<string>): unknown =>
  Object.fromEntries(
    Object.entries(query as Readonly<Record<string, unknown>>).map(([name, value]) => [
      name,
      integers.includes(name) && typeof value === 'string' && /^\d{1,16}$/.test(value)
        ? Number(value)
        : value,
    ]),
  )
