import { byMember, queryWith } from './rows.js'
import type { Service } from './Service.js'

const describeScanTaskStatus = byMember('DescribeScanTaskStatus', 'TaskID')

/**
 * App compliance, `acp` 2022-01-05.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (acp/v20220105) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const acp = {
  service: 'acp',
  version: '2022-01-05',
  submits: {
    // The service has one query for this id; its doc comments are about any task.
    CreateAppScanTask: describeScanTaskStatus,
    CreateAppScanTaskRepeat: describeScanTaskStatus,
  },
  queries: {
    // DescribeScanTaskStatusResponse.Status: "0:默认值(待检测/待咨询), 1.检测中, 4:任务完成/咨询完成, 5:任务
    // 失败, 6:咨询中;"
    DescribeScanTaskStatus: queryWith(['Source', 'Platform', 'TaskType'], {
      parameter: 'TaskID',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['4'],
      failed: ['5'],
      inProgress: ['0', '1', '6'],
      output: ['ErrMsg'],
    }),
  },
} as const satisfies Service
