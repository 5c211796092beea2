import { WaiterState, checkExceptions, createWaiter, waiterServiceDefaults } from '@smithy/util-waiter'
import type { TaskId } from '@task-outcome/core'
import type { SimulatedApi } from '../SimulatedApi.js'
import { showSeconds } from '../show.js'
import { countSettled } from './countSettled.js'
import type { Waiter } from './Waiter.js'

/** As the functions `waitUntil…` of AWS' clients do, which are generated. */
const waitUntilTaskSucceeded = (api: SimulatedApi, taskId: TaskId, maxWaitTime: number) =>
  createWaiter(
    { ...waiterServiceDefaults, client: api, maxWaitTime },
    { taskId },
    async (client: SimulatedApi, input: { readonly taskId: TaskId }) => {
      const final = await client.ask(input.taskId)
      return { state: final === 'Succeeded' ? WaiterState.SUCCESS : WaiterState.RETRY, final }
    },
  ).then(checkExceptions)

export const smithy: Waiter = {
  name: '@smithy/util-waiter',
  setUp:
    'the waiter of the AWS SDK: one `createWaiter` for each task, all started together, with its defaults, `minDelay: 2` and ' +
    '`maxDelay: 120`, and `maxWaitTime: 3600`, all in seconds; a task in progress and a rejected query are `RETRY`.',

  wait: async (api, tasks, noticed) => {
    await Promise.all(
      tasks.map(async task => {
        await waitUntilTaskSucceeded(api, task.taskId, 3600)
        noticed(task)
      }),
    )
  },

  waitAtMost: async (limitMs, api, tasks) => {
    let firstMs = Infinity
    const waits = tasks.map(({ taskId }) =>
      waitUntilTaskSucceeded(api, taskId, limitMs / 1000).catch((error: unknown) => {
        firstMs = Math.min(firstMs, Date.now())
        throw error
      }),
    )
    const { ended, open, errors } = await countSettled(waits)
    return {
      ended,
      open,
      form:
        `a promise for each task; the promises of pending tasks reject: ${errors}, ` +
        `the first at ${showSeconds(firstMs)}, because the waiter stops when its next delay would exceed the limit`,
    }
  },
}
