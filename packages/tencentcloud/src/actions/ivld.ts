import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

/**
 * Video labelling, `ivld` 2021-09-03.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (ivld/v20210903) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const ivld = {
  service: 'ivld',
  version: '2021-09-03',
  submits: {
    // DescribeTask takes "CreateTask返回的任务ID"; DescribeVideoSummaryDetail has the name of the
    // submission.
    CreateTask: byMember('DescribeTask', 'TaskId'),
    CreateVideoSummaryTask: byMember('DescribeVideoSummaryDetail', 'TaskId'),
  },
  queries: {
    // TaskInfo.TaskStatus: "TASK_STATUS_INVALID 0 非法的任务状态 TASK_STATUS_WAITING 1 排队中
    // TASK_STATUS_ANALYSING 2 任务分析中 TASK_STATUS_ANALYSED 3 任务分析完成 TASK_STATUS_SNAPSHOT_CREATING
    // 4 任务结果快照生成中 TASK_STATUS_SNAPSHOT_CREATED 5 任务结果快照生成完成 TASK_STATUS_RESULT_UPLOADING
    // 6…"
    DescribeTask: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['TaskInfo', 'TaskStatus'],
      succeeded: ['8'],
      failed: ['9'],
      inProgress: ['1', '2', '3', '4', '5', '6', '7'],
      output: ['TaskInfo', 'FailedReason'],
    }),
    // DescribeVideoSummaryDetailResponse.Status: "任务的状态 1: 等待处理中 2: 处理中 3: 处理成功 4: 处理失败
    // "
    DescribeVideoSummaryDetail: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['3'],
      failed: ['4'],
      inProgress: ['1', '2'],
      output: ['FailedReason'],
    }),
  },
} as const satisfies Service
