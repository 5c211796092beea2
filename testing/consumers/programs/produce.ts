/**
 * The CommonJS side of a program of both kinds: it loads every package, and makes outcomes.
 */
import { createAxiosTaskClient } from '@task-outcome/axios'
import { decodeBatchTask, entries, showTaskError } from '@task-outcome/core'
import { startEmulator } from '@task-outcome/emulator'
import { createFetchTaskClient } from '@task-outcome/fetch'
import { waitForBatch } from '@task-outcome/wait'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

export const packages = [
  createAxiosTaskClient,
  createFetchTaskClient,
  decodeBatchTask,
  startEmulator,
  waitForBatch,
]

export const partly = decodeBatchTask(
  '{"code":5400,"detail":{"ins-1":{"code":0,"requestId":9007199254740993123},"ins-2":{"code":5000}}}',
)

export const refused = decodeBatchTask('{"code":4400,"message":"too fast"}')

/** Reads an outcome of either copy. */
export const describe = (outcome: typeof partly): string =>
  E.match(showTaskError, (outcome: Parameters<typeof entries>[0]) =>
    entries(outcome)
      .map(({ _tag, resourceId }) => `${resourceId} ${_tag}`)
      .join(', '),
  )(outcome)

export const right: unknown = E.right
export const text: unknown = t.string
