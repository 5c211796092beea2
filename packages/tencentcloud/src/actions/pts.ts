import { byMember, queryWith } from './rows.js'
import type { Service } from './Service.js'

/**
 * Performance testing, `pts` 2021-07-28.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (pts/v20210728) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const pts = {
  service: 'pts',
  version: '2021-07-28',
  submits: {
    // The query takes "任务ID数组".
    StartJob: byMember('DescribeJobs', 'JobId'),
  },
  queries: {
    // Job.Status: "任务的运行状态, JobUnknown: 0,JobCreated:1,JobPending:2,
    // JobPreparing:3,JobSelectClustering:4,JobCreateTasking:5,JobSyncTasking:6
    // JobRunning:11,JobFinished:12,JobPrepareException:13,JobFinishException:14,JobAborting:15,JobAborted:16,JobA
    // …"
    DescribeJobs: queryWith(['ScenarioIds', 'ProjectIds'], {
      parameter: 'JobIds',
      parameterType: 'stringArray',
      list: { path: ['JobSet'], idMember: 'JobId' },
      state: ['Status'],
      succeeded: ['12'],
      failed: ['13', '14', '16', '17', '18', '19', '20', '21'],
      inProgress: ['1', '2', '3', '4', '5', '6', '11', '15'],
    }),
  },
} as const satisfies Service
