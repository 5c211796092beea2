import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const describeFlow = byMember('DescribeFlow', 'FlowId')

/**
 * TDSQL Boundless, `tdmysql` 2021-11-22.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (tdmysql/v20211122) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const tdmysql = {
  service: 'tdmysql',
  version: '2021-11-22',
  submits: {
    // The service has one query for this id; its doc comments are about any task.
    BreakStandbyDBInstanceRelation: describeFlow,
    CreateCloneInstance: describeFlow,
    CreateDBInstances: describeFlow,
    CreateStandbyDBInstance: describeFlow,
    CreateUsers: describeFlow,
    DeleteUsers: describeFlow,
    ExpandInstance: describeFlow,
    ModifyDBInstanceVPort: describeFlow,
    ModifyInstanceSSLStatus: describeFlow,
    ResetUsersPassword: describeFlow,
    RestartDBInstances: describeFlow,
    UpgradeInstance: describeFlow,
  },
  queries: {
    // DescribeFlowResponse.Status: "running表示进行中；success表示成功；paused表示暂停；failed表示失败"
    DescribeFlow: query({
      parameter: 'FlowId',
      parameterType: 'number',
      state: ['Status'],
      succeeded: ['success'],
      failed: ['failed'],
      inProgress: ['running', 'paused'],
    }),
  },
} as const satisfies Service
