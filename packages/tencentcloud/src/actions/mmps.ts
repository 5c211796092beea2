import { byMember, query, queryWith } from './rows.js'
import type { Service } from './Service.js'

const describeScanTaskStatus = byMember('DescribeScanTaskStatus', 'TaskID')
const describeFlySecMiniAppScanTaskStatus = byMember('DescribeFlySecMiniAppScanTaskStatus', 'TaskID')

/**
 * Mini program protection, `mmps` 2020-07-10.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (mmps/v20200710) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const mmps = {
  service: 'mmps',
  version: '2020-07-10',
  submits: {
    // The query is for "小程序隐私合规诊断任务".
    CreateAppScanTask: describeScanTaskStatus,
    CreateAppScanTaskRepeat: describeScanTaskStatus,
    // The query has the name of the submission.
    CreateFlySecMiniAppScanTask: describeFlySecMiniAppScanTaskStatus,
    CreateFlySecMiniAppScanTaskRepeat: describeFlySecMiniAppScanTaskStatus,
  },
  queries: {
    // DescribeFlySecMiniAppScanTaskStatusResponse.Status: "诊断状态, 0:排队中, 1:成功, 2:失败, 3:进行中"
    DescribeFlySecMiniAppScanTaskStatus: query({
      parameter: 'TaskID',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['1'],
      failed: ['2'],
      inProgress: ['0', '3'],
    }),
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
