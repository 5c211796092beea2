import type { Service } from './Service.js'

const jobId = { _tag: 'Member', path: ['JobId'] } as const
const outcome = {
  parameter: 'JobId',
  parameterType: 'string',
  output: ['JobErrorMsg'],
  state: ['JobStatusCode'],
  succeeded: ['5'],
  failed: ['4'],
  inProgress: ['1', '2'],
} as const

/**
 * Hunyuan, `hunyuan` 2023-09-01.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (hunyuan/v20230901) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const hunyuan = {
  service: 'hunyuan',
  version: '2023-09-01',
  submits: {
    // The query has the name of the submission.
    SubmitHunyuanImageChatJob: { task: jobId, query: 'QueryHunyuanImageChatJob' },
    SubmitHunyuanImageJob: { task: jobId, query: 'QueryHunyuanImageJob' },
  },
  queries: {
    // QueryHunyuanImageChatJobResponse.JobStatusCode: "当前任务状态码： 1：等待中、2：运行中、4：处理失败、5
    // ：处理完成。"
    QueryHunyuanImageChatJob: outcome,
    // QueryHunyuanImageJobResponse.JobStatusCode: "当前任务状态码： 1：等待中、2：运行中、4：处理失败、5：处
    // 理完成。"
    QueryHunyuanImageJob: outcome,
  },
} as const satisfies Service
