import { type RunningOperation, createHttpPoller } from '@azure/core-lro'
import type { TaskId } from '@task-outcome/core'
import type { SimulatedApi } from '../SimulatedApi.js'
import { sleep } from '../simulatedTime.js'
import { countSettled } from './countSettled.js'
import type { Waiter } from './Waiter.js'

/** The responses of a service whose operations have a status that can be queried. */
const operation = (api: SimulatedApi, taskId: TaskId): RunningOperation<{ readonly status: string }> => {
  const url = `https://api.example/tasks/${taskId}`
  return {
    sendInitialRequest: async () => ({
      flatResponse: {},
      rawResponse: {
        statusCode: 202,
        headers: { 'operation-location': url },
        request: { method: 'POST', url: 'https://api.example/tasks' },
      },
    }),
    sendPollRequest: async path => {
      const body = { status: (await api.ask(taskId)) === 'Succeeded' ? 'Succeeded' : 'Running' }
      return {
        flatResponse: body,
        rawResponse: { statusCode: 200, headers: {}, body, request: { method: 'GET', url: path } },
      }
    },
  }
}

export const azure: Waiter = {
  name: '@azure/core-lro',
  setUp:
    'the poller of the Azure SDK: one `createHttpPoller` for each task, all started together, with its defaults: ' +
    '`intervalInMs` is 2000; a task in progress and a rejected query are the status `Running`.',

  wait: async (api, tasks, noticed) => {
    await Promise.all(
      tasks.map(async task => {
        await createHttpPoller(operation(api, task.taskId)).pollUntilDone()
        noticed(task)
      }),
    )
  },

  waitAtMost: async (limitMs, api, tasks) => {
    const waits = tasks.map(({ taskId }) => {
      const controller = new AbortController()
      const poller = createHttpPoller(operation(api, taskId))
      return { controller, result: poller.pollUntilDone({ abortSignal: controller.signal }) }
    })
    const settled = countSettled(waits.map(({ result }) => result))
    await sleep(limitMs)
    for (const { controller } of waits) controller.abort()
    const { ended, open, errors } = await settled
    return {
      ended,
      open,
      form: `a promise for each task; the promises of pending tasks reject: ${errors}. If the caller kept the poller, it can be stored (\`serialize\`) and restored (\`restoreFrom\`)`,
    }
  },
}
