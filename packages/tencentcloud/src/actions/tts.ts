import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

/**
 * Speech synthesis, `tts` 2019-08-23.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (tts/v20190823) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const tts = {
  service: 'tts',
  version: '2019-08-23',
  submits: {
    // The query has the name of the submission.
    CreateTtsTask: byMember('DescribeTtsTaskStatus', 'Data', 'TaskId'),
  },
  queries: {
    // DescribeTtsTaskStatusRespData.Status: "任务状态码，0：任务等待，1：任务执行中，2：任务成功，3：任务失
    // 败。"
    DescribeTtsTaskStatus: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Data', 'Status'],
      succeeded: ['2'],
      failed: ['3'],
      inProgress: ['0', '1'],
      output: ['Data', 'ErrorMsg'],
    }),
  },
} as const satisfies Service
