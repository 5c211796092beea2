import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

/**
 * Voice reproduction, `vrs` 2020-08-24.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (vrs/v20200824) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const vrs = {
  service: 'vrs',
  version: '2020-08-24',
  submits: {
    // The query has the name of the submission.
    CreateVRSTask: byMember('DescribeVRSTaskStatus', 'Data', 'TaskId'),
  },
  queries: {
    // DescribeVRSTaskStatusRespData.Status: "任务状态码，0：任务等待，1：任务执行中，2：任务成功，3：任务失
    // 败。"
    DescribeVRSTaskStatus: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Data', 'Status'],
      succeeded: ['2'],
      failed: ['3'],
      inProgress: ['0', '1'],
      output: ['Data', 'ErrorMsg'],
    }),
  },
} as const satisfies Service
