/**
 * Routes that read.
 */
import { Readable } from 'node:stream'
import type { Counts, InvalidFilter, StoreFailed } from '@task-outcome/tracker'
import * as E from 'fp-ts/lib/Either.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import { sees } from '../../access/authenticate.js'
import {
  type App,
  type Context,
  type Result,
  accountsToRead,
  failed,
  answer,
  ok,
  sendProblem,
} from '../App.js'
import { type Problem, invalidRequest, notFound } from '../problem.js'
import {
  AccountFilter,
  DoubtFilter,
  FeedPlace,
  IdParameter,
  SubmissionFilter,
  TaskFilter,
  problems,
  responses,
  textContent,
} from '../schemas.js'

export const addReadRoutes = (app: App, { tracker, log }: Context): void => {
  const problemOf = (error: StoreFailed | InvalidFilter): Problem =>
    error._tag === 'InvalidFilter' ? invalidRequest(`querystring: ${error.issue}`) : failed(log)(error)

  /** Reads a page of the records of some accounts, in the order of their ids. */
  const readPage = async <Record extends { readonly id: string }>(
    accounts: 'all' | ReadonlyArray<string>,
    limit: number,
    read: (account: {
      readonly account?: string
    }) => TE.TaskEither<StoreFailed | InvalidFilter, ReadonlyArray<Record>>,
  ): Promise<Result> => {
    const pages: Array<ReadonlyArray<Record>> = []
    for (const account of accounts === 'all' ? [{}] : accounts.map(name => ({ account: name }))) {
      const page = await read(account)()
      if (E.isLeft(page)) return E.left(problemOf(page.left))
      pages.push(page.right)
    }
    const items = pages.flat()
    if (pages.length > 1) items.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
    const page = items.slice(0, limit)
    const last = page.at(-1)
    // A page that is full can be the last one, and is then followed by an empty one.
    return ok(last === undefined || page.length < limit ? { items: page } : { items: page, next: last.id })
  }

  /** Reads one record, by a filter for those after the id before. */
  const readOne = async <Record extends { readonly id: string; readonly account: string }>(
    id: string,
    access: Parameters<typeof sees>[0],
    read: (filter: {
      readonly after: string
      readonly limit: number
    }) => TE.TaskEither<StoreFailed | InvalidFilter, ReadonlyArray<Record>>,
  ): Promise<Result> => {
    const number = BigInt(id)
    if (number === 0n) return E.left(notFound)
    const found = await read({ after: String(number - 1n), limit: 1 })()
    if (E.isLeft(found)) return E.left(problemOf(found.left))
    const [record] = found.right
    return record !== undefined && BigInt(record.id) === number && sees(access, record.account)
      ? ok(record)
      : E.left(notFound)
  }

  app.get(
    '/submissions',
    {
      schema: {
        tags: ['submissions'],
        summary: 'Submissions that meet all conditions, oldest first',
        querystring: SubmissionFilter,
        response: { 200: responses.submissions, ...problems(400, 401, 403, 503) },
      },
    },
    async ({ access, query: { account, limit = 100, ...filter } }, reply) =>
      answer(reply, async () => {
        const accounts = accountsToRead(access, account)
        if (E.isLeft(accounts)) return accounts
        return readPage(accounts.right, limit, of => tracker.submissions({ ...filter, ...of, limit }))
      }),
  )

  app.get(
    '/submissions/:id',
    {
      schema: {
        tags: ['submissions'],
        summary: 'One submission',
        params: IdParameter,
        response: { 200: responses.submission, ...problems(400, 401, 404, 503) },
      },
    },
    async ({ access, params: { id } }, reply) =>
      answer(reply, async () => readOne(id, access, tracker.submissions)),
  )

  app.get(
    '/tasks',
    {
      schema: {
        tags: ['tasks'],
        summary: 'Tasks that meet all conditions, oldest first',
        querystring: TaskFilter,
        response: { 200: responses.tasks, ...problems(400, 401, 403, 503) },
      },
    },
    async ({ access, query: { account, limit = 100, ...filter } }, reply) =>
      answer(reply, async () => {
        const accounts = accountsToRead(access, account)
        if (E.isLeft(accounts)) return accounts
        return readPage(accounts.right, limit, of => tracker.tasks({ ...filter, ...of, limit }))
      }),
  )

  app.get(
    '/tasks/:id',
    {
      schema: {
        tags: ['tasks'],
        summary: 'One task',
        params: IdParameter,
        response: { 200: responses.task, ...problems(400, 401, 404, 503) },
      },
    },
    async ({ access, params: { id } }, reply) =>
      answer(reply, async () => readOne(id, access, tracker.tasks)),
  )

  app.get(
    '/in-doubt',
    {
      schema: {
        tags: ['submissions'],
        summary: 'Submissions of which it is not known what they started, oldest first',
        querystring: DoubtFilter,
        response: { 200: responses.submissions, ...problems(400, 401, 403, 503) },
      },
    },
    async ({ access, query: { account, limit = 100, ...page } }, reply) =>
      answer(reply, async () => {
        const accounts = accountsToRead(access, account)
        if (E.isLeft(accounts)) return accounts
        return readPage(accounts.right, limit, of =>
          // Of all accounts, an index has those in doubt.
          of.account === undefined
            ? tracker.inDoubt({ ...page, limit })
            : tracker.submissions({ ...page, ...of, state: 'InDoubt', limit }),
        )
      }),
  )

  app.get(
    '/counts',
    {
      schema: {
        tags: ['operation'],
        summary: 'How many records there are in each state',
        querystring: AccountFilter,
        response: { 200: responses.counts, ...problems(400, 401, 403, 503) },
      },
    },
    async ({ access, query: { account } }, reply) =>
      answer(reply, async () => {
        const accounts = accountsToRead(access, account)
        if (E.isLeft(accounts)) return accounts
        let sum: Counts | undefined
        for (const name of accounts.right === 'all' ? [undefined] : accounts.right) {
          const counts = await tracker.counts(name)()
          if (E.isLeft(counts)) return E.left(problemOf(counts.left))
          sum = sum === undefined ? counts.right : add(sum, counts.right)
        }
        return ok(sum)
      }),
  )

  app.get(
    '/feed',
    {
      schema: {
        tags: ['ends'],
        summary:
          'Ends of tasks after a place in the feed. A page can be empty, if its ends are of other accounts',
        querystring: FeedPlace,
        response: { 200: responses.feed, ...problems(400, 401, 403, 503) },
      },
    },
    async ({ access, query: { account, cursor = '0', limit = 100 } }, reply) =>
      answer(reply, async () => {
        const accounts = accountsToRead(access, account)
        if (E.isLeft(accounts)) return accounts
        const seen = accounts.right === 'all' ? accounts.right : new Set(accounts.right)
        const items = await tracker.feed(cursor, limit)()
        if (E.isLeft(items)) return E.left(problemOf(items.left))
        return ok({
          items: items.right.filter(({ task }) => sees({ accounts: seen }, task.account)),
          cursor: items.right.at(-1)?.cursor ?? cursor,
          isEnd: items.right.length < limit,
        })
      }),
  )

  app.get(
    '/export',
    {
      schema: {
        tags: ['operation'],
        summary: 'All records as lines of JSON: for each account its submissions, then its tasks',
        description:
          'If the database fails meanwhile, the connection is closed before the end of the response.',
        querystring: AccountFilter,
        response: {
          ...textContent('application/x-ndjson', 'A submission or a task on each line'),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ access, query: { account } }, reply) => {
      const accounts = accountsToRead(access, account)
      if (E.isLeft(accounts)) return sendProblem(reply, accounts.left)
      const names = accounts.right === 'all' ? [undefined] : accounts.right
      async function* lines(): AsyncGenerator<string> {
        for (const name of names)
          for await (const line of tracker.exportLines(name)) {
            // Thrown into the stream, which is then cut off, so that what was sent is not taken for all.
            if (E.isLeft(line)) throw new Error(problemOf(line.left).detail)
            yield `${line.right}\n`
          }
      }
      void reply.type('application/x-ndjson; charset=utf-8')
      return reply.send(Readable.from(lines()))
    },
  )
}

const add = (a: Counts, b: Counts): Counts => ({
  submissions: addEach(a.submissions, b.submissions),
  tasks: addEach(a.tasks, b.tasks),
})

const addEach = <Name extends string>(
  a: Readonly<Record<Name, number>>,
  b: Readonly<Record<Name, number>>,
): Readonly<Record<Name, number>> => {
  const sum: Record<Name, number> = { ...a }
  for (const name of Object.keys(a) as Name[]) sum[name] += b[name]
  return sum
}
