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
 * AI art, `aiart` 2022-12-29.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (aiart/v20221229) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const aiart = {
  service: 'aiart',
  version: '2022-12-29',
  submits: {
    // The query has the name of the submission.
    SubmitDrawPortraitJob: byMember('QueryDrawPortraitJob', 'JobId'),
    SubmitGlamPicJob: byMember('QueryGlamPicJob', 'JobId'),
    SubmitMemeJob: byMember('QueryMemeJob', 'JobId'),
    SubmitTextToImageJob: byMember('QueryTextToImageJob', 'JobId'),
    SubmitTextToImageProJob: byMember('QueryTextToImageProJob', 'JobId'),
  },
  queries: {
    // QueryGlamPicJobResponse.JobStatusCode: "当前任务状态码： 1：等待中、2：运行中、4：处理失败、5：处理完
    // 成。"
    QueryGlamPicJob: outcome,
    QueryMemeJob: outcome,
    QueryTextToImageJob: outcome,
    QueryTextToImageProJob: outcome,
    // QueryDrawPortraitJobResponse.JobStatusCode: "任务状态码。 INIT: 初始化、WAIT：等待中、RUN：运行中、
    // FAIL：处理失败、DONE：处理完成。"
    QueryDrawPortraitJob: query({
      parameter: 'JobId',
      parameterType: 'string',
      state: ['JobStatusCode'],
      succeeded: ['DONE'],
      failed: ['FAIL'],
      inProgress: ['INIT', 'WAIT', 'RUN'],
      output: ['JobErrorMsg'],
    }),
  },
} as const satisfies Service
