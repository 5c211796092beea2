import type { Service } from './Service.js'

const jobId = { _tag: 'Member', path: ['JobId'] } as const
const outcome = {
  parameter: 'JobId',
  parameterType: 'string',
  output: ['ErrorMessage'],
  state: ['JobStatus'],
  succeeded: ['DONE'],
  failed: ['FAIL'],
  inProgress: ['WAIT', 'RUN'],
} as const

/**
 * Text recognition, `ocr` 2018-11-19.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (ocr/v20181119) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const ocr = {
  service: 'ocr',
  version: '2018-11-19',
  submits: {
    // The query has the name of the submission.
    SubmitExtractDocAgentJob: { task: jobId, query: 'DescribeExtractDocAgentJob' },
    SubmitQuestionMarkAgentJob: { task: jobId, query: 'DescribeQuestionMarkAgentJob' },
    SubmitQuestionSplitJob: { task: jobId, query: 'DescribeQuestionSplitJob' },
  },
  queries: {
    // DescribeExtractDocAgentJobResponse.JobStatus: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，
    // DONE：任务成功"
    DescribeExtractDocAgentJob: outcome,
    // DescribeQuestionMarkAgentJobResponse.JobStatus: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，
    // DONE：任务成功"
    DescribeQuestionMarkAgentJob: outcome,
    // DescribeQuestionSplitJobResponse.JobStatus: "任务状态。 枚举值： WAIT： 等待中 RUN： 执行中 FAIL： 任
    // 务失败 DONE： 任务成功"
    DescribeQuestionSplitJob: outcome,
  },
} as const satisfies Service
