import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

/**
 * Speech recognition, `asr` 2019-06-14.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (asr/v20190614) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const asr = {
  service: 'asr',
  version: '2019-06-14',
  submits: {
    // The doc comments of the types name the query.
    CreateRecTask: byMember('DescribeTaskStatus', 'Data', 'TaskId'),
  },
  queries: {
    // TaskStatus.Status: "任务状态码，0：任务等待，1：任务执行中，2：任务成功，3：任务失败。"
    DescribeTaskStatus: query({
      parameter: 'TaskId',
      parameterType: 'number',
      state: ['Data', 'Status'],
      succeeded: ['2'],
      failed: ['3'],
      inProgress: ['0', '1'],
      output: ['Data', 'ErrorMsg'],
    }),
  },
} as const satisfies Service
