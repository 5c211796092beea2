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
    SubmitDrawPortraitJob: { task: jobId, query: 'QueryDrawPortraitJob' },
    SubmitGlamPicJob: { task: jobId, query: 'QueryGlamPicJob' },
    SubmitMemeJob: { task: jobId, query: 'QueryMemeJob' },
    SubmitTextToImageJob: { task: jobId, query: 'QueryTextToImageJob' },
    SubmitTextToImageProJob: { task: jobId, query: 'QueryTextToImageProJob' },
  },
  queries: {
    // QueryDrawPortraitJobResponse.JobStatusCode: "任务状态码。 INIT: 初始化、WAIT：等待中、RUN：运行中、
    // FAIL：处理失败、DONE：处理完成。"
    QueryDrawPortraitJob: {
      parameter: 'JobId',
      parameterType: 'string',
      output: ['JobErrorMsg'],
      state: ['JobStatusCode'],
      succeeded: ['DONE'],
      failed: ['FAIL'],
      inProgress: ['INIT', 'WAIT', 'RUN'],
    },
    // QueryGlamPicJobResponse.JobStatusCode: "当前任务状态码： 1：等待中、2：运行中、4：处理失败、5：处理完
    // 成。"
    QueryGlamPicJob: outcome,
    // QueryMemeJobResponse.JobStatusCode: "当前任务状态码： 1：等待中、2：运行中、4：处理失败、5：处理完成。
    // "
    QueryMemeJob: outcome,
    // QueryTextToImageJobResponse.JobStatusCode: "当前任务状态码： 1：等待中、2：运行中、4：处理失败、5：处
    // 理完成。"
    QueryTextToImageJob: outcome,
    // QueryTextToImageProJobResponse.JobStatusCode: "当前任务状态码： 1：等待中、2：运行中、4：处理失败、5：
    // 处理完成。"
    QueryTextToImageProJob: outcome,
  },
} as const satisfies Service
