import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const describeAndroidInstanceTasksStatus = byMember('DescribeAndroidInstanceTasksStatus', 'TaskId')

/**
 * Cloud gaming, `gs` 2019-11-18.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (gs/v20191118) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const gs = {
  service: 'gs',
  version: '2019-11-18',
  submits: {
    // "实例任务 ID"; the query is for "安卓实例任务".
    BackUpAndroidInstanceToStorage: describeAndroidInstanceTasksStatus,
    CopyAndroidInstance: describeAndroidInstanceTasksStatus,
    RestoreAndroidInstance: describeAndroidInstanceTasksStatus,
    RestoreAndroidInstanceFromStorage: describeAndroidInstanceTasksStatus,
  },
  queries: {
    // AndroidInstanceTaskStatus.Status: "任务状态：SUCCESS，FAILED，PROCESSING，PENDING,CANCELED"
    DescribeAndroidInstanceTasksStatus: query({
      parameter: 'TaskIds',
      parameterType: 'stringArray',
      list: { path: ['TaskStatusSet'], idMember: 'TaskId' },
      state: ['Status'],
      succeeded: ['SUCCESS'],
      failed: ['FAILED', 'CANCELED'],
      inProgress: ['PROCESSING', 'PENDING'],
      output: ['TaskResult'],
      maxTasksPerQuery: 20,
    }),
  },
} as const satisfies Service
