import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const outcome = query({
  parameter: 'JobId',
  parameterType: 'string',
  state: ['JobStatus'],
  succeeded: ['DONE'],
  failed: ['FAIL'],
  inProgress: ['WAIT', 'RUN'],
  output: ['ErrorMessage'],
})

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
    SubmitExtractDocAgentJob: byMember('DescribeExtractDocAgentJob', 'JobId'),
    SubmitQuestionMarkAgentJob: byMember('DescribeQuestionMarkAgentJob', 'JobId'),
    SubmitQuestionSplitJob: byMember('DescribeQuestionSplitJob', 'JobId'),
  },
  queries: {
    // DescribeExtractDocAgentJobResponse.JobStatus: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，
    // DONE：任务成功"
    DescribeExtractDocAgentJob: outcome,
    DescribeQuestionMarkAgentJob: outcome,
    DescribeQuestionSplitJob: outcome,
  },
} as const satisfies Service
