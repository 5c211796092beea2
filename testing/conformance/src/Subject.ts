/**
 * What is checked: a task client, seen as something that carries out requests given as plain data, so that it can also
 * live elsewhere, as in a browser's page.
 */
import type { AcceptedTask, BatchOutcome, TaskClient, TaskError, TaskStatus } from '@task-outcome/core'
import type { ExchangeLimits } from '@task-outcome/core/adapter'
import type { TaskIdPath } from '@task-outcome/core/wire'
import type { Either } from 'fp-ts/lib/Either.js'

/** A request as plain data. */
export interface PlainRequest {
  readonly operation: 'ordinary' | 'batch' | 'status'
  /** Where the response to an ordinary submission has its task id; default: `requestId`. */
  readonly taskIdAt?: TaskIdPath
  /** The resource ids that a batch submission names, if the response is compared with them. */
  readonly expectedResources?: ReadonlyArray<string>
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly limits: ExchangeLimits
  /** Whether the signal is aborted before the task is run. */
  readonly abortedBefore: boolean
  /** Absent: it is sent once. */
  readonly resending?: Resending
}

/** How often a client retries, and the URLs of its requests. */
export interface Resending {
  readonly retries: number
  /** The URL of each request, in turn, instead of the URL that the suite passes. */
  readonly urls?: ReadonlyArray<string>
}

/** Returns the URL of each request, in turn; `undefined` if it is the URL that the suite passes. */
export const urlsInTurn = ({ urls = [] }: Resending): (() => string | undefined) => {
  let sends = 0
  return () => urls[sends++]
}

export type Result = Either<TaskError, AcceptedTask | BatchOutcome | TaskStatus>

/** A request under way. */
export interface Running {
  readonly result: Promise<Result>
  readonly abort: () => Promise<void>
}

export interface Subject {
  /** Such as `fetch in Node`. It is the head of a column of the table of faults. */
  readonly name: string
  /** What sends: Node's own HTTP, undici (Node's `fetch`), or a browser, which hides why a connection failed. */
  readonly engine: 'http' | 'undici' | 'browser'
  /** Whether it gets a body piece by piece: then it can stop at a limit, and see what came of a body that broke off. */
  readonly streams: boolean
  readonly run: (request: PlainRequest) => Running
  /** Returns the platform and its version, for the table of faults. Default: this Node.js. */
  readonly platform?: () => string
  /** The results of faults, by their names in the table, that the HTTP client or its engine makes unavoidable. */
  readonly exceptions?: Readonly<Record<string, Expected>>
}

/** What a result must have, see `toMatchObject`. */
export type Expected =
  | { readonly _tag: 'Right'; readonly right: object }
  | {
      readonly _tag: 'Left'
      readonly left: object
      /**
       * The recovered tasks, or none: when the connection breaks, a browser's stream drops bytes that were not read yet.
       */
      readonly recoverable?: ReadonlyArray<object>
    }

/** A browser's `XMLHttpRequest`: it follows redirects, which no page can prevent. */
export const followsRedirects = ({ engine, streams }: Subject): boolean => engine === 'browser' && !streams

/** A task client and how to put a request to it: all that is needed to check one. */
export interface ClientUnderTest<Request extends ReadonlyArray<unknown>> {
  /** `resending` matters for clients that send again: the suite `describeResending`. */
  readonly create: (limits: ExchangeLimits, resending: Resending) => TaskClient<Request>
  readonly toRequest: (request: PlainRequest, signal: AbortSignal) => NoInfer<Request>
}

/** The reason with which every abort of the suite is made. */
export const abortReason = (): Error => Object.assign(new Error('the user has left'), { name: 'UserLeft' })

/** Runs a task client in this very process. */
export const runClient =
  <Request extends ReadonlyArray<unknown>>({ create, toRequest }: ClientUnderTest<Request>) =>
  (request: PlainRequest): Running => {
    const controller = new AbortController()
    const abort = (): void => {
      controller.abort(abortReason())
    }
    if (request.abortedBefore) abort()
    const client = create(request.limits, request.resending ?? { retries: 0 })
    const send = methodFor(client, request)
    const result: Promise<Result> = send(...toRequest(request, controller.signal))()
    return {
      result,
      abort: async () => {
        abort()
      },
    }
  }

const methodFor = <Request extends ReadonlyArray<unknown>>(
  client: TaskClient<Request>,
  { operation, taskIdAt, expectedResources: expected }: PlainRequest,
): ((...request: Request) => () => Promise<Result>) => {
  switch (operation) {
    case 'ordinary':
      return taskIdAt === undefined ? client.submit : client.submitWith({ taskIdAt })
    case 'batch':
      return expected === undefined ? client.submitBatch : client.submitBatchWith({ expected })
    case 'status':
      return client.status
  }
}
