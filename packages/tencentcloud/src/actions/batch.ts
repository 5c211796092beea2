import { byMember, query, withToken } from './rows.js'
import type { Service } from './Service.js'

/**
 * Batch compute, `batch` 2017-03-12.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (batch/v20170312) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const batch = {
  service: 'batch',
  version: '2017-03-12',
  submits: {
    // The doc comments name DescribeJob, whose JobState has no documented values; DescribeJobs tells the
    // same of the same job.
    SubmitJob: withToken(byMember('DescribeJobs', 'JobId')),
  },
  queries: {
    // JobView.JobState: "作业状态: - SUBMITTED：已提交； - PENDING：等待中； - RUNNABLE：可运行； - STARTING
    // ：启动中； - RUNNING：运行中； - SUCCEED：成功； - FAILED：失败； - FAILED_INTERRUPTED：失败后保留实例
    // 。"
    DescribeJobs: query({
      parameter: 'JobIds',
      parameterType: 'stringArray',
      list: { path: ['JobSet'], idMember: 'JobId' },
      state: ['JobState'],
      succeeded: ['SUCCEED'],
      failed: ['FAILED', 'FAILED_INTERRUPTED'],
      inProgress: ['SUBMITTED', 'PENDING', 'RUNNABLE', 'STARTING', 'RUNNING'],
      maxTasksPerQuery: 20,
    }),
  },
} as const satisfies Service
