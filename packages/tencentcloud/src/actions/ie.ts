import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

/**
 * Intelligent editing, `ie` 2020-03-04.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (ie/v20200304) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const ie = {
  service: 'ie',
  version: '2020-03-04',
  submits: {
    // The query has the name of the submission.
    CreateMediaProcessTask: byMember('DescribeMediaProcessTaskResult', 'TaskId'),
    CreateQualityControlTask: byMember('DescribeQualityControlTaskResult', 'TaskId'),
  },
  queries: {
    // MediaProcessTaskResult.Status: "任务状态： 1100：等待中； 1200：执行中； 2000：成功； 5000：失败。"
    DescribeMediaProcessTaskResult: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['TaskResult', 'Status'],
      succeeded: ['2000'],
      failed: ['5000'],
      inProgress: ['1100', '1200'],
      output: ['TaskResult', 'ErrMsg'],
    }),
    // QualityControlInfoTaskResult.Status: "质检任务状态。 1：执行中；2：成功；3：失败"
    DescribeQualityControlTaskResult: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['TaskResult', 'Status'],
      succeeded: ['2'],
      failed: ['3'],
      inProgress: ['1'],
      output: ['TaskResult', 'ErrMsg'],
    }),
  },
} as const satisfies Service
