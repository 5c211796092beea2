import { byMember, queryWith } from './rows.js'
import type { Service } from './Service.js'

/**
 * Contact center, `ccc` 2020-02-10.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (ccc/v20200210) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const ccc = {
  service: 'ccc',
  version: '2020-02-10',
  submits: {
    // The query has the name of the submission.
    CreateAutoCalloutTask: byMember('DescribeAutoCalloutTask', 'TaskId'),
  },
  queries: {
    // DescribeAutoCalloutTaskResponse.State: "任务状态 0初始 1运行中 2已完成 3结束中 4已终止 5已暂停"
    DescribeAutoCalloutTask: queryWith(['SdkAppId'], {
      parameter: 'TaskId',
      parameterType: 'number',
      state: ['State'],
      succeeded: ['2'],
      failed: ['4'],
      inProgress: ['0', '1', '3', '5'],
    }),
  },
} as const satisfies Service
