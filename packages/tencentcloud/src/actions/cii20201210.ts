import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

/**
 * Insurance structuring, `cii` 2020-12-10.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (cii/v20201210) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const cii20201210 = {
  service: 'cii',
  version: '2020-12-10',
  submits: {
    // The service has one query for this id; its doc comments are about any task.
    CreateStructureTask: byMember('DescribeStructureTaskResult', 'TaskId'),
  },
  queries: {
    // DescribeStructureTaskResultResponse.Status: "结果状态： 0：返回成功 1：结果未生成 2：结果生成失败"
    DescribeStructureTaskResult: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['0'],
      failed: ['2'],
      inProgress: ['1'],
    }),
  },
} as const satisfies Service
