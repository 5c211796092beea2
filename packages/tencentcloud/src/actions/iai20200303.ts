import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

/**
 * Face recognition, `iai` 2020-03-03.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (iai/v20200303) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const iai20200303 = {
  service: 'iai',
  version: '2020-03-03',
  submits: {
    // The query has the name of the submission.
    UpgradeGroupFaceModelVersion: byMember('GetUpgradeGroupFaceModelVersionResult', 'JobId'),
  },
  queries: {
    // GetUpgradeGroupFaceModelVersionResultResponse.Status: "0表示升级中，1表示升级完毕，2表示回滚完毕，3表
    // 示升级失败。"
    GetUpgradeGroupFaceModelVersionResult: query({
      parameter: 'JobId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['1'],
      failed: ['3'],
      inProgress: ['0'],
    }),
  },
} as const satisfies Service
