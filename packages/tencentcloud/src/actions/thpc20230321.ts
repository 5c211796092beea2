import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

/**
 * High performance computing, `thpc` 2023-03-21.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (thpc/v20230321) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const thpc20230321 = {
  service: 'thpc',
  version: '2023-03-21',
  submits: {
    // The query takes the same "作业任务ID".
    SubmitJob: byMember('DescribeJobs', 'JobId'),
  },
  queries: {
    // JobView.JobState: "作业状态，包括CREATED, QUEING, STARTNG, RUNING, TERMINATING, TERMINATED, SUCCESS,
    // FAILED"
    DescribeJobs: query({
      parameter: 'JobIds',
      parameterType: 'stringArray',
      list: { path: ['JobSet'], idMember: 'JobId' },
      state: ['JobState'],
      succeeded: ['SUCCESS'],
      failed: ['FAILED', 'TERMINATED'],
      inProgress: ['CREATED', 'QUEING', 'STARTNG', 'RUNING', 'TERMINATING'],
      maxTasksPerQuery: 20,
    }),
  },
} as const satisfies Service
