import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

/**
 * Text moderation, `tms` 2020-12-29.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (tms/v20201229) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const tms20201229 = {
  service: 'tms',
  version: '2020-12-29',
  submits: {
    // The doc comments of the types name the query.
    CreateFinancialLLMTask: byMember('GetFinancialLLMTaskResult', 'TaskId'),
  },
  queries: {
    // GetFinancialLLMTaskResultResponse.Status: "TaskId对应的任务的状态： - Success: 任务已完成 -
    // Processing: 任务进行中，建议10秒后再查询 - Failed: 任务失败"
    GetFinancialLLMTaskResult: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['Success'],
      failed: ['Failed'],
      inProgress: ['Processing'],
      output: ['FailureReason'],
    }),
  },
} as const satisfies Service
