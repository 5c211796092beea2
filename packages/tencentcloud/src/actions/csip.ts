import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const exportTasks = byMember('ExportTasks', 'TaskId')
const describeVulFixTaskDetail = byMember('DescribeVulFixTaskDetail', 'TaskId')

/**
 * Cloud security center, `csip` 2022-11-21.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (csip/v20221121) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const csip = {
  service: 'csip',
  version: '2022-11-21',
  submits: {
    // The doc comments of the types name the query.
    CreateEdrLessAlertExportJob: exportTasks,
    ExportClientSettingHostList: exportTasks,
    ExportEDRRules: exportTasks,
    // The query takes the same "修复任务ID".
    CreateVulFixRetryTask: describeVulFixTaskDetail,
    CreateVulFixTask: describeVulFixTaskDetail,
  },
  queries: {
    // VulFixTaskInfo.FixStatus: "修复状态 枚举值： 0：初始化 1：修复中 2：修复成功 3：部分修复失败 4：全部修
    // 复失败 5：停止修复"
    DescribeVulFixTaskDetail: query({
      parameter: 'TaskId',
      parameterType: 'number',
      state: ['TaskInfo', 'FixStatus'],
      succeeded: ['2'],
      failed: ['3', '4', '5'],
      inProgress: ['0', '1'],
    }),
    // ExportTasksResponse.Status: "PENDING：正在生成下载链接，FINISHED：下载链接已生成，ERROR：网络异常等异
    // 常情况"
    ExportTasks: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['FINISHED'],
      failed: ['ERROR'],
      inProgress: ['PENDING'],
    }),
  },
} as const satisfies Service
