import { byRequestId, query, withToken } from './rows.js'
import type { Service } from './Service.js'

const describeAsyncJobsWithToken = withToken(byRequestId('DescribeAsyncJobs'))
const describeAsyncJobs = byRequestId('DescribeAsyncJobs')

/**
 * Application load balancer, `alb` 2025-10-30.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (alb/v20251030) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const alb = {
  service: 'alb',
  version: '2025-10-30',
  submits: {
    // "属于异步接口，即系统返回一个请求ID"; DescribeAsyncJobs takes "异步请求返回的RequestId列表".
    AssociateListenerAdditionalCertificates: describeAsyncJobsWithToken,
    DeleteLoadBalancers: describeAsyncJobsWithToken,
    DisassociateListenerAdditionalCertificates: describeAsyncJobsWithToken,
    ModifyLoadBalancerAddressType: describeAsyncJobs,
    ModifyLoadBalancerAttributes: describeAsyncJobsWithToken,
    // The doc comments of the types name the query.
    CreateRules: describeAsyncJobsWithToken,
    DeleteRules: describeAsyncJobs,
    ModifyRulesAttributes: describeAsyncJobs,
  },
  queries: {
    // Job.Status: "任务状态。取值：Processing、Succeeded、Failed。"
    DescribeAsyncJobs: query({
      parameter: 'RequestIds',
      parameterType: 'stringArray',
      fixedParameters: { MaxResults: 100 },
      list: { path: ['Jobs'], idMember: 'RequestId' },
      state: ['Status'],
      succeeded: ['Succeeded'],
      failed: ['Failed'],
      inProgress: ['Processing'],
      maxTasksPerQuery: 20,
    }),
  },
} as const satisfies Service
