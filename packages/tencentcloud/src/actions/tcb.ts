import { byMember, queryWith } from './rows.js'
import type { Service } from './Service.js'

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
    CreateMySQL: byMember('DescribeCreateMySQLResult', 'Data', 'TaskId'),
    DestroyMySQL: byMember('DescribeMySQLTaskStatus', 'Data', 'TaskId'),
    PurgeHTTPServiceCache: byMember('DescribeHTTPServiceCachePurgeTask', 'TaskId'),
  },
  queries: {
    // DescribeCreateMySQLResult.Status: "状态 notexist | init | doing | success | fail"
    DescribeCreateMySQLResult: queryWith(['EnvId'], {
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Data', 'Status'],
      succeeded: ['success'],
      failed: ['fail'],
      inProgress: ['init', 'doing'],
      output: ['Data', 'FailReason'],
    }),
    // HTTPServiceCachePurgeTask.Status: "状态 枚举值： PROCESSING： 处理中 SUCCESS： 成功 FAILED： 失败
    // TIMEOUT： 超时 CANCELED： 取消"
    DescribeHTTPServiceCachePurgeTask: queryWith(['EnvId', 'Domain'], {
      parameter: 'TaskId',
      parameterType: 'string',
      list: { path: ['Tasks'], idMember: 'TaskId' },
      state: ['Status'],
      succeeded: ['SUCCESS'],
      failed: ['FAILED', 'TIMEOUT', 'CANCELED'],
      inProgress: ['PROCESSING'],
      output: ['FailReason'],
    }),
    // MySQLTaskStatus.Status: "SUCCESS | FAILED | PENDING"
    DescribeMySQLTaskStatus: queryWith(['EnvId'], {
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Data', 'Status'],
      succeeded: ['SUCCESS'],
      failed: ['FAILED'],
      inProgress: ['PENDING'],
      output: ['Data', 'StatusDesc'],
    }),
  },
} as const satisfies Service
