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
 * Video creation models, `vclm` 2024-05-23.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (vclm/v20240523) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const vclm = {
  service: 'vclm',
  version: '2024-05-23',
  submits: {
    // The query has the name of the submission.
    SubmitHumanActorJob: { task: jobId, query: 'DescribeHumanActorJob' },
    SubmitHunyuanToVideoJob: { task: jobId, query: 'DescribeHunyuanToVideoJob' },
    SubmitImageToVideoGeneralJob: { task: jobId, query: 'DescribeImageToVideoGeneralJob' },
    SubmitImageToVideoJob: { task: jobId, query: 'DescribeImageToVideoJob' },
    SubmitImageToVideoViduJob: { task: jobId, query: 'DescribeImageToVideoViduJob' },
    SubmitMotionControlKlingJob: { task: jobId, query: 'DescribeMotionControlKlingJob' },
    SubmitPortraitSingJob: { task: jobId, query: 'DescribePortraitSingJob' },
    SubmitReferenceToVideoViduJob: { task: jobId, query: 'DescribeReferenceToVideoViduJob' },
    SubmitTemplateToVideoJob: { task: jobId, query: 'DescribeTemplateToVideoJob' },
    SubmitTextToVideoJob: { task: jobId, query: 'DescribeTextToVideoJob' },
    SubmitTextToVideoViduJob: { task: jobId, query: 'DescribeTextToVideoViduJob' },
    SubmitVideoEditKlingJob: { task: jobId, query: 'DescribeVideoEditKlingJob' },
    SubmitVideoExtendKlingJob: { task: jobId, query: 'DescribeVideoExtendKlingJob' },
    SubmitVideoFaceFusionJob: { task: jobId, query: 'DescribeVideoFaceFusionJob' },
  },
  queries: {
    // DescribeHumanActorJobResponse.Status: "任务状态。 WAIT：等待中，RUN：执行中，FAIL：任务失败，DONE：任
    // 务成功"
    DescribeHumanActorJob: outcome,
    // DescribeHunyuanToVideoJobResponse.Status: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，DONE：
    // 任务成功"
    DescribeHunyuanToVideoJob: outcome,
    // DescribeImageToVideoGeneralJobResponse.Status: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，
    // DONE：任务成功"
    DescribeImageToVideoGeneralJob: outcome,
    // DescribeImageToVideoJobResponse.Status: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，DONE：任
    // 务成功"
    DescribeImageToVideoJob: outcome,
    // DescribeImageToVideoViduJobResponse.Status: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，DONE
    // ：任务成功"
    DescribeImageToVideoViduJob: outcome,
    // DescribeMotionControlKlingJobResponse.Status: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，
    // DONE：任务成功"
    DescribeMotionControlKlingJob: outcome,
    // DescribePortraitSingJobResponse.StatusCode: "任务状态码 —RUN：处理中 —FAIL：处理失败 —STOP：处理终止 —
    // DONE：处理完成"
    DescribePortraitSingJob: {
      parameter: 'JobId',
      parameterType: 'string',
      output: ['ErrorMessage'],
      state: ['StatusCode'],
      succeeded: ['DONE'],
      failed: ['FAIL', 'STOP'],
      inProgress: ['RUN'],
    },
    // DescribeReferenceToVideoViduJobResponse.Status: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，
    // DONE：任务成功"
    DescribeReferenceToVideoViduJob: outcome,
    // DescribeTemplateToVideoJobResponse.Status: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，DONE
    // ：任务成功"
    DescribeTemplateToVideoJob: outcome,
    // DescribeTextToVideoJobResponse.Status: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，DONE：任
    // 务成功"
    DescribeTextToVideoJob: outcome,
    // DescribeTextToVideoViduJobResponse.Status: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，DONE
    // ：任务成功"
    DescribeTextToVideoViduJob: outcome,
    // DescribeVideoEditKlingJobResponse.Status: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，DONE：
    // 任务成功"
    DescribeVideoEditKlingJob: outcome,
    // DescribeVideoExtendKlingJobResponse.Status: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，DONE
    // ：任务成功"
    DescribeVideoExtendKlingJob: outcome,
    // DescribeVideoFaceFusionJobResponse.Status: "任务状态。WAIT：等待中，RUN：执行中，FAIL：任务失败，DONE
    // ：任务成功"
    DescribeVideoFaceFusionJob: outcome,
  },
} as const satisfies Service
