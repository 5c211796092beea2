import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const describeOperationResult = byMember('DescribeOperationResult', 'TaskId')

/**
 * Bare metal, `bm` 2018-04-23.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (bm/v20180423) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const bm = {
  service: 'bm',
  version: '2018-04-23',
  submits: {
    // "黑石异步任务ID"; the query is for "异步任务ID".
    CreateCustomImage: describeOperationResult,
    DeleteCustomImages: describeOperationResult,
    ModifyLanIp: describeOperationResult,
    OfflineDevices: describeOperationResult,
    RebootDevices: describeOperationResult,
    RecoverDevices: describeOperationResult,
    ReloadDeviceOs: describeOperationResult,
    RepairTaskControl: describeOperationResult,
    ResetDevicePassword: describeOperationResult,
    ReturnDevices: describeOperationResult,
    ShutdownDevices: describeOperationResult,
    StartDevices: describeOperationResult,
  },
  queries: {
    // DescribeOperationResultResponse.TaskStatus: "任务的整体状态，取值如下： 1：成功 2：失败 3：部分成功，
    // 部分失败 4：未完成 5：部分成功，部分未完成 6：部分未完成，部分失败 7：部分未完成，部分失败，部分成功"
    DescribeOperationResult: query({
      parameter: 'TaskId',
      parameterType: 'number',
      state: ['TaskStatus'],
      succeeded: ['1'],
      failed: ['2', '3'],
      inProgress: ['4', '5', '6', '7'],
    }),
  },
} as const satisfies Service
