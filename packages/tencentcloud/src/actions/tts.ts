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
    CreateTtsTask: { task: { _tag: 'Member', path: ['Data', 'TaskId'] }, query: 'DescribeTtsTaskStatus' },
  },
  queries: {
    // DescribeTtsTaskStatusRespData.Status: "任务状态码，0：任务等待，1：任务执行中，2：任务成功，3：任务失
    // 败。"
    DescribeTtsTaskStatus: {
      parameter: 'TaskId',
      parameterType: 'string',
      output: ['Data', 'ErrorMsg'],
      state: ['Data', 'Status'],
      succeeded: ['2'],
      failed: ['3'],
      inProgress: ['0', '1'],
    },
  },
} as const satisfies Service
