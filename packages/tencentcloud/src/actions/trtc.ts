import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

/**
 * Real-time communication, `trtc` 2019-07-22.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (trtc/v20190722) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const trtc = {
  service: 'trtc',
  version: '2019-07-22',
  submits: {
    // The query has the name of the submission.
    AsyncTextToSpeech: byMember('DescribeAsyncTextToSpeech', 'TaskId'),
  },
  queries: {
    // DescribeAsyncTextToSpeechResponse.Status: "任务状态 - Processing，处理中 - Success，任务成功 - Failed
    // ，任务失败 - Expired，任务过期"
    DescribeAsyncTextToSpeech: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['Success'],
      failed: ['Failed', 'Expired'],
      inProgress: ['Processing'],
    }),
  },
} as const satisfies Service
