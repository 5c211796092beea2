import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

/**
 * Video generation, `vcg` 2024-04-04.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (vcg/v20240404) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const vcg = {
  service: 'vcg',
  version: '2024-04-04',
  submits: {
    // The query has the name of the submission.
    SubmitVideoStylizationJob: byMember('DescribeVideoStylizationJob', 'JobId'),
  },
  queries: {
    // DescribeVideoStylizationJobResponse.StatusCode: "任务状态码： JobInit: "初始化中"
    // JobModerationFailed: "审核失败", JobRunning: "处理中", JobFailed: "处理失败", JobSuccess: "处理完成"。
    // "
    DescribeVideoStylizationJob: query({
      parameter: 'JobId',
      parameterType: 'string',
      state: ['StatusCode'],
      succeeded: ['JobSuccess'],
      failed: ['JobFailed', 'JobModerationFailed'],
      inProgress: ['JobInit', 'JobRunning'],
      output: ['StatusMsg'],
    }),
  },
} as const satisfies Service
