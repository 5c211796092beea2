/**
 * What each client makes of a failure, on the runtime that runs this. The cases come from outside, where the server is.
 */
import { createAxiosTaskClient } from '@task-outcome/axios'
import type { AcceptedTask, SubmissionError } from '@task-outcome/core'
import { createFetchTaskClient } from '@task-outcome/fetch'
import axios from 'axios'
import type { Either } from 'fp-ts/lib/Either.js'

export interface Case {
  readonly client: 'fetch' | 'axios'
  readonly method: 'GET' | 'POST'
  readonly url: string
  /** Whether an exchange with the same URL comes first, so that there is a connection to reuse. */
  readonly again?: boolean
  readonly aborted?: boolean
  readonly limits?: {
    readonly timeoutMs?: number
    readonly maxBodyBytes?: number
    readonly sendsOnce?: boolean
  }
}

/** Runs the cases one after the other. */
export const runCases = async (cases: ReadonlyArray<Case>): Promise<ReadonlyArray<string>> => {
  const results: string[] = []
  for (const each of cases) {
    const send = sender(each)
    if (each.again === true) {
      await send()
      await new Promise(resolve => setTimeout(resolve)) // lets the client take the connection back
    }
    results.push(describe(await send()))
  }
  return results
}

type Result = Either<SubmissionError, AcceptedTask>

const sender = ({ client, method, url, aborted, limits = {} }: Case): (() => Promise<Result>) => {
  const signal = aborted === true ? { signal: AbortSignal.abort() } : {}
  const body = method === 'POST' ? 'Action=StartInstances' : undefined
  if (client === 'axios') {
    const tasks = createAxiosTaskClient(axios.create(), limits)
    return () => tasks.submit({ url, method, data: body, ...signal })()
  }
  const tasks = createFetchTaskClient(fetch, limits)
  return () => tasks.submit(url, { method, ...(body === undefined ? {} : { body }), ...signal })()
}

const describe = (result: Result): string => {
  if (result._tag === 'Right') return result.right._tag
  const error = result.left
  const recovered = error.recovered.length === 0 ? [] : [`${error.recovered.length} recovered`]
  return [`${error._tag}${reasonOf(error)}`, ...recovered].join(', ')
}

const reasonOf = (error: SubmissionError): string => {
  if (error._tag === 'HttpStatusError') return `: ${error.httpStatus}`
  if (!('reason' in error)) return ''
  const { reason } = error
  switch (reason._tag) {
    case 'NetworkFailed':
      return `: ${reason.code}`
    case 'ClientFailed':
      return `: ${reason.code ?? reason.name}`
    default:
      return `: ${reason._tag}`
  }
}
