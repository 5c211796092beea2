import { byMember, queryWith } from './rows.js'
import type { Service } from './Service.js'

/**
 * EdgeOne, `teo` 2022-09-01.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (teo/v20220901) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const teo20220901 = {
  service: 'teo',
  version: '2022-09-01',
  submits: {
    // The doc comments of the types name the query.
    ImportZoneConfig: byMember('DescribeZoneConfigImportResult', 'TaskId'),
  },
  queries: {
    // DescribeZoneConfigImportResultResponse.Status: "本次导入任务的导入状态。取值有： success：表示配置项导
    // 入成功； failure：表示配置项导入失败； doing：表示配置项正在导入中。"
    DescribeZoneConfigImportResult: queryWith(['ZoneId'], {
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['success'],
      failed: ['failure'],
      inProgress: ['doing'],
      output: ['Message'],
    }),
  },
} as const satisfies Service
