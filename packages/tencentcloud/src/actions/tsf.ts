import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

/**
 * Service framework, `tsf` 2018-03-26.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (tsf/v20180326) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const tsf = {
  service: 'tsf',
  version: '2018-03-26',
  submits: {
    // The query takes "容器实例任务ID", got by "部署容器应用".
    DeployContainerApplication: byMember('DescribeResourceTaskStatus', 'Result', 'TaskId'),
  },
  queries: {
    // ResourceTaskStatusResult.TaskStatus: "变更状态： - `0`：成功 - `1`：失败 - `2`：执行中"
    DescribeResourceTaskStatus: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Result', 'TaskStatus'],
      succeeded: ['0'],
      failed: ['1'],
      inProgress: ['2'],
    }),
  },
} as const satisfies Service
