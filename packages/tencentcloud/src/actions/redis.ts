import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const describeTaskInfoByTaskId = byMember('DescribeTaskInfo', 'TaskId')
const describeTaskInfoByFlowId = byMember('DescribeTaskInfo', 'FlowId')

/**
 * TencentDB for Redis, `redis` 2018-04-12.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (redis/v20180412) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const redis = {
  service: 'redis',
  version: '2018-04-12',
  submits: {
    // The service has one query for this id; its doc comments are about any task.
    AddReplicationInstance: describeTaskInfoByTaskId,
    ChangeInstanceRole: describeTaskInfoByTaskId,
    ChangeMasterInstance: describeTaskInfoByTaskId,
    ChangeReplicaToMaster: describeTaskInfoByTaskId,
    CleanUpInstance: describeTaskInfoByTaskId,
    ClearInstance: describeTaskInfoByTaskId,
    CloseSSL: describeTaskInfoByTaskId,
    CreateInstanceAccount: describeTaskInfoByTaskId,
    CreateReplicationGroup: describeTaskInfoByTaskId,
    DeleteInstanceAccount: describeTaskInfoByTaskId,
    DeleteReplicationInstance: describeTaskInfoByTaskId,
    DestroyPostpaidInstance: describeTaskInfoByTaskId,
    DisableReplicaReadonly: describeTaskInfoByTaskId,
    EnableReplicaReadonly: describeTaskInfoByTaskId,
    KillMasterGroup: describeTaskInfoByTaskId,
    ManualBackupInstance: describeTaskInfoByTaskId,
    ModfiyInstancePassword: describeTaskInfoByTaskId,
    ModifyConnectionConfig: describeTaskInfoByTaskId,
    ModifyInstanceAccount: describeTaskInfoByTaskId,
    ModifyInstanceAvailabilityZones: describeTaskInfoByTaskId,
    ModifyInstanceBackupMode: describeTaskInfoByTaskId,
    ModifyInstanceParams: describeTaskInfoByTaskId,
    ModifyInstancePassword: describeTaskInfoByTaskId,
    ModifyInstanceReadOnly: describeTaskInfoByTaskId,
    ModifyNetworkConfig: describeTaskInfoByTaskId,
    OpenSSL: describeTaskInfoByTaskId,
    RemoveReplicationInstance: describeTaskInfoByTaskId,
    RestoreInstance: describeTaskInfoByTaskId,
    SwitchInstanceVip: describeTaskInfoByTaskId,
    SwitchProxy: describeTaskInfoByTaskId,
    // Not in the types: the query that terraform-provider-tencentcloud f6970a9 sends with this id.
    UpgradeProxyVersion: describeTaskInfoByFlowId,
    UpgradeSmallVersion: describeTaskInfoByFlowId,
  },
  queries: {
    // DescribeTaskInfoResponse.Status: "任务状态。 - preparing：待执行。 - running：执行中。 - succeed：成功
    // 。 - failed：失败。 - error：执行出错。"
    DescribeTaskInfo: query({
      parameter: 'TaskId',
      parameterType: 'number',
      state: ['Status'],
      succeeded: ['succeed'],
      failed: ['failed', 'error'],
      inProgress: ['preparing', 'running'],
      output: ['TaskMessage'],
    }),
  },
} as const satisfies Service
