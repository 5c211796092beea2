import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const describeEipTask = byMember('DescribeEipTask', 'TaskId')

/**
 * Bare metal EIP, `bmeip` 2018-06-25.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (bmeip/v20180625) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const bmeip = {
  service: 'bmeip',
  version: '2018-06-25',
  submits: {
    // Named as DescribeEipTask, or by its title ("查询EIP任务状态").
    BindHosted: describeEipTask,
    BindRs: describeEipTask,
    BindVpcIp: describeEipTask,
    CreateEip: describeEipTask,
    DeleteEip: describeEipTask,
    ModifyEipCharge: describeEipTask,
    UnbindHosted: describeEipTask,
    UnbindRs: describeEipTask,
    UnbindRsList: describeEipTask,
    UnbindVpcIp: describeEipTask,
  },
  queries: {
    // DescribeEipTaskResponse.Status: "当前任务状态码：0-成功，1-失败，2-进行中"
    DescribeEipTask: query({
      parameter: 'TaskId',
      parameterType: 'number',
      state: ['Status'],
      succeeded: ['0'],
      failed: ['1'],
      inProgress: ['2'],
    }),
  },
} as const satisfies Service
