import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const describeFlow = byMember('DescribeFlow', 'FlowId')

/**
 * TDSQL-C, `cynosdb` 2019-01-07.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (cynosdb/v20190107) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const cynosdb = {
  service: 'cynosdb',
  version: '2019-01-07',
  submits: {
    // The query takes "任务流ID"; IsolateCluster names it.
    ActivateInstance: describeFlow,
    ActivateLibraDBCluster: describeFlow,
    ActivateLibraDBInstance: describeFlow,
    AddClusterSlaveZone: describeFlow,
    CloseClusterPasswordComplexity: describeFlow,
    CloseProxy: describeFlow,
    CloseProxyEndPoint: describeFlow,
    CloseSSL: describeFlow,
    CloseWan: describeFlow,
    CopyClusterPasswordComplexity: describeFlow,
    CreateBackup: describeFlow,
    CreateProxy: describeFlow,
    CreateProxyEndPoint: describeFlow,
    DeleteLibraDBCluster: describeFlow,
    IsolateCluster: describeFlow,
    IsolateInstance: describeFlow,
    IsolateLibraDBCluster: describeFlow,
    IsolateLibraDBInstance: describeFlow,
    ModifyClusterPasswordComplexity: describeFlow,
    ModifyClusterSlaveZone: describeFlow,
    ModifyInstanceParam: describeFlow,
    ModifyLibraDBClusterDataSource: describeFlow,
    ModifyLibraDBClusterReplicationObject: describeFlow,
    ModifyProxyRwSplit: describeFlow,
    ModifyVipVport: describeFlow,
    OfflineCluster: describeFlow,
    OfflineInstance: describeFlow,
    OfflineLibraDBCluster: describeFlow,
    OfflineLibraDBInstance: describeFlow,
    OpenClusterPasswordComplexity: describeFlow,
    OpenClusterReadOnlyInstanceGroupAccess: describeFlow,
    OpenReadOnlyInstanceExclusiveAccess: describeFlow,
    OpenSSL: describeFlow,
    OpenWan: describeFlow,
    PauseServerless: describeFlow,
    ReloadBalanceProxyNode: describeFlow,
    RemoveClusterSlaveZone: describeFlow,
    RestartInstance: describeFlow,
    RestartLibraDBInstance: describeFlow,
    ResumeServerless: describeFlow,
    RollBackCluster: describeFlow,
    SwitchClusterVpc: describeFlow,
    SwitchClusterZone: describeFlow,
    SwitchProxyVpc: describeFlow,
    UpgradeClusterVersion: describeFlow,
    UpgradeProxy: describeFlow,
    UpgradeProxyVersion: describeFlow,
  },
  queries: {
    // DescribeFlowResponse.Status: "任务流状态。0-成功，1-失败，2-处理中"
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
