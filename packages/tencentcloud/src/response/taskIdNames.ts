/**
 * The members of a response of API 3.0 that hold task ids, for `recovered`.
 *
 * @internal
 */
import type { JsonValue } from '@task-outcome/core/json'
import { taskIdNames } from '@task-outcome/core/wire'
import type { TaskNaming } from '../actions/Service.js'
import { readEnvelope } from './envelope.js'

/** Every response has a `RequestId`, so it is a task only if the action says so. */
export const memberNames: ReadonlySet<string> = /* @__PURE__ */ new Set(
  [...taskIdNames, 'AsyncRequestId', 'FlowID', 'JobId'].filter(name => name !== 'RequestId'),
)

/**
 * Returns the names for a submission. If the `RequestId` is the task, that of a refused request is none, and that of a body that
 * can't be read is one, in case of doubt.
 */
export const namesFor = (naming: TaskNaming): ((root: JsonValue | undefined) => ReadonlySet<string>) => {
  if (naming._tag === 'Member') {
    const names = new Set([...memberNames, ...naming.path.slice(-1)])
    return () => names
  }
  const names = new Set([...memberNames, 'RequestId'])
  return root => (isRefused(root) ? memberNames : names)
}

const isRefused = (root: JsonValue | undefined): boolean =>
  root !== undefined && readEnvelope(root, [])?.refused !== undefined
