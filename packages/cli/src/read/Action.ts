/**
 * The action that a response is of, by its name on the command line.
 *
 * @internal
 */
import type { QueryAction, Service, SubmitAction, V2QueryAction } from '@task-outcome/tencentcloud'
import { usageError } from '../exitCodes.js'
import { visible } from '../output/visible.js'

export type Action =
  | { readonly _tag: 'Submit'; readonly service: Service; readonly action: SubmitAction }
  | { readonly _tag: 'Query'; readonly service: Service; readonly action: QueryAction }
  | { readonly _tag: 'QueryV2'; readonly action: V2QueryAction }

/** The services by their names on the command line, without loading them before they are needed. */
export const loadServices = async (): Promise<ReadonlyMap<string, Service>> => {
  const { v2Queries: _, ...services } = await import('@task-outcome/tencentcloud/services')
  return new Map(Object.entries(services))
}

/** The modules of API 2.0 and the actions that tell the state of their tasks. */
export const loadV2Modules = async (): Promise<
  ReadonlyMap<string, Readonly<Record<string, V2QueryAction>>>
> => {
  const { v2Queries } = await import('@task-outcome/tencentcloud/services')
  return new Map(Object.entries(v2Queries))
}

/** Finds an action such as `clb:DeleteLoadBalancer`. */
export const findAction = async (name: string): Promise<Action> => {
  const [, serviceName = '', actionName = ''] = /^([^:]+):([^:]+)$/.exec(name) ?? []
  if (actionName === '')
    throw usageError(
      `"${visible(name)}" names no action: type SERVICE:ACTION, such as clb:DeleteLoadBalancer`,
    )
  const service = (await loadServices()).get(serviceName)
  const submit = ownMember(service?.submits, actionName)
  if (service !== undefined && submit !== undefined) return { _tag: 'Submit', service, action: submit }
  const query = ownMember(service?.queries, actionName)
  if (service !== undefined && query !== undefined) return { _tag: 'Query', service, action: query }
  const module = (await loadV2Modules()).get(serviceName)
  const v2 = ownMember(module, actionName)
  if (v2 !== undefined) return { _tag: 'QueryV2', action: v2 }
  throw usageError(
    service === undefined && module === undefined
      ? `there is no service "${visible(serviceName)}": "task-outcome actions" lists those that are known`
      : `"${visible(serviceName)}" has no action "${visible(actionName)}" that is known: "task-outcome actions ${visible(serviceName)}" lists them`,
  )
}

const ownMember = <A>(record: Readonly<Record<string, A>> | undefined, name: string): A | undefined =>
  record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined
