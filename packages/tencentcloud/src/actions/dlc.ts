import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

/**
 * Data lake, `dlc` 2021-01-25.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (dlc/v20210125) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const dlc = {
  service: 'dlc',
  version: '2021-01-25',
  submits: {
    // The query tells of one SQL task, which CreateTask starts.
    CreateTask: byMember('DescribeTaskResult', 'TaskId'),
  },
  queries: {
    // TaskResultInfo.State: "任务当前的状态，0：初始化 1：任务运行中 2：任务执行成功 3：数据写入中 4：排队中
    // -1：任务执行失败 -3：用户手动终止 。只有任务执行成功的情况下，才会返回任务执行的结果"
    DescribeTaskResult: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['TaskInfo', 'State'],
      succeeded: ['2'],
      failed: ['-1', '-3'],
      inProgress: ['0', '1', '3', '4'],
      output: ['TaskInfo', 'OutputMessage'],
    }),
  },
} as const satisfies Service
