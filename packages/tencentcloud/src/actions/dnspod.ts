import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const describeFileInfoByJobId = byMember('DescribeFileInfoByJobId', 'JobId')

/**
 * DNSPod, `dnspod` 2021-03-23.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (dnspod/v20210323) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const dnspod = {
  service: 'dnspod',
  version: '2021-03-23',
  submits: {
    // The query is for the file that a "批量任务" makes. EXPIRED is left out: it does not tell how the task
    // ended.
    CreateDomainsAnalyticsFile: describeFileInfoByJobId,
    CreateSubDomainsAnalyticsFile: describeFileInfoByJobId,
  },
  queries: {
    // FileInfo.Status: "文件状态。 OK：已完成 RUNNING：正在生成中 ERROR：生成失败 CANCELED：文件已取消生成
    // CANCELING：文件正在取消生成 EXPIRED：文件已过期"
    DescribeFileInfoByJobId: query({
      parameter: 'JobId',
      parameterType: 'number',
      state: ['FileInfo', 'Status'],
      succeeded: ['OK'],
      failed: ['ERROR', 'CANCELED'],
      inProgress: ['RUNNING', 'CANCELING'],
    }),
  },
} as const satisfies Service
