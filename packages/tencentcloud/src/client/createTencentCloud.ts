/**
 * The client of both APIs.
 *
 * @since 0.1.0
 */
import type { Transport } from '@task-outcome/core'
import type { CredentialsSource } from '../request/Credentials.js'
import { type Clock, systemClock } from './Clock.js'
import { type RandomBytes, systemRandom } from './random.js'
import type { ResendPolicy } from './ResendPolicy.js'
import { createSender } from './Sender.js'
import type { OnOutcome } from './onOutcome.js'
import { type V2Client, type V2Options, createV2Client } from './V2Client.js'
import { type V3Client, type V3Service, createV3Client } from './V3Client.js'

/**
 * Options of `createTencentCloud`.
 *
 * @category model
 * @since 0.1.0
 */
export interface TencentCloudOptions {
  /** Such as `fetchTransport()` of `@task-outcome/fetch`, or `axiosTransport(axios.create())` of `@task-outcome/axios`. */
  readonly transport: Transport
  /** Credentials, or a function that returns the current ones for each request. They are part of no error and no result. */
  readonly credentials: CredentialsSource
  /**
   * How long to wait for a promise of credentials, in milliseconds. After that time the result is `NotSent` with the reason
   * `TimedOut`. `Infinity`: until the signal is aborted. Default: 10,000.
   */
  readonly credentialsTimeoutMs?: number
  /** Such as `ap-guangzhou`. Default: none is sent. */
  readonly region?: string
  /** The language of the messages of API 3.0, such as `en-US`. Default: that of the API. */
  readonly language?: string
  /** Sends submissions again, where that can't start a second task. Default: never. */
  readonly resend?: ResendPolicy
  /** Called with the result of each submission and query: for logs and metrics. */
  readonly onOutcome?: OnOutcome
  /** Default: the clock of the platform. */
  readonly clock?: Clock
  /** The source of nonces and client tokens. It must not be predictable. Default: `crypto.getRandomValues`. */
  readonly random?: RandomBytes
}

/**
 * A client of API 3.0 and API 2.0.
 *
 * @category model
 * @since 0.1.0
 */
export interface TencentCloud {
  /**
   * API 2.0 at an endpoint, such as `https://lb.api.qcloud.com/v2/index.php`, or that of a private cloud. To query the states of
   * tasks, say whose actions: `{ queries: v2Queries.lb }`.
   */
  readonly v2: <Action extends string = never>(
    endpoint: string,
    options?: V2Options<Action>,
  ) => V2Client<Action>
  /** A service of API 3.0, such as `clb` of `@task-outcome/tencentcloud/services`, or a description of your own. */
  readonly v3: <const S extends V3Service>(service: S) => V3Client<S>
}

/**
 * Creates a client of both APIs from a transport and credentials.
 *
 * @example
 * import type { Transport } from '@task-outcome/core'
 * import { type Service, createTencentCloud } from '@task-outcome/tencentcloud'
 * import { taskEither as TE } from 'fp-ts'
 *
 * const canned: Transport = () => TE.right({ status: 200, body: '{"Response":{"RequestId":"r-1"}}' })
 *
 * const clb = {
 *   service: 'clb',
 *   version: '2018-03-17',
 *   submits: { DeleteLoadBalancer: { task: { _tag: 'RequestId' }, query: 'DescribeTaskStatus' } },
 *   queries: {
 *     DescribeTaskStatus: {
 *       parameter: 'TaskId',
 *       parameterType: 'string',
 *       state: ['Status'],
 *       succeeded: ['0'],
 *       failed: ['1'],
 *       inProgress: ['2'],
 *     },
 *   },
 * } as const satisfies Service
 *
 * const cloud = createTencentCloud({
 *   transport: canned,
 *   credentials: { secretId: 'AKIDEXAMPLE', secretKey: 'EXAMPLE' },
 *   region: 'ap-guangzhou',
 * })
 * cloud.v3(clb).submit('DeleteLoadBalancer', { LoadBalancerIds: ['lb-1'] })() // a promise of right: taskId 'r-1'
 *
 * @category constructors
 * @since 0.1.0
 */
export const createTencentCloud = ({
  transport,
  credentials,
  credentialsTimeoutMs = 10_000,
  region,
  language,
  resend,
  onOutcome,
  clock = systemClock,
  random = systemRandom,
}: TencentCloudOptions): TencentCloud => {
  const sender = createSender({ transport, credentials, credentialsTimeoutMs, clock, resend, onOutcome })
  return {
    v2: (endpoint, options) => createV2Client(endpoint, options, { region }, random, sender),
    v3: service => createV3Client(service, { region, language }, random, sender),
  }
}
