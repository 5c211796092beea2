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
  /** Where the response to an ordinary submission has its task id; absent: at `requestId`. */
  readonly taskIdAt?: TaskIdPath
  /** The resource ids that a batch submission names, where the response is compared with them. */
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

/** How often a client that sends again does so, and where its sends go. */
export interface Resending {
  readonly retries: number
  /** Where each send goes, in turn, instead of to the URL of the request. */
  readonly urls?: ReadonlyArray<string>
}

/** Gives the URL of each send, in turn; `undefined` where it is that of the request. */
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
  /** `fetch in Node`; it heads a column of the table of faults. */
  readonly name: string
  /** What sends: Node's own HTTP, undici (Node's `fetch`), or a browser, which hides why a connection failed. */
  readonly engine: 'http' | 'undici' | 'browser'
  /** Whether it gets a body piece by piece: then it can stop at a limit, and see what came of a body that broke off. */
  readonly streams: boolean
  readonly run: (request: PlainRequest) => Running
  /** With its version, known once it runs; default: this very Node.js. The table of faults says what it was made with. */
  readonly platform?: () => string
  /** What becomes of a fault, by its name in the table, where the HTTP client or its engine leaves no choice. */
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
