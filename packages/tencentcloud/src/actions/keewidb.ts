import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const describeTaskInfo = byMember('DescribeTaskInfo', 'TaskId')

/**
 * KeeWiDB, `keewidb` 2022-03-08.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (keewidb/v20220308) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const keewidb = {
  service: 'keewidb',
  version: '2022-03-08',
  submits: {
    // The service has one query for this id; its doc comments are about any task.
    ChangeInstanceMaster: describeTaskInfo,
    CleanUpInstance: describeTaskInfo,
    ClearInstance: describeTaskInfo,
    CreateBackupManually: describeTaskInfo,
    DestroyPostpaidInstance: describeTaskInfo,
    ModifyConnectionConfig: describeTaskInfo,
    ModifyInstanceParams: describeTaskInfo,
    ModifyNetworkConfig: describeTaskInfo,
  },
  queries: {
    // DescribeTaskInfoResponse.Status: "任务状态。 preparing：待执行。 running：执行中。 succeed：成功。
    // failed：失败。 error：执行出错。"
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
