import type { Service } from './Service.js'

const describeAndroidInstanceTasksStatus = {
  task: { _tag: 'Member', path: ['TaskId'] },
  query: 'DescribeAndroidInstanceTasksStatus',
} as const

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
    DescribeAndroidInstanceTasksStatus: {
      parameter: 'TaskIds',
      parameterType: 'stringArray',
      list: { path: ['TaskStatusSet'], idMember: 'TaskId' },
      output: ['TaskResult'],
      maxTasksPerQuery: 20,
      state: ['Status'],
      succeeded: ['SUCCESS'],
      failed: ['FAILED', 'CANCELED'],
      inProgress: ['PROCESSING', 'PENDING'],
    },
  },
} as const satisfies Service
