import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const describeAsyncRequestInfo = byMember('DescribeAsyncRequestInfo', 'AsyncRequestId')

/**
 * Data transfer, `dts` 2018-03-30.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (dts/v20180330) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const dts20180330 = {
  service: 'dts',
  version: '2018-03-30',
  submits: {
    // The service has one query for this id; its doc comments are about any task.
    ActivateSubscribe: describeAsyncRequestInfo,
    ModifySubscribeObjects: describeAsyncRequestInfo,
  },
  queries: {
    // DescribeAsyncRequestInfoResponse.Status: "任务执行状态，可能的值有：success，failed，running"
    DescribeAsyncRequestInfo: query({
      parameter: 'AsyncRequestId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['success'],
      failed: ['failed'],
      inProgress: ['running'],
      output: ['Info'],
    }),
  },
} as const satisfies Service
