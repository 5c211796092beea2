import type { Service } from './Service.js'

const jobId = { _tag: 'Member', path: ['JobId'] } as const
const outcome = {
  parameter: 'JobId',
  parameterType: 'string',
  output: ['ErrorMessage'],
  state: ['Status'],
  succeeded: ['DONE'],
  failed: ['FAIL'],
  inProgress: ['WAIT', 'RUN'],
} as const

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
    SubmitAutoRiggingJob: { task: jobId, query: 'DescribeAutoRiggingJob' },
    SubmitHunyuan3DPartJob: { task: jobId, query: 'QueryHunyuan3DPartJob' },
    SubmitHunyuanTo3DMotionJob: { task: jobId, query: 'DescribeHunyuanTo3DMotionJob' },
    SubmitHunyuanTo3DProJob: { task: jobId, query: 'QueryHunyuanTo3DProJob' },
    SubmitHunyuanTo3DRapidJob: { task: jobId, query: 'QueryHunyuanTo3DRapidJob' },
    SubmitHunyuanTo3DUVJob: { task: jobId, query: 'DescribeHunyuanTo3DUVJob' },
    SubmitProfileTo3DJob: { task: jobId, query: 'DescribeProfileTo3DJob' },
    SubmitReduceFaceJob: { task: jobId, query: 'DescribeReduceFaceJob' },
    SubmitTextureTo3DJob: { task: jobId, query: 'DescribeTextureTo3DJob' },
  },
  queries: {
    // DescribeAutoRiggingJobResponse.Status: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，DONE：任
    // 务成功 示例值：RUN。"
    DescribeAutoRiggingJob: outcome,
    // DescribeHunyuanTo3DMotionJobResponse.Status: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，
    // DONE：任务成功 示例值：RUN。"
    DescribeHunyuanTo3DMotionJob: outcome,
    // DescribeHunyuanTo3DUVJobResponse.Status: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，DONE：
    // 任务成功 示例值：RUN。"
    DescribeHunyuanTo3DUVJob: outcome,
    // DescribeProfileTo3DJobResponse.Status: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，DONE：任
    // 务成功"
    DescribeProfileTo3DJob: outcome,
    // DescribeReduceFaceJobResponse.Status: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，DONE：任务
    // 成功"
    DescribeReduceFaceJob: outcome,
    // DescribeTextureTo3DJobResponse.Status: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，DONE：任
    // 务成功"
    DescribeTextureTo3DJob: outcome,
    // QueryHunyuan3DPartJobResponse.Status: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，DONE：任务
    // 成功 示例值：RUN。"
    QueryHunyuan3DPartJob: outcome,
    // QueryHunyuanTo3DProJobResponse.Status: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，DONE：任
    // 务成功"
    QueryHunyuanTo3DProJob: outcome,
    // QueryHunyuanTo3DRapidJobResponse.Status: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，DONE：
    // 任务成功"
    QueryHunyuanTo3DRapidJob: outcome,
  },
} as const satisfies Service
