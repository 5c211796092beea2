import { byMember, queryWith } from './rows.js'
import type { Service } from './Service.js'

const describeTaskResult = byMember('DescribeTaskResult', 'TaskId')

/**
 * Edge computing, `ecm` 2019-07-19.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (ecm/v20190719) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const ecm = {
  service: 'ecm',
  version: '2019-07-19',
  submits: {
    // The doc comments of the types name the query.
    AllocateAddresses: describeTaskResult,
    AssociateAddress: describeTaskResult,
    DisassociateAddress: describeTaskResult,
    ReleaseAddresses: describeTaskResult,
    ReleaseIpv6Addresses: describeTaskResult,
    // The query is for "EIP异步任务".
    ModifyAddressesBandwidth: describeTaskResult,
  },
  queries: {
    // DescribeTaskResultResponse.Result: "执行结果，包括"SUCCESS", "FAILED", "RUNNING""
    DescribeTaskResult: queryWith(['EcmRegion'], {
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Result'],
      succeeded: ['SUCCESS'],
      failed: ['FAILED'],
      inProgress: ['RUNNING'],
    }),
  },
} as const satisfies Service
