import { byMember, byRequestId, query, withToken } from './rows.js'
import type { Service } from './Service.js'

const describeTaskResult = byMember('DescribeTaskResult', 'TaskId')
const describeVpcTaskResultByRequestIdWithToken = withToken(byRequestId('DescribeVpcTaskResult'))
const describeVpcTaskResultByRequestId = byRequestId('DescribeVpcTaskResult')
const describeVpcTaskResultByTaskId = byMember('DescribeVpcTaskResult', 'TaskId')

/**
 * Private network, `vpc` 2017-03-12.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (vpc/v20170312) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const vpc = {
  service: 'vpc',
  version: '2017-03-12',
  submits: {
    // The doc comments of the types name the query.
    AdjustPublicAddress: describeTaskResult,
    AllocateAddresses: withToken(byMember('DescribeTaskResult', 'TaskId')),
    AllocateIPv6Addresses: describeTaskResult,
    AllocateIp6AddressesBandwidth: describeTaskResult,
    AssignIpv6Addresses: describeVpcTaskResultByRequestIdWithToken,
    AssignPrivateIpAddresses: describeVpcTaskResultByRequestIdWithToken,
    AssociateAddress: describeTaskResult,
    AssociateDhcpIpWithAddressIp: describeVpcTaskResultByRequestId,
    AttachClassicLinkVpc: describeVpcTaskResultByRequestId,
    AttachNetworkInterface: describeVpcTaskResultByRequestIdWithToken,
    CreateAndAttachNetworkInterface: describeVpcTaskResultByRequestIdWithToken,
    CreateNetworkInterface: describeVpcTaskResultByRequestIdWithToken,
    CreateVpnConnection: describeVpcTaskResultByRequestId,
    DeleteAddressTemplate: describeVpcTaskResultByRequestId,
    DeleteAddressTemplateGroup: describeVpcTaskResultByRequestId,
    DeleteDhcpIp: describeVpcTaskResultByRequestId,
    DeleteHaVip: describeVpcTaskResultByRequestId,
    DeleteNetworkInterface: describeVpcTaskResultByRequestId,
    DeleteServiceTemplate: describeVpcTaskResultByRequestId,
    DeleteServiceTemplateGroup: describeVpcTaskResultByRequestId,
    DetachClassicLinkVpc: describeVpcTaskResultByRequestId,
    DetachNetworkInterface: describeVpcTaskResultByRequestIdWithToken,
    DisassociateAddress: describeTaskResult,
    DisassociateDhcpIpWithAddressIp: describeVpcTaskResultByRequestId,
    HaVipAssociateAddressIp: describeVpcTaskResultByRequestId,
    HaVipDisassociateAddressIp: describeVpcTaskResultByRequestId,
    MigrateNetworkInterface: describeVpcTaskResultByRequestId,
    MigratePrivateIpAddress: describeVpcTaskResultByRequestId,
    ModifyAddressTemplateAttribute: describeVpcTaskResultByRequestId,
    ModifyAddressTemplateGroupAttribute: describeVpcTaskResultByRequestId,
    ModifyAddressesBandwidth: describeTaskResult,
    ModifyServiceTemplateAttribute: describeVpcTaskResultByRequestId,
    ModifyServiceTemplateGroupAttribute: describeVpcTaskResultByRequestId,
    ReleaseAddresses: describeTaskResult,
    ReleaseIp6AddressesBandwidth: describeTaskResult,
    TransformAddress: describeTaskResult,
    UnassignIpv6Addresses: describeVpcTaskResultByRequestId,
    UnassignPrivateIpAddresses: describeVpcTaskResultByRequestId,
    // Not in the types: the query that terraform-provider-tencentcloud f6970a9 sends with this id.
    AssociateNatGatewayAddress: describeVpcTaskResultByRequestId,
    CreateVpnGatewaySslClient: describeVpcTaskResultByTaskId,
    CreateVpnGatewaySslServer: describeVpcTaskResultByTaskId,
    DeleteVpnGatewaySslClient: describeVpcTaskResultByTaskId,
    DeleteVpnGatewaySslServer: describeVpcTaskResultByTaskId,
    DisableVpnGatewaySslClientCert: describeVpcTaskResultByTaskId,
    DisassociateNatGatewayAddress: describeVpcTaskResultByRequestId,
    EnableVpnGatewaySslClientCert: describeVpcTaskResultByTaskId,
    ModifyVpnGatewaySslServer: describeVpcTaskResultByTaskId,
    // Its siblings, for the same addresses, name the query.
    ModifyIp6AddressesBandwidth: describeTaskResult,
  },
  queries: {
    // DescribeTaskResultResponse.Result: "执行结果，包括"SUCCESS"：异步任务执行成功, "FAILED"：异步任务执行
    // 失败, "RUNNING"：异步任务执行中"
    DescribeTaskResult: query({
      parameter: 'TaskId',
      parameterType: 'number',
      state: ['Result'],
      succeeded: ['SUCCESS'],
      failed: ['FAILED'],
      inProgress: ['RUNNING'],
    }),
    // DescribeVpcTaskResultResponse.Status: "异步任务执行结果。结果：SUCCESS、FAILED、RUNNING。3者其中之一。
    // 其中SUCCESS表示任务执行成功，FAILED表示任务执行失败，RUNNING表示任务执行中。"
    DescribeVpcTaskResult: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['SUCCESS'],
      failed: ['FAILED'],
      inProgress: ['RUNNING'],
      output: ['Output'],
    }),
  },
} as const satisfies Service
