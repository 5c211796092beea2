/**
 * An application as it goes through a bundler. It imports fp-ts by the names that work there, and so gets a second copy of
 * it beside the one that the packages use: results are plain data, so either copy understands them.
 */
import { createAxiosTaskClient } from '@task-outcome/axios'
import {
  type BatchOutcome,
  type TaskId,
  decodeBatchTaskWith,
  toEithers,
  showTaskError,
} from '@task-outcome/core'
import { createFetchTaskClient } from '@task-outcome/fetch'
import { waitForBatch } from '@task-outcome/wait'
import axios from 'axios'
// eslint-disable-next-line no-restricted-imports -- what consumers of bundlers write
import * as E from 'fp-ts/Either'
// eslint-disable-next-line no-restricted-imports -- what consumers of bundlers write
import { pipe } from 'fp-ts/function'
import * as t from 'io-ts'

const describe = (result: E.Either<Parameters<typeof showTaskError>[0], BatchOutcome>): string =>
  pipe(
    result,
    E.match(showTaskError, outcome =>
      toEithers(outcome)
        .map(
          E.match(
            ({ resourceId }) => `${resourceId} rejected`,
            ({ resourceId }) => `${resourceId} accepted`,
          ),
        )
        .join(', '),
    ),
  )

const decodeImages = decodeBatchTaskWith({ entry: t.type({ imageId: t.string }) })

/** Uses every package that runs in a browser, against an emulator that rejects `ins-2`. */
const run = async (endpoint: string): Promise<ReadonlyArray<string>> => {
  const params = { Action: 'StartInstances', 'instanceIds.0': 'ins-1', 'instanceIds.1': 'ins-2' }
  const overAxios = createAxiosTaskClient(axios.create(), { timeoutMs: 30_000 })
  const overFetch = createFetchTaskClient(fetch, { timeoutMs: 30_000 })

  const byAxios = await overAxios.submitBatch({ url: endpoint, params })()
  const byFetch = await overFetch.submitBatch(endpoint, {
    method: 'POST',
    body: new URLSearchParams(params),
  })()
  const lines = [`axios: ${describe(byAxios)}`, `fetch: ${describe(byFetch)}`]

  if (E.isRight(byFetch) && byFetch.right._tag !== 'AllRejected') {
    const query = (taskId: TaskId, signal: AbortSignal) =>
      overFetch.status(`${endpoint}?Action=DescribeVpcTaskResult&taskId=${taskId}`, { signal })
    const waited = await waitForBatch(byFetch.right.accepted, query, { timeoutMs: 30_000 })()
    lines.push(`wait: ${waited._tag}`)
  }

  for (const imageId of ['"img-1"', '1']) {
    const images = decodeImages(
      `{"code":0,"detail":{"ins-1":{"code":0,"requestId":9007199254740993123,"imageId":${imageId}}}}`,
    )
    lines.push(
      E.isLeft(images)
        ? `codec: ${images.left._tag}, ${images.left.recovered.map(({ taskId }) => taskId).join()} recovered`
        : `codec: ${images.right._tag}`,
    )
  }
  return lines
}

declare global {
  /** The functions that the page exposes to the test. */
  var consumer: { readonly run: typeof run }
}

globalThis.consumer = { run }
