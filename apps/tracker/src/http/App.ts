/**
 * What the routes have in common.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Database, StoreFailed, Tracker } from '@task-outcome/tracker'
import * as E from 'fp-ts/lib/Either.js'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyTypeProvider,
  RawServerDefault,
} from 'fastify'
import type { Static, TSchema } from 'typebox'
import { type Access, type Authenticate, sees } from '../access/authenticate.js'
import type { Metrics } from '../metrics.js'
import type { EndSignal } from '../service/createEndSignal.js'
import type { RequestTrace } from '../trace/spans.js'
import type { AccountClient } from '../submit/createAccountClient.js'
import { type Problem, forbidden, problemBody, storeFailed } from './problem.js'

/** Requests have the types of their schemas. Responses are documented by theirs, and checked in tests. */
export interface SchemaTypes extends FastifyTypeProvider {
  readonly validator: this['schema'] extends TSchema ? Static<this['schema']> : unknown
  readonly serializer: unknown
}

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  SchemaTypes
>

/** What the routes need. */
export interface Context {
  readonly tracker: Tracker
  readonly database: Database
  readonly authenticate: Authenticate
  readonly clients: ReadonlyMap<string, AccountClient>
  readonly metrics: Metrics
  readonly endSignal: EndSignal
  readonly isStopping: () => boolean
  readonly log: FastifyBaseLogger
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route needs no token. */
    readonly isPublic?: boolean
    /** Whether the route needs a token that may write. */
    readonly changes?: boolean
  }
  interface FastifyRequest {
    /** Who calls. Routes that are public have none. */
    access: Access
    /** Where the request is in a trace. Routes that are not traced have none. */
    trace: RequestTrace | undefined
  }
}

/** What a route returns. */
export type Result = E.Either<Problem, { readonly status?: number; readonly body?: unknown }>

export const ok = (body: unknown, status = 200): Result => E.right({ status, body })

export const sendProblem = (reply: Pick<FastifyReply, 'code' | 'type'>, problem: Problem): object => {
  void reply.code(problem.status).type('application/problem+json; charset=utf-8')
  return problemBody(problem)
}

/** Sends what a route returns. */
export const answer = async (
  reply: Pick<FastifyReply, 'code' | 'type'>,
  handle: () => Promise<Result>,
): Promise<unknown> => {
  const result = await handle()
  if (E.isLeft(result)) return sendProblem(reply, result.left)
  const { status = 200, body } = result.right
  void reply.code(status)
  return body
}

/** Turns the failure of the database into a problem, and logs it. */
export const failed =
  (log: FastifyBaseLogger) =>
  (error: StoreFailed): Problem => {
    log.error({ code: error.code, reason: error.message }, 'the database failed')
    return storeFailed(error)
  }

/** The accounts to read: the one that is asked for, or those of the token. */
export const accountsToRead = (
  access: Access,
  account: string | undefined,
): E.Either<Problem, 'all' | ReadonlyArray<string>> => {
  if (account === undefined) return E.right(access.accounts === 'all' ? 'all' : [...access.accounts])
  return sees(access, account) ? E.right([account]) : E.left(notItsAccount)
}

export const notItsAccount = forbidden('The token was not given this account.')
