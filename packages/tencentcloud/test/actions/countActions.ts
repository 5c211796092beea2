/** How much of the SDK's actions is known. `node test/actions/count.ts` prints it. */
import type { KnownServices } from './knownServices.ts'
import { asynchronousWithoutId, handOutId, type ServiceOfSdk } from './sdkTypes.ts'

export interface Counts {
  /** Services and actions in the table. */
  readonly services: number
  readonly actions: number
  /** Actions that hand out an id as a member of the response, and the services that have such actions. */
  readonly handOutId: number
  readonly handOutIdServices: number
  readonly handOutIdKnown: number
  /** Actions of the table whose id is a member of an object in the response. */
  readonly nestedIdKnown: number
  /** Actions whose `RequestId` is the task, alone or with each resource. */
  readonly requestIdKnown: number
  readonly requestIdPerResourceKnown: number
  /** Asynchronous actions, by their doc comments, without an id, in services where the `RequestId` is an id. */
  readonly asynchronousWithoutId: number
  readonly asynchronousWithoutIdKnown: number
  readonly takeClientToken: number
}

export const countActions = (sdk: ReadonlyArray<ServiceOfSdk>, known: KnownServices): Counts => {
  const submitsOf = ({ service, version }: ServiceOfSdk) =>
    known.find(([, row]) => row.service === service && row.version === version)?.[1].submits ?? {}
  const rows = sdk.flatMap(of => Object.entries(submitsOf(of)).map(([action, row]) => ({ of, action, row })))
  const withId = sdk.flatMap(of => handOutId(of).map(action => ({ of, action })))
  const byRequestId = new Set(rows.flatMap(({ of, row }) => (row.task._tag === 'Member' ? [] : [of])))
  const asynchronous = sdk
    .filter(of => byRequestId.has(of))
    .flatMap(of => asynchronousWithoutId(of).map(action => ({ of, action })))
  const isKnown = ({ of, action }: { readonly of: ServiceOfSdk; readonly action: string }): boolean =>
    submitsOf(of)[action] !== undefined
  const count = (tag: string): number => rows.filter(({ row }) => row.task._tag === tag).length
  return {
    services: known.length,
    actions: rows.length,
    handOutId: withId.length,
    handOutIdServices: new Set(withId.map(({ of }) => of.service)).size,
    handOutIdKnown: withId.filter(isKnown).length,
    nestedIdKnown: rows.filter(({ row }) => row.task._tag === 'Member' && row.task.path.length > 1).length,
    requestIdKnown: count('RequestId'),
    requestIdPerResourceKnown: count('RequestIdPerResource'),
    asynchronousWithoutId: asynchronous.length,
    asynchronousWithoutIdKnown: asynchronous.filter(isKnown).length,
    takeClientToken: rows.filter(({ row }) => row.takesClientToken).length,
  }
}
