import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const describeFlowStatus = byMember('DescribeFlowStatus', 'FlowId')

/**
 * TencentDB for SQL Server, `sqlserver` 2018-03-28.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (sqlserver/v20180328) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const sqlserver = {
  service: 'sqlserver',
  version: '2018-03-28',
  submits: {
    // The query takes "流程ID"; many doc comments name it.
    CloneDB: describeFlowStatus,
    CompleteExpansion: describeFlowStatus,
    CompleteMigration: describeFlowStatus,
    CreateAccount: describeFlowStatus,
    CreateBackup: describeFlowStatus,
    CreateBusinessDBInstances: describeFlowStatus,
    CreateDB: describeFlowStatus,
    CreatePublishSubscribe: describeFlowStatus,
    DeleteAccount: describeFlowStatus,
    DeleteDB: describeFlowStatus,
    ModifyAccountPrivilege: describeFlowStatus,
    ModifyCloseWanIp: describeFlowStatus,
    ModifyDBEncryptAttributes: describeFlowStatus,
    ModifyDBInstanceNetwork: describeFlowStatus,
    ModifyDBInstanceSSL: describeFlowStatus,
    ModifyDBName: describeFlowStatus,
    ModifyDReadable: describeFlowStatus,
    ModifyDatabaseCDC: describeFlowStatus,
    ModifyDatabaseCT: describeFlowStatus,
    ModifyDatabaseMdf: describeFlowStatus,
    ModifyDatabasePrivilege: describeFlowStatus,
    ModifyDatabaseShrinkMDF: describeFlowStatus,
    ModifyInstanceEncryptAttributes: describeFlowStatus,
    ModifyOpenWanIp: describeFlowStatus,
    ModifyPublishSubscribe: describeFlowStatus,
    RecycleDBInstance: describeFlowStatus,
    RecycleReadOnlyGroup: describeFlowStatus,
    ResetAccountPassword: describeFlowStatus,
    RestartDBInstance: describeFlowStatus,
    RestoreInstance: describeFlowStatus,
    RollbackInstance: describeFlowStatus,
    RunMigration: describeFlowStatus,
    StartBackupMigration: describeFlowStatus,
    StartIncrementalMigration: describeFlowStatus,
    StartMigrationCheck: describeFlowStatus,
    StopMigration: describeFlowStatus,
    SwitchCloudInstanceHA: describeFlowStatus,
  },
  queries: {
    // DescribeFlowStatusResponse.Status: "流程状态，0：成功，1：失败，2：运行中"
    DescribeFlowStatus: query({
      parameter: 'FlowId',
      parameterType: 'number',
      state: ['Status'],
      succeeded: ['0'],
      failed: ['1'],
      inProgress: ['2'],
    }),
  },
} as const satisfies Service
