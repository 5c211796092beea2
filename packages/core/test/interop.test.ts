import * as Effect from 'effect/Effect'
import type { Either } from 'fp-ts/lib/Either.js'
import { ResultAsync, type Result, err, ok } from 'neverthrow'
import { describe, expect, test } from 'vitest'
import { type TaskError, canSendAgain, createPromiseTaskClient, createTaskClient } from '../src/index.js'

/** A client over these bodies in turn, and the number of its requests. */
const answering = (...bodies: ReadonlyArray<string>) => {
  let sent = 0
  const tasks = createPromiseTaskClient(
    createTaskClient((_url: string) => async () => {
      return { _tag: 'Right', right: { status: 200, body: bodies[sent++] ?? '' } }
    }),
  )
  return { tasks, sent: () => sent }
}

const accepted = '{"code":0,"requestId":17}'
const tooFast = '{"code":4400,"message":"too fast"}'
const page = '<html>Please log in</html>'

describe('neverthrow', () => {
  const toResult = <Failure extends TaskError, A>(either: Either<Failure, A>): Result<A, Failure> =>
    either._tag === 'Left' ? err(either.left) : ok(either.right)

  test.each([
    [accepted, 'task 17'],
    [tooFast, 'Rejected'],
    [page, 'MalformedJson'],
  ])('a result of %s', async (body, said) => {
    const { tasks, sent } = answering(body)
    const submitted = new ResultAsync(tasks.submit('').then(toResult))
    expect(
      await submitted.match(
        ({ taskId }) => `task ${taskId}`,
        ({ _tag }): string => _tag,
      ),
    ).toBe(said)
    expect(sent()).toBe(1)
  })
})

describe('Effect', () => {
  const fromEither = <Failure extends TaskError, A>(either: Either<Failure, A>): Effect.Effect<A, Failure> =>
    either._tag === 'Left' ? Effect.fail(either.left) : Effect.succeed(either.right)

  const submitWith = ({ tasks }: ReturnType<typeof answering>) =>
    Effect.flatMap(Effect.uninterruptible(Effect.promise(() => tasks.submit(''))), fromEither)

  test('an error is caught by its tag', async () => {
    const caught = Effect.catchTag(submitWith(answering(tooFast)), 'Rejected', ({ code }) =>
      Effect.succeed({ taskId: `none, ${code}` }),
    )
    expect(await Effect.runPromise(caught)).toEqual({ taskId: 'none, 4400' })
  })

  test('a submission is repeated only while it can be sent again', async () => {
    const client = answering(tooFast, tooFast, accepted)
    const repeated = Effect.retry(submitWith(client), { times: 5, while: canSendAgain })
    expect(await Effect.runPromise(repeated)).toMatchObject({ taskId: '17' })
    expect(client.sent()).toBe(3)

    const inDoubt = answering(page, accepted)
    const exit = await Effect.runPromiseExit(
      Effect.retry(submitWith(inDoubt), { times: 5, while: canSendAgain }),
    )
    expect(exit._tag).toBe('Failure')
    expect(inDoubt.sent()).toBe(1)
  })

  test('an effect sends when it runs, and again each time', async () => {
    const client = answering(accepted, accepted)
    const submitted = submitWith(client)
    expect(client.sent()).toBe(0)
    await Effect.runPromise(submitted)
    await Effect.runPromise(submitted)
    expect(client.sent()).toBe(2)
  })
})
