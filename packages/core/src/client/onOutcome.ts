/**
 * The hook of a task client, and what it gets.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type { HttpResponse } from '../decode/HttpResponse.js'
import type { RequestSummary } from '../error/RequestSummary.js'
import type { TaskError } from '../error/TaskError.js'
import { ignorePromise, property } from '../error/thrown.js'
import type { AcceptedTask } from '../outcome/AcceptedTask.js'
import type { BatchOutcome } from '../outcome/BatchOutcome.js'
import type { TaskStatus } from '../outcome/TaskStatus.js'

/**
 * What is known of an exchange: one run of a submission or a query, with every request that was sent for it.
 *
 * @category model
 * @since 0.1.0
 */
export interface ExchangeSummary {
  /** `submit`, `submitBatch` or `status`, or the method whose name ends in `With`. */
  readonly operation: 'submission' | 'batchSubmission' | 'query'
  /** The request, with its secrets masked. Absent if the transport does not describe it. */
  readonly request?: RequestSummary
  /** The number of requests that were sent or may have been; 0 after `NotSent`. Absent if the transport does not count them. */
  readonly sends?: number
  /** From the call to the last byte of the response, in milliseconds. Absent if the transport has no clock. */
  readonly durationMs?: number
}

/**
 * Options of a task client.
 *
 * @category model
 * @since 0.1.0
 */
export interface TaskClientOptions {
  /**
   * Called once for each submission and query, with its result, before the caller gets it: for logs and metrics. The secrets of
   * the request are masked in it, in an outcome, too. What the hook throws, or a rejection of its promise, is ignored, and
   * nothing waits for the promise.
   */
  readonly onOutcome?: (
    result: E.Either<
      TaskError,
      AcceptedTask<unknown> | BatchOutcome<unknown, unknown> | TaskStatus<unknown, unknown>
    >,
    exchange: ExchangeSummary,
  ) => void | Promise<void>
}

/** What a transport knows of an exchange besides its result. */
export type Measured = Pick<ExchangeSummary, 'sends' | 'durationMs'>

/**
 * What the task of a transport takes besides: a function that it calls when the exchange ends. It is no part of `Transport`,
 * because a transport works without it.
 */
export type MeasuredTask<A> = (onEnd?: (measured: Measured) => void) => Promise<A>

/** Calls the hook. */
export const reportOutcome = (
  onOutcome: NonNullable<TaskClientOptions['onOutcome']>,
  result: Parameters<typeof onOutcome>[0],
  response: HttpResponse | undefined,
  exchange: ExchangeSummary,
): void => {
  try {
    const { request, ...masked } = E.isLeft(result)
      ? result.left
      : describe(response, result.right as Described)
    const summary = { ...exchange, ...(request === undefined ? {} : { request }) }
    ignorePromise(onOutcome(E.isLeft(result) ? result : E.right(masked as Described), summary))
  } catch {
    return
  }
}

/** An outcome to which the transport has added the request, as it does to an error. */
type Described = BatchOutcome & { readonly request?: RequestSummary }

const describe = (response: HttpResponse | undefined, outcome: Described): Described => {
  const describeError = property(response, 'describeError') as HttpResponse['describeError']
  return describeError === undefined ? outcome : describeError(outcome as never)
}
