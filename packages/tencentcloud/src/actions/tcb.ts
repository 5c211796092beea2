import type { Service } from './Service.js'

const taskId = { _tag: 'Member', path: ['Data', 'TaskId'] } as const

/**
 * CloudBase, `tcb` 2018-06-08.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (tcb/v20180608) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const tcb = {
  service: 'tcb',
  version: '2018-06-08',
  submits: {
    // The doc comments of the types name the query.
    CreateMySQL: { task: taskId, query: 'DescribeCreateMySQLResult' },
    DestroyMySQL: { task: taskId, query: 'DescribeMySQLTaskStatus' },
    PurgeHTTPServiceCache: {
      task: { _tag: 'Member', path: ['TaskId'] },
      query: 'DescribeHTTPServiceCachePurgeTask',
    },
  },
  queries: {
    // DescribeCreateMySQLResult.Status: "状态 notexist | init | doing | success | fail"
    DescribeCreateMySQLResult: {
      parameter: 'TaskId',
      parameterType: 'string',
      requires: ['EnvId'],
      output: ['Data', 'FailReason'],
      state: ['Data', 'Status'],
      succeeded: ['success'],
      failed: ['fail'],
      inProgress: ['init', 'doing'],
    },
    // HTTPServiceCachePurgeTask.Status: "状态 枚举值： PROCESSING： 处理中 SUCCESS： 成功 FAILED： 失败
    // TIMEOUT： 超时 CANCELED： 取消"
    DescribeHTTPServiceCachePurgeTask: {
      parameter: 'TaskId',
      parameterType: 'string',
      requires: ['EnvId', 'Domain'],
      list: { path: ['Tasks'], idMember: 'TaskId' },
      output: ['FailReason'],
      state: ['Status'],
      succeeded: ['SUCCESS'],
      failed: ['FAILED', 'TIMEOUT', 'CANCELED'],
      inProgress: ['PROCESSING'],
    },
    // MySQLTaskStatus.Status: "SUCCESS | FAILED | PENDING"
    DescribeMySQLTaskStatus: {
      parameter: 'TaskId',
      parameterType: 'string',
      requires: ['EnvId'],
      output: ['Data', 'StatusDesc'],
      state: ['Data', 'Status'],
      succeeded: ['SUCCESS'],
      failed: ['FAILED'],
      inProgress: ['PENDING'],
    },
  },
} as const satisfies Service
