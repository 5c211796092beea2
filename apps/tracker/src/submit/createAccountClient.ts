/**
 * Submits to an account of Tencent Cloud, and queries its tasks.
 */
import { fetchTransport } from '@task-outcome/fetch'
import {
  type Service,
  type V3Client,
  type V3Parameters,
  type V3Service,
  createTencentCloud,
  showRequestIssue,
  signV3Request,
} from '@task-outcome/tencentcloud'
import * as services from '@task-outcome/tencentcloud/services'
import type { QueriesOfActions, SubmissionToTrack } from '@task-outcome/tracker'
import * as E from 'fp-ts/lib/Either.js'
import type { Account } from '../configuration/Account.js'

export interface AccountClient {
  /** Checks a submission without sending anything. An issue says where it is. */
  readonly prepare: (request: RequestedSubmission) => E.Either<string, PreparedSubmission>
  /** A query for each action. */
  readonly queries: QueriesOfActions
}

interface RequestedSubmission {
  /** The service and the action, such as `clb.DeleteLoadBalancer`. */
  readonly action: string
  readonly resourceIds: ReadonlyArray<string> | undefined
  readonly parameters: Readonly<Record<string, unknown>>
}

type PreparedSubmission = Pick<SubmissionToTrack, 'submit'> & {
  readonly resourceIds: ReadonlyArray<string>
}

/** How long a request may take. The tracker must wait longer before it takes a submission for one in doubt. */
const timeoutMs = 60_000

export const responseWithinMs = 2 * timeoutMs

export const createAccountClient = (
  account: Account,
  onQuery: (result: 'ok' | 'failed') => void,
): AccountClient => {
  const { credentials, region, endpoint } = account
  const transport = fetchTransport(undefined, { timeoutMs })
  const cloud = createTencentCloud({
    transport,
    credentials,
    ...(region === undefined ? {} : { region }),
  })
  const known = new Map<string, { readonly service: V3Service; readonly client: V3Client<Service> }>()
  for (const name of account.services) {
    const described: Service = services[name]
    const service: V3Service = endpoint === undefined ? described : { ...described, endpoint }
    known.set(name, { service, client: cloud.v3(service) })
  }

  const prepare = ({
    action: fullName,
    resourceIds,
    parameters,
  }: RequestedSubmission): E.Either<string, PreparedSubmission> => {
    const [, serviceName = '', action = ''] = /^([^.]+)\.(.+)$/.exec(fullName) ?? []
    const found = known.get(serviceName)
    if (found === undefined)
      return E.left(
        `/action: expected one of the services ${[...known.keys()].join(', ')}, such as clb.DeleteLoadBalancer`,
      )
    const { service, client } = found
    const submitted = Object.hasOwn(service.submits, action) ? service.submits[action] : undefined
    if (submitted === undefined)
      return E.left(`/action: the service ${serviceName} has no such action whose tasks can be followed`)
    const missing = service.queries[submitted.query]?.requires ?? []
    if (missing.length > 0)
      return E.left(
        `/action: its tasks can't be followed here, because their query requires ${missing.join(', ')}`,
      )
    const written = signV3Request({
      endpoint: service.endpoint ?? `https://${service.service}.tencentcloudapi.com/`,
      service: service.service,
      version: service.version,
      action,
      parameters: parameters as V3Parameters,
      credentials,
      timestamp: 0,
    })
    if (E.isLeft(written)) return E.left(showRequestIssue(written.left))
    if (submitted.task._tag !== 'RequestIdPerResource')
      return E.right({
        resourceIds: resourceIds ?? [],
        submit: client.submit(action, parameters as V3Parameters),
      })
    const { parameter } = submitted.task
    const given: unknown = Object.hasOwn(parameters, parameter) ? parameters[parameter] : undefined
    const ids: unknown = typeof given === 'string' ? [given] : given
    if (!Array.isArray(ids) || ids.length === 0 || !ids.every(id => typeof id === 'string' && id !== ''))
      return E.left(`/parameters/${parameter}: expected the ids of resources`)
    const named = ids as ReadonlyArray<string>
    if (new Set(named).size < named.length)
      return E.left(`/parameters/${parameter}: expected each resource once`)
    if (resourceIds !== undefined && JSON.stringify(resourceIds) !== JSON.stringify(named))
      return E.left(`/resourceIds: expected the same as /parameters/${parameter}; you can leave it out`)
    return E.right({ resourceIds: named, submit: client.submitBatch(action, parameters as V3Parameters) })
  }

  const queries = Object.fromEntries(
    [...known].flatMap(([name, { service, client }]) =>
      Object.keys(service.submits).map(action => {
        const follow = client.follow(action)
        const counted: typeof follow = {
          ...follow,
          query: (tasks, signal) => async () => {
            const result = await follow.query(tasks, signal)()
            onQuery(E.isRight(result) ? 'ok' : 'failed')
            return result
          },
        }
        return [`${name}.${action}`, counted] as const
      }),
    ),
  )
  return { prepare, queries }
}
