import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const describeFlow = byMember('DescribeFlow', 'FlowId')

/**
 * TDSQL for MySQL, `dcdb` 2018-04-11.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (dcdb/v20180411) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const dcdb = {
  service: 'dcdb',
  version: '2018-04-11',
  submits: {
    // The query takes "异步请求接口返回的任务流程号".
    CancelDcnJob: describeFlow,
    CloneAccount: describeFlow,
    CloseDBExtranetAccess: describeFlow,
    CreateDedicatedClusterDCDBInstance: describeFlow,
    CreateHourDCDBInstance: describeFlow,
    CreateTmpDCDBInstance: describeFlow,
    DestroyDCDBInstance: describeFlow,
    DestroyHourDCDBInstance: describeFlow,
    ModifyAccountPrivileges: describeFlow,
    ModifyDBSyncMode: describeFlow,
    ModifyInstanceNetwork: describeFlow,
    ModifyInstanceVip: describeFlow,
    OpenDBExtranetAccess: describeFlow,
    SwitchDBInstanceHA: describeFlow,
    TerminateDedicatedDBInstance: describeFlow,
    UpgradeDedicatedDCDBInstance: describeFlow,
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
