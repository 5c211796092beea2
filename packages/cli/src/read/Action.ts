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

/**
 * Finds an action of API 3.0, such as `clb:DeleteLoadBalancer`, or one of API 2.0 that tells the state of a task, such as
 * `v2/lb:DescribeLoadBalancersTaskResult`: some services have an action of the same name in both.
 */
export const findAction = async (name: string): Promise<Action> => {
  const [, prefix, service = '', action = ''] = /^(v2\/)?([^:/]+):([^:]+)$/.exec(name) ?? []
  if (action === '')
    throw usageError(
      `"${visible(name)}" names no action: type SERVICE:ACTION, such as clb:DeleteLoadBalancer, or, for API 2.0, v2/MODULE:ACTION`,
    )
  return prefix === undefined ? findV3(service, action) : findV2(service, action)
}

const findV3 = async (name: string, actionName: string): Promise<Action> => {
  const service = (await loadServices()).get(name)
  const submit = ownMember(service?.submits, actionName)
  if (service !== undefined && submit !== undefined) return { _tag: 'Submit', service, action: submit }
  const query = ownMember(service?.queries, actionName)
  if (service !== undefined && query !== undefined) return { _tag: 'Query', service, action: query }
  if (ownMember((await loadV2Modules()).get(name), actionName) !== undefined)
    throw usageError(`"${visible(name)}:${visible(actionName)}" is of API 2.0: type v2/${name}:${actionName}`)
  throw unknownAction(name, actionName, service !== undefined, '')
}

const findV2 = async (name: string, actionName: string): Promise<Action> => {
  const module = (await loadV2Modules()).get(name)
  const action = ownMember(module, actionName)
  if (action !== undefined) return { _tag: 'QueryV2', action }
  throw unknownAction(name, actionName, module !== undefined, 'v2/')
}

const unknownAction = (name: string, action: string, isService: boolean, prefix: string) =>
  usageError(
    isService
      ? `"${prefix}${visible(name)}" has no action "${visible(action)}" that is known: "task-outcome actions ${visible(name)}" lists them`
      : `there is no service "${prefix}${visible(name)}": "task-outcome actions" lists those that are known`,
  )

const ownMember = <A>(record: Readonly<Record<string, A>> | undefined, name: string): A | undefined =>
  record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined
