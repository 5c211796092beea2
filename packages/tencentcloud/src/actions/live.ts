import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

/**
 * Live streaming, `live` 2018-08-01.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (live/v20180801) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const live = {
  service: 'live',
  version: '2018-08-01',
  submits: {
    // The query has the name of the submission.
    CreateSceneVideoTask: byMember('DescribeSceneVideoTask', 'TaskId'),
  },
  queries: {
    // DescribeSceneVideoTaskResponse.Status: "任务状态。 枚举值： DONE： 任务结束。 RUN： 任务运行中。 WAIT
    // ： 任务准备中。 FAIL： 任务失败。"
    DescribeSceneVideoTask: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['DONE'],
      failed: ['FAIL'],
      inProgress: ['WAIT', 'RUN'],
      output: ['Message'],
    }),
  },
} as const satisfies Service
