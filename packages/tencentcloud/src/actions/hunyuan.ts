import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const outcome = query({
  parameter: 'JobId',
  parameterType: 'string',
  state: ['JobStatusCode'],
  succeeded: ['5'],
  failed: ['4'],
  inProgress: ['1', '2'],
  output: ['JobErrorMsg'],
})

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
    SubmitHunyuanImageChatJob: byMember('QueryHunyuanImageChatJob', 'JobId'),
    SubmitHunyuanImageJob: byMember('QueryHunyuanImageJob', 'JobId'),
  },
  queries: {
    // QueryHunyuanImageChatJobResponse.JobStatusCode: "当前任务状态码： 1：等待中、2：运行中、4：处理失败、5
    // ：处理完成。"
    QueryHunyuanImageChatJob: outcome,
    QueryHunyuanImageJob: outcome,
  },
} as const satisfies Service
