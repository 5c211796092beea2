import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const describeFlow = byMember('DescribeFlow', 'FlowId')

/**
 * TencentDB for MariaDB, `mariadb` 2017-03-12.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (mariadb/v20170312) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const mariadb = {
  service: 'mariadb',
  version: '2017-03-12',
  submits: {
    // The query takes "异步请求接口返回的任务流程号".
    CancelDcnJob: describeFlow,
    CloneAccount: describeFlow,
    CloseDBExtranetAccess: describeFlow,
    CreateDedicatedClusterDBInstance: describeFlow,
    CreateHourDBInstance: describeFlow,
    CreateTmpInstances: describeFlow,
    DestroyDBInstance: describeFlow,
    DestroyHourDBInstance: describeFlow,
    InitDBInstances: describeFlow,
    ModifyAccountPrivileges: describeFlow,
    ModifyDBSyncMode: describeFlow,
    ModifyInstanceNetwork: describeFlow,
    ModifyInstanceVip: describeFlow,
    OpenDBExtranetAccess: describeFlow,
    RestartDBInstances: describeFlow,
    SwitchDBInstanceHA: describeFlow,
    TerminateDedicatedDBInstance: describeFlow,
    UpgradeDedicatedDBInstance: describeFlow,
  },
  queries: {
    // DescribeFlowResponse.Status: "流程状态，0：成功，1：失败，2：运行中"
    DescribeFlow: query({
      parameter: 'FlowId',
      parameterType: 'number',
      state: ['Status'],
      succeeded: ['0'],
      failed: ['1'],
      inProgress: ['2'],
    }),
  },
} as const satisfies Service
