import type { Service } from './Service.js'

const describeTaskDetail = {
  task: { _tag: 'Member', path: ['TaskId'] },
  query: 'DescribeTaskDetail',
} as const

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
    DescribeTaskDetail: {
      parameter: 'TaskId',
      parameterType: 'string',
      requires: ['Platform'],
      output: ['ErrMsg'],
      state: ['Status'],
      succeeded: ['SUCCESS'],
      failed: ['FAIL'],
      inProgress: ['PROCESSING'],
    },
  },
} as const satisfies Service
