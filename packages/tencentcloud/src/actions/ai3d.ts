import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const outcome = query({
  parameter: 'JobId',
  parameterType: 'string',
  state: ['Status'],
  succeeded: ['DONE'],
  failed: ['FAIL'],
  inProgress: ['WAIT', 'RUN'],
  output: ['ErrorMessage'],
})

/**
 * Hunyuan 3D, `ai3d` 2025-05-13.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (ai3d/v20250513) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const ai3d = {
  service: 'ai3d',
  version: '2025-05-13',
  submits: {
    // The query has the name of the submission.
    SubmitAutoRiggingJob: byMember('DescribeAutoRiggingJob', 'JobId'),
    SubmitHunyuan3DPartJob: byMember('QueryHunyuan3DPartJob', 'JobId'),
    SubmitHunyuanTo3DMotionJob: byMember('DescribeHunyuanTo3DMotionJob', 'JobId'),
    SubmitHunyuanTo3DProJob: byMember('QueryHunyuanTo3DProJob', 'JobId'),
    SubmitHunyuanTo3DRapidJob: byMember('QueryHunyuanTo3DRapidJob', 'JobId'),
    SubmitHunyuanTo3DUVJob: byMember('DescribeHunyuanTo3DUVJob', 'JobId'),
    SubmitProfileTo3DJob: byMember('DescribeProfileTo3DJob', 'JobId'),
    SubmitReduceFaceJob: byMember('DescribeReduceFaceJob', 'JobId'),
    SubmitTextureTo3DJob: byMember('DescribeTextureTo3DJob', 'JobId'),
  },
  queries: {
    // DescribeAutoRiggingJobResponse.Status: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，DONE：任
    // 务成功 示例值：RUN。"
    DescribeAutoRiggingJob: outcome,
    DescribeHunyuanTo3DMotionJob: outcome,
    DescribeHunyuanTo3DUVJob: outcome,
    DescribeProfileTo3DJob: outcome,
    DescribeReduceFaceJob: outcome,
    DescribeTextureTo3DJob: outcome,
    QueryHunyuan3DPartJob: outcome,
    QueryHunyuanTo3DProJob: outcome,
    QueryHunyuanTo3DRapidJob: outcome,
  },
} as const satisfies Service
