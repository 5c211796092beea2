import { byMember, queryWith } from './rows.js'
import type { Service } from './Service.js'

/**
 * Log service, `cls` 2020-10-16.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (cls/v20201016) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const cls = {
  service: 'cls',
  version: '2020-10-16',
  submits: {
    // The query takes the same "接入任务id". Values that tell of a later deletion are left out.
    CreateResourceGraphProductIngestTask: byMember('DescribeResourceGraphProductIngestTaskDetail', 'TaskId'),
  },
  queries: {
    // ProductIngestTaskItem.Status: "状态 枚举值： 0： 接入中 1： 已接入 2： 接入失败 3： 删除中 4： 已删除
    // 5： 删除失败"
    DescribeResourceGraphProductIngestTaskDetail: queryWith(['ResourceGraphId'], {
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['ProductIngestTaskDetail', 'ProductIngestTaskItem', 'Status'],
      succeeded: ['1'],
      failed: ['2'],
      inProgress: ['0'],
    }),
  },
} as const satisfies Service
