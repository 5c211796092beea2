import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

/**
 * Container security, `tcss` 2020-11-01.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (tcss/v20201101) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const tcss = {
  service: 'tcss',
  version: '2020-11-01',
  submits: {
    // The doc comments of the types name the query.
    CreateExportComplianceStatusListJob: byMember('DescribeExportJobResult', 'JobId'),
    // The query has the name of the submission.
    CreateVirusScanTask: byMember('DescribeVirusScanTaskStatus', 'TaskID'),
  },
  queries: {
    // DescribeExportJobResultResponse.ExportStatus: "导出的状态。取值为, SUCCESS:成功、FAILURE:失败，
    // RUNNING: 进行中。"
    DescribeExportJobResult: query({
      parameter: 'JobId',
      parameterType: 'string',
      state: ['ExportStatus'],
      succeeded: ['SUCCESS'],
      failed: ['FAILURE'],
      inProgress: ['RUNNING'],
      output: ['FailureMsg'],
    }),
    // DescribeVirusScanTaskStatusResponse.Status: "扫描状态 任务状态: SCAN_NONE:无， SCAN_SCANNING:正在扫描
    // 中， SCAN_FINISH：扫描完成， SCAN_TIMEOUT：扫描超时 SCAN_CANCELING: 取消中 SCAN_CANCELED:已取消"
    DescribeVirusScanTaskStatus: query({
      parameter: 'TaskID',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['SCAN_FINISH'],
      failed: ['SCAN_TIMEOUT', 'SCAN_CANCELED'],
      inProgress: ['SCAN_SCANNING', 'SCAN_CANCELING'],
    }),
  },
} as const satisfies Service
