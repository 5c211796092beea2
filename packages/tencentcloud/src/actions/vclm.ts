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
    SubmitHumanActorJob: byMember('DescribeHumanActorJob', 'JobId'),
    SubmitHunyuanToVideoJob: byMember('DescribeHunyuanToVideoJob', 'JobId'),
    SubmitImageToVideoGeneralJob: byMember('DescribeImageToVideoGeneralJob', 'JobId'),
    SubmitImageToVideoJob: byMember('DescribeImageToVideoJob', 'JobId'),
    SubmitImageToVideoViduJob: byMember('DescribeImageToVideoViduJob', 'JobId'),
    SubmitMotionControlKlingJob: byMember('DescribeMotionControlKlingJob', 'JobId'),
    SubmitPortraitSingJob: byMember('DescribePortraitSingJob', 'JobId'),
    SubmitReferenceToVideoViduJob: byMember('DescribeReferenceToVideoViduJob', 'JobId'),
    SubmitTemplateToVideoJob: byMember('DescribeTemplateToVideoJob', 'JobId'),
    SubmitTextToVideoJob: byMember('DescribeTextToVideoJob', 'JobId'),
    SubmitTextToVideoViduJob: byMember('DescribeTextToVideoViduJob', 'JobId'),
    SubmitVideoEditKlingJob: byMember('DescribeVideoEditKlingJob', 'JobId'),
    SubmitVideoExtendKlingJob: byMember('DescribeVideoExtendKlingJob', 'JobId'),
    SubmitVideoFaceFusionJob: byMember('DescribeVideoFaceFusionJob', 'JobId'),
  },
  queries: {
    // DescribeHumanActorJobResponse.Status: "任务状态。 WAIT：等待中，RUN：执行中，FAIL：任务失败，DONE：任
    // 务成功"
    DescribeHumanActorJob: outcome,
    DescribeHunyuanToVideoJob: outcome,
    DescribeImageToVideoGeneralJob: outcome,
    DescribeImageToVideoJob: outcome,
    DescribeImageToVideoViduJob: outcome,
    DescribeMotionControlKlingJob: outcome,
    DescribeReferenceToVideoViduJob: outcome,
    DescribeTemplateToVideoJob: outcome,
    DescribeTextToVideoJob: outcome,
    DescribeTextToVideoViduJob: outcome,
    DescribeVideoEditKlingJob: outcome,
    DescribeVideoExtendKlingJob: outcome,
    DescribeVideoFaceFusionJob: outcome,
    // DescribePortraitSingJobResponse.StatusCode: "任务状态码 —RUN：处理中 —FAIL：处理失败 —STOP：处理终止 —
    // DONE：处理完成"
    DescribePortraitSingJob: query({
      parameter: 'JobId',
      parameterType: 'string',
      state: ['StatusCode'],
      succeeded: ['DONE'],
      failed: ['FAIL', 'STOP'],
      inProgress: ['RUN'],
      output: ['ErrorMessage'],
    }),
  },
} as const satisfies Service
