import { byMember, query, withToken } from './rows.js'
import type { Service } from './Service.js'

const describeDBCustomTaskStatus = byMember('DescribeDBCustomTaskStatus', 'TaskId')

/**
 * DB Custom, `dbdc` 2020-10-29.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (dbdc/v20201029) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const dbdc = {
  service: 'dbdc',
  version: '2020-10-29',
  submits: {
    // The query takes "DB Custom 任务ID".
    AddNodesToDBCustomCluster: describeDBCustomTaskStatus,
    CreateDBCustomCluster: describeDBCustomTaskStatus,
    CreateDBCustomNodes: withToken(byMember('DescribeDBCustomTaskStatus', 'TaskId')),
    DeleteDBCustomDisasterRecoverGroups: describeDBCustomTaskStatus,
    DeleteDBCustomNodesDisasterRecoverGroup: describeDBCustomTaskStatus,
    DestroyDBCustomCluster: describeDBCustomTaskStatus,
    DestroyDBCustomNode: describeDBCustomTaskStatus,
    ModifyDBCustomClusterNodeConfig: describeDBCustomTaskStatus,
    ModifyDBCustomDisasterRecoverGroupAttribute: describeDBCustomTaskStatus,
    ModifyDBCustomNodeAttributes: describeDBCustomTaskStatus,
    ModifyDBCustomNodesDisasterRecoverGroup: describeDBCustomTaskStatus,
    RemoveNodesFromDBCustomCluster: describeDBCustomTaskStatus,
  },
  queries: {
    // DescribeDBCustomTaskStatusResponse.Status: "任务 ID 枚举值： Running： 运行中 Succeeded： 成功 Failed
    // ： 失败"
    DescribeDBCustomTaskStatus: query({
      parameter: 'TaskId',
      parameterType: 'number',
      state: ['Status'],
      succeeded: ['Succeeded'],
      failed: ['Failed'],
      inProgress: ['Running'],
    }),
  },
} as const satisfies Service
