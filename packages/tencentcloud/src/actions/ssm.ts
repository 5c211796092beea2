import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

/**
 * Secrets manager, `ssm` 2019-09-23.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (ssm/v20190923) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const ssm = {
  service: 'ssm',
  version: '2019-09-23',
  submits: {
    // The service has one query for this id; its doc comments are about any task.
    CreateProductSecret: byMember('DescribeAsyncRequestInfo', 'FlowID'),
  },
  queries: {
    // DescribeAsyncRequestInfoResponse.TaskStatus: "0:处理中，1:处理成功，2:处理失败"
    DescribeAsyncRequestInfo: query({
      parameter: 'FlowID',
      parameterType: 'number',
      state: ['TaskStatus'],
      succeeded: ['1'],
      failed: ['2'],
      inProgress: ['0'],
      output: ['Description'],
    }),
  },
} as const satisfies Service
