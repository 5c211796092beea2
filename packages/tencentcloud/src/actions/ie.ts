import type { Service } from './Service.js'

const taskId = { _tag: 'Member', path: ['TaskId'] } as const

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
    CreateMediaProcessTask: { task: taskId, query: 'DescribeMediaProcessTaskResult' },
    CreateQualityControlTask: { task: taskId, query: 'DescribeQualityControlTaskResult' },
  },
  queries: {
    // MediaProcessTaskResult.Status: "任务状态： 1100：等待中； 1200：执行中； 2000：成功； 5000：失败。"
    DescribeMediaProcessTaskResult: {
      parameter: 'TaskId',
      parameterType: 'string',
      output: ['TaskResult', 'ErrMsg'],
      state: ['TaskResult', 'Status'],
      succeeded: ['2000'],
      failed: ['5000'],
      inProgress: ['1100', '1200'],
    },
    // QualityControlInfoTaskResult.Status: "质检任务状态。 1：执行中；2：成功；3：失败"
    DescribeQualityControlTaskResult: {
      parameter: 'TaskId',
      parameterType: 'string',
      output: ['TaskResult', 'ErrMsg'],
      state: ['TaskResult', 'Status'],
      succeeded: ['2'],
      failed: ['3'],
      inProgress: ['1'],
    },
  },
} as const satisfies Service
