import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const describeAsyncRequestInfoByFlowId = byMember('DescribeAsyncRequestInfo', 'FlowId')
const describeAsyncRequestInfoByAsyncRequestId = byMember('DescribeAsyncRequestInfo', 'AsyncRequestId')

/**
 * TencentDB for MongoDB, `mongodb` 2019-07-25.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (mongodb/v20190725) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const mongodb20190725 = {
  service: 'mongodb',
  version: '2019-07-25',
  submits: {
    // Not in the types: the query that terraform-provider-tencentcloud f6970a9 sends with this id.
    CreateAccountUser: describeAsyncRequestInfoByFlowId,
    DeleteAccountUser: describeAsyncRequestInfoByFlowId,
    DisableSRVConnectionUrl: describeAsyncRequestInfoByFlowId,
    EnableSRVConnectionUrl: describeAsyncRequestInfoByFlowId,
    EnableTransparentDataEncryption: describeAsyncRequestInfoByFlowId,
    InstanceEnableSSL: describeAsyncRequestInfoByFlowId,
    ModifySRVConnectionUrl: describeAsyncRequestInfoByFlowId,
    SetAccountUserPrivilege: describeAsyncRequestInfoByFlowId,
    UpgradeDbInstanceVersion: describeAsyncRequestInfoByFlowId,
    // The doc comments of the types name the query.
    CreateBackupDBInstance: describeAsyncRequestInfoByAsyncRequestId,
    IsolateDBInstance: describeAsyncRequestInfoByAsyncRequestId,
    OfflineIsolatedDBInstance: describeAsyncRequestInfoByAsyncRequestId,
    ResetDBInstancePassword: describeAsyncRequestInfoByAsyncRequestId,
  },
  queries: {
    // DescribeAsyncRequestInfoResponse.Status: "状态。返回参数有：initial-初始化、running-运行中、paused-任
    // 务执行失败，已暂停、undoed-任务执行失败，已回滚、failed-任务执行失败, 已终止、success-成功"
    DescribeAsyncRequestInfo: query({
      parameter: 'AsyncRequestId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['success'],
      failed: ['failed', 'undoed', 'paused'],
      inProgress: ['initial', 'running'],
    }),
  },
} as const satisfies Service
