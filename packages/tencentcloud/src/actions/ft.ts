import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

/**
 * Face transformation, `ft` 2020-03-04.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (ft/v20200304) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const ft = {
  service: 'ft',
  version: '2020-03-04',
  submits: {
    // The query takes the same "人像渐变任务Job id".
    MorphFace: byMember('QueryFaceMorphJob', 'JobId'),
  },
  queries: {
    // QueryFaceMorphJobResponse.JobStatusCode: "当前任务状态码：1：排队中、3: 处理中、5: 处理失败、7:处理完
    // 成"
    QueryFaceMorphJob: query({
      parameter: 'JobId',
      parameterType: 'string',
      state: ['JobStatusCode'],
      succeeded: ['7'],
      failed: ['5'],
      inProgress: ['1', '3'],
      output: ['JobStatus'],
    }),
  },
} as const satisfies Service
