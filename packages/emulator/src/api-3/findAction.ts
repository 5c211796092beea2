/**
 * @internal
 */
import { isIP } from 'node:net'
import type { Call } from './createAuthentication.js'
import type { EmulatedQuery, EmulatedService, EmulatedSubmission } from './EmulatedService.js'
import { type Refusal, refusal } from './responseBodies.js'

/** An action with its service. */
export type FoundAction =
  | {
      readonly _tag: 'Submit'
      readonly service: EmulatedService
      readonly name: string
      readonly submission: EmulatedSubmission
    }
  | {
      readonly _tag: 'Query'
      readonly service: EmulatedService
      readonly name: string
      readonly query: EmulatedQuery
    }

/**
 * Finds the action of a call. A client can derive the service that it signs from its endpoint: for `127.0.0.1:8080`,
 * `tencentcloud-sdk-nodejs` signs `127`. Then every service counts.
 */
export const findAction = (
  services: ReadonlyArray<EmulatedService>,
  call: Call,
  host: string,
): FoundAction | Refusal => {
  const named = services.filter(({ service }) => service === call.service)
  const candidates = named.length === 0 && isLabelOfAddress(call.service, host) ? services : named
  if (candidates.length === 0) return refusal('NoSuchProduct', `The product ${call.service} does not exist`)
  const versions = candidates.filter(({ version }) => version === call.version)
  if (versions.length === 0) return refusal('NoSuchVersion', `The version ${call.version} does not exist`)
  return (
    versions.map(service => actionOf(service, call.action)).find(found => found !== undefined) ??
    refusal('InvalidAction', `The action ${call.action} does not exist`)
  )
}

const actionOf = (service: EmulatedService, name: string): FoundAction | undefined => {
  const submission = own(service.submits, name)
  if (submission !== undefined) return { _tag: 'Submit', service, name, submission }
  const query = own(service.queries, name)
  return query === undefined ? undefined : { _tag: 'Query', service, name, query }
}

const isLabelOfAddress = (label: string, host: string): boolean => {
  const hostname = host.replace(/:[0-9]+$/, '')
  return label === host.split('.')[0] && (isIP(hostname) !== 0 || hostname === 'localhost')
}

const own = <A>(record: Readonly<Record<string, A>>, name: string): A | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined
