import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const describeStructureResult = byMember('DescribeStructureResult', 'MainTaskId')

/**
 * Insurance structuring, `cii` 2021-04-08.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (cii/v20210408) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const cii20210408 = {
  service: 'cii',
  version: '2021-04-08',
  submits: {
    // The query takes "创建任务时返回的主任务ID".
    CreateAutoClassifyStructureTask: describeStructureResult,
    CreateStructureTask: describeStructureResult,
  },
  queries: {
    // DescribeStructureResultResponse.Status: "结果状态： 0：返回成功 1：结果未生成 2：结果生成失败"
    DescribeStructureResult: query({
      parameter: 'MainTaskId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['0'],
      failed: ['2'],
      inProgress: ['1'],
    }),
  },
} as const satisfies Service
