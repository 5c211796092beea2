/**
 * The query for the state of tasks, by the name of an action on the command line.
 *
 * @internal
 */
import type { TencentCloud } from '@task-outcome/tencentcloud'
import type { QueriedStatus, QueryTaskStatus, QueryTaskStatuses } from '@task-outcome/wait'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { usageError } from '../exitCodes.js'
import type { Action } from '../read/Action.js'

/** An action that starts tasks stands for the one that tells their state. `name` is that of the action alone. */
export const queryOf = (
  cloud: TencentCloud,
  action: Action,
  name: string,
  endpoint: string | undefined,
): QueryTaskStatus | QueryTaskStatuses => {
  if (action._tag === 'QueryV2') {
    if (endpoint === undefined)
      throw usageError(
        'API 2.0: name the endpoint, such as --endpoint https://lb.api.qcloud.com/v2/index.php',
      )
    const follow = cloud.v2(endpoint, { queries: { [name]: action.action } }).follow(name)
    return (taskId, signal) => follow(taskId, signal)
  }
  const client = cloud.v3(endpoint === undefined ? action.service : { ...action.service, endpoint })
  const queryName = action._tag === 'Submit' ? action.action.query : name
  const { list, maxTasksPerQuery = 1 } = action.service.queries[queryName] ?? {}
  if (list === undefined) return (taskId, signal) => client.status(queryName, taskId, { signal })
  return {
    maxTasksPerQuery,
    taskPerResource: list.requestIdMember !== undefined,
    query: (tasks, signal) =>
      pipe(
        client.statuses(queryName, tasks, { signal }),
        TE.map(states =>
          states.flatMap((status, index): ReadonlyArray<QueriedStatus> => {
            const task = tasks[index]
            return status === undefined || task === undefined
              ? []
              : [{ taskId: task.taskId, resourceId: task.resourceId, status }]
          }),
        ),
      ),
  }
}
