import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const describeAsyncRequestInfo = byMember('DescribeAsyncRequestInfo', 'AsyncRequestId')

/**
 * TencentDB for MySQL, `cdb` 2017-03-20.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (cdb/v20170320) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const cdb = {
  service: 'cdb',
  version: '2017-03-20',
  submits: {
    // The doc comments of the types name the query.
    AdjustCdbProxy: describeAsyncRequestInfo,
    AdjustCdbProxyAddress: describeAsyncRequestInfo,
    CloseSSL: describeAsyncRequestInfo,
    CloseWanService: describeAsyncRequestInfo,
    CreateAccounts: describeAsyncRequestInfo,
    CreateCdbProxy: describeAsyncRequestInfo,
    CreateCdbProxyAddress: describeAsyncRequestInfo,
    CreateCloneInstance: describeAsyncRequestInfo,
    CreateDBImportJob: describeAsyncRequestInfo,
    DeleteAccounts: describeAsyncRequestInfo,
    ModifyAccountDescription: describeAsyncRequestInfo,
    ModifyAccountHost: describeAsyncRequestInfo,
    ModifyAccountMaxUserConnections: describeAsyncRequestInfo,
    ModifyAccountPassword: describeAsyncRequestInfo,
    ModifyAccountPrivileges: describeAsyncRequestInfo,
    ModifyDBInstanceModes: describeAsyncRequestInfo,
    ModifyInstanceParam: describeAsyncRequestInfo,
    ModifyInstancePasswordComplexity: describeAsyncRequestInfo,
    ModifyRoGroupInfo: describeAsyncRequestInfo,
    OpenDBInstanceGTID: describeAsyncRequestInfo,
    OpenSSL: describeAsyncRequestInfo,
    OpenWanService: describeAsyncRequestInfo,
    RestartDBInstances: describeAsyncRequestInfo,
    StartBatchRollback: describeAsyncRequestInfo,
    StartCpuExpand: describeAsyncRequestInfo,
    StartReplication: describeAsyncRequestInfo,
    StopCpuExpand: describeAsyncRequestInfo,
    StopReplication: describeAsyncRequestInfo,
    StopRollback: describeAsyncRequestInfo,
    SwitchDBInstanceMasterSlave: describeAsyncRequestInfo,
    SwitchDrInstanceToMaster: describeAsyncRequestInfo,
    UpgradeCDBProxyVersion: describeAsyncRequestInfo,
    UpgradeDBInstance: describeAsyncRequestInfo,
    UpgradeDBInstanceEngineVersion: describeAsyncRequestInfo,
    UpgradeRoGroup: describeAsyncRequestInfo,
    VerifyRootAccount: describeAsyncRequestInfo,
  },
  queries: {
    // DescribeAsyncRequestInfoResponse.Status: "任务执行结果。 枚举值： INITIAL： 初始化。 RUNNING： 运行中
    // 。 SUCCESS： 执行成功。 FAILED： 执行失败。 KILLED： 已终止。 REMOVED： 已删除。 PAUSED： 终止中。
    // UNDEFINED： 任务已创建但未开始执行，在 WaitSwitch = true 场景下，表示任务正在等待维护时间窗到来。"
    DescribeAsyncRequestInfo: query({
      parameter: 'AsyncRequestId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['SUCCESS'],
      failed: ['FAILED', 'KILLED', 'REMOVED'],
      inProgress: ['INITIAL', 'RUNNING', 'PAUSED', 'UNDEFINED'],
      output: ['Info'],
    }),
  },
} as const satisfies Service
