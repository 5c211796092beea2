import { byMember, queryWith } from './rows.js'
import type { Service } from './Service.js'

const describeTaskDetail = byMember('DescribeTaskDetail', 'TaskId')

/**
 * Media editing, `cme` 2019-10-29.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (cme/v20191029) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const cme = {
  service: 'cme',
  version: '2019-10-29',
  submits: {
    // DescribeTaskDetail tells of exports (TaskType VIDEO_EDIT_PROJECT_EXPORT).
    ExportVideoByEditorTrackData: describeTaskDetail,
    ExportVideoByTemplate: describeTaskDetail,
    ExportVideoByVideoSegmentationData: describeTaskDetail,
    ExportVideoEditProject: describeTaskDetail,
  },
  queries: {
    // DescribeTaskDetailResponse.Status: "任务状态，取值有： PROCESSING：处理中： SUCCESS：成功； FAIL：失败
    // 。"
    DescribeTaskDetail: queryWith(['Platform'], {
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['SUCCESS'],
      failed: ['FAIL'],
      inProgress: ['PROCESSING'],
      output: ['ErrMsg'],
    }),
  },
} as const satisfies Service
