/**
 * Routes that change something.
 */
import type { NotSent } from '@task-outcome/core'
import type { Settlement as TrackerSettlement, Submission, TrackError } from '@task-outcome/tracker'
import * as E from 'fp-ts/lib/Either.js'
import { sees } from '../../access/authenticate.js'
import { type App, type Context, type Result, failed, answer, notItsAccount, ok } from '../App.js'
import { traceSubmission } from '../../trace/spans.js'
import { type Problem, invalidRequest, notFound } from '../problem.js'
import {
  AccountParameter,
  IdParameter,
  NewSubmission,
  Rate,
  Settlement,
  TaskIds,
  problems,
  responses,
} from '../schemas.js'

export const addChangeRoutes = (app: App, { tracker, clients, log }: Context): void => {
  const config = { changes: true }

  app.post(
    '/submissions',
    {
      config,
      schema: {
        tags: ['submissions'],
        summary: 'Submits once for each key',
        description:
          'Post it again with the same key as often as you like: it is sent once. A success means that a task was started. A key is compared with its action and its resources, not with its parameters.',
        body: NewSubmission,
        response: {
          200: { description: 'At least one task was started', ...responses.submission },
          202: { description: 'It is being sent: ask again', ...responses.submission },
          ...problems(400, 401, 403, 409, 422, 500, 502, 503),
        },
      },
    },
    async ({ access, body, trace, headers }, reply) =>
      answer(reply, async () => {
        const { account, key, action, resourceIds, parameters } = body
        if (!sees(access, account)) return E.left(notItsAccount)
        const client = clients.get(account)
        if (client === undefined)
          return E.left(invalidRequest('body: /account: no credentials are configured for this account'))
        const prepared = client.prepare({ action, resourceIds, parameters })
        if (E.isLeft(prepared)) return E.left(invalidRequest(`body: ${prepared.left}`))
        const { traceparent: given } = headers
        const tracked = await traceSubmission(trace, given, { account, action }, traceparent =>
          tracker.track({ account, key, action, ...prepared.right, traceparent })(),
        )
        return E.isRight(tracked) ? answerOf(tracked.right) : E.left(trackProblem(tracked.left))
      }),
  )

  const trackProblem = (error: TrackError): Problem => {
    switch (error._tag) {
      case 'InvalidSubmission':
        return invalidRequest(`body: ${error.issue}`)
      case 'KeyTaken':
        return {
          status: 409,
          code: 'KeyTaken',
          detail: 'The key belongs to a submission of another action or other resources. Use another key.',
          more: { submission: error.submission },
        }
      case 'NotStored':
        return failed(log)(error.reason)
      case 'ResultNotStored':
        log.error({ submission: error.submissionId, reason: error.reason.message }, 'a result was not stored')
        return {
          status: 500,
          code: 'ResultNotStored',
          detail:
            'The submission was sent, and its result could not be stored. Keep this response: only it has the result.',
          more: { submissionId: error.submissionId, result: error.result },
        }
    }
  }

  app.post(
    '/submissions/:id/settle',
    {
      config,
      schema: {
        tags: ['submissions'],
        summary: 'Stores what was found out about a submission in doubt',
        params: IdParameter,
        body: Settlement,
        response: { 200: responses.submission, ...problems(400, 401, 403, 404, 409, 503) },
      },
    },
    async ({ access, params: { id }, body }, reply) =>
      answer(reply, async () => {
        const found = await tracker.submissions({ after: before(id), limit: 1 })()
        if (E.isLeft(found))
          return E.left(found.left._tag === 'StoreFailed' ? failed(log)(found.left) : notFound)
        const [submission] = found.right
        if (submission?.id !== String(BigInt(id)) || !sees(access, submission.account))
          return E.left(notFound)
        const settled = await tracker.settle(submission.id, body as TrackerSettlement)()
        if (E.isRight(settled)) {
          log.info({ submission: submission.id, token: access.name }, 'a submission was settled')
          return ok(settled.right)
        }
        switch (settled.left._tag) {
          case 'StoreFailed':
            return E.left(failed(log)(settled.left))
          case 'InvalidSettlement':
            return E.left(invalidRequest(`body: ${settled.left.issue}`))
          case 'NotInDoubt':
            return E.left({
              status: 409,
              code: 'NotInDoubt',
              more: { submission: settled.left.submission ?? submission },
            })
        }
      }),
  )

  app.post(
    '/tasks/follow-again',
    {
      config,
      schema: {
        tags: ['tasks'],
        summary: 'Follows tasks again that were given up. If one of them is not there, none is',
        body: TaskIds,
        response: { 200: responses.followed, ...problems(400, 401, 403, 404, 503) },
      },
    },
    async ({ access, body: { ids } }, reply) =>
      answer(reply, async () => {
        for (const id of ids) {
          const found = await tracker.tasks({ after: before(id), limit: 1 })()
          if (E.isLeft(found))
            return E.left(found.left._tag === 'StoreFailed' ? failed(log)(found.left) : notFound)
          const [task] = found.right
          if (task?.id !== String(BigInt(id)) || !sees(access, task.account))
            return E.left({ ...notFound, detail: `There is no task ${id}.` })
        }
        const followed = await tracker.followAgain(ids)()
        return E.isLeft(followed) ? E.left(failed(log)(followed.left)) : ok({ ids: followed.right })
      }),
  )

  app.put(
    '/accounts/:account/rate',
    {
      config,
      schema: {
        tags: ['operation'],
        summary: 'Sets how many queries may start in any second for an account, in all processes together',
        params: AccountParameter,
        body: Rate,
        response: { 204: responses.nothing, ...problems(400, 401, 403, 503) },
      },
    },
    async ({ access, params: { account }, body: { queriesPerSecond } }, reply) =>
      answer(reply, async () => {
        if (!sees(access, account)) return E.left(notItsAccount)
        const set = await tracker.setRate(account, queriesPerSecond)()
        if (E.isRight(set)) return ok(undefined, 204)
        return E.left(
          set.left._tag === 'StoreFailed' ? failed(log)(set.left) : invalidRequest(`body: ${set.left.issue}`),
        )
      }),
  )
}

/** The id before, after which a filter finds this one. */
const before = (id: string): string => String(BigInt(id) - 1n)

/** A success means that a task was started, so that a caller who looks only at the status is right. */
const answerOf = (submission: Submission): Result => {
  const problem = (status: number, code: string, detail: string): Result =>
    E.left({ status, code, detail, more: { submission } })
  switch (submission._tag) {
    case 'Intended':
    case 'Sent':
      return ok(submission, 202)
    case 'Accepted':
      return ok(submission)
    case 'Rejected':
      return problem(
        422,
        'Rejected',
        'The API rejected it: no task was started. To try again, use another key.',
      )
    case 'NotSent':
      return problem(
        isMisused(submission) ? 422 : 502,
        'NotSent',
        'It was not sent: no task was started. To try again, use another key.',
      )
    case 'InDoubt':
      return problem(502, 'InDoubt', 'A task may have been started. Find out, and settle the submission.')
    case 'Settled':
      return submission.settlement._tag === 'Started'
        ? ok(submission)
        : problem(422, 'NotStarted', 'It was in doubt, and somebody found out that it started nothing.')
  }
}

const isMisused = ({ result }: Extract<Submission, { _tag: 'NotSent' }>): boolean =>
  result._tag === 'Left' && (result.left as NotSent).reason._tag === 'Misused'
