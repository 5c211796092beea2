/**
 * Calls API 3.0, signed, over axios and over fetch, and follows the tasks to their ends.
 */
import { axiosTransport } from '@task-outcome/axios'
import { showTaskError } from '@task-outcome/core'
import { startEmulator } from '@task-outcome/emulator'
import { fetchTransport } from '@task-outcome/fetch'
import { createTencentCloud } from '@task-outcome/tencentcloud'
import { clb, cvm } from '@task-outcome/tencentcloud/services'
import { finishedTasks, waitForBatch, waitForTask } from '@task-outcome/wait'
import axios from 'axios'
import type { Checks } from './checks.js'
import { showTable } from './showTable.js'

const credentials = { secretId: 'AKIDEXAMPLE', secretKey: 'any text' }
const transports = { axios: axiosTransport(axios.create()), fetch: fetchTransport(fetch) }

export const calling = async (checks: Checks): Promise<void> => {
  const emulator = await startEmulator({
    credentials: [credentials],
    taskDurationMs: 300,
    failures: { 'ins-3': { code: 5100, message: 'the instance has no image' } },
  })
  const rows: string[][] = []
  for (const [name, transport] of Object.entries(transports)) {
    const cloud = createTencentCloud({ transport, credentials, region: 'ap-guangzhou' })
    const balancers = cloud.v3({ ...clb, endpoint: emulator.url })
    const instances = cloud.v3({ ...cvm, endpoint: emulator.url })

    const deleted = await balancers.submit('DeleteLoadBalancer', { LoadBalancerIds: ['lb-1'] })()
    if (deleted._tag === 'Left') {
      checks.equal(`${name}: DeleteLoadBalancer`, showTaskError(deleted.left), 'an accepted task')
    } else {
      const task = await waitForTask(deleted.right, balancers.follow('DeleteLoadBalancer'))()
      const end = task._tag === 'FinishedTask' ? task.status._tag : task.reason._tag
      checks.equal(`${name}: the end of the deletion`, end, 'Succeeded')
      rows.push([name, 'DeleteLoadBalancer', 'lb-1', deleted.right.taskId, end])
    }

    const InstanceIds = ['ins-1', 'ins-2', 'ins-3']
    const started = await instances.submitBatch('StartInstances', { InstanceIds })()
    if (started._tag === 'Left') {
      checks.equal(`${name}: StartInstances`, showTaskError(started.left), 'an outcome')
    } else {
      const result = await waitForBatch(started.right, instances.follow('StartInstances'))()
      const ends = finishedTasks(result).map(({ taskId, resourceIds, status }) => {
        const reason = status._tag === 'Failed' ? `: ${JSON.stringify(status.output)}` : ''
        return [name, 'StartInstances', resourceIds.join(), taskId, `${status._tag}${reason}`]
      })
      checks.equal(`${name}: the ends of the starts`, ends.length, InstanceIds.length)
      rows.push(...ends)
    }
  }
  await emulator.close()
  console.log('Calls of API 3.0, followed to their ends\n')
  console.log(showTable(['client', 'action', 'resource', 'task id', 'end'], rows))
}
