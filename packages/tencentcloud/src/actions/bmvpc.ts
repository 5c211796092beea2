import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const describeTaskStatus = byMember('DescribeTaskStatus', 'TaskId')

/**
 * Bare metal VPC, `bmvpc` 2018-06-25.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (bmvpc/v20180625) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const bmvpc = {
  service: 'bmvpc',
  version: '2018-06-25',
  submits: {
    // The service has one query for this id; its doc comments are about any task.
    AcceptVpcPeerConnection: describeTaskStatus,
    AsyncRegisterIps: describeTaskStatus,
    BindEipsToNatGateway: describeTaskStatus,
    BindIpsToNatGateway: describeTaskStatus,
    BindSubnetsToNatGateway: describeTaskStatus,
    CreateDockerSubnetWithVlan: describeTaskStatus,
    CreateHostedInterface: describeTaskStatus,
    CreateInterfaces: describeTaskStatus,
    CreateNatGateway: describeTaskStatus,
    CreateRoutePolicies: describeTaskStatus,
    CreateSubnet: describeTaskStatus,
    CreateVirtualSubnetWithVlan: describeTaskStatus,
    CreateVpc: describeTaskStatus,
    CreateVpcPeerConnection: describeTaskStatus,
    DeleteHostedInterface: describeTaskStatus,
    DeleteHostedInterfaces: describeTaskStatus,
    DeleteInterfaces: describeTaskStatus,
    DeleteNatGateway: describeTaskStatus,
    DeleteRoutePolicy: describeTaskStatus,
    DeleteSubnet: describeTaskStatus,
    DeleteVirtualIp: describeTaskStatus,
    DeleteVpc: describeTaskStatus,
    DeleteVpcPeerConnection: describeTaskStatus,
    DeleteVpnConnection: describeTaskStatus,
    DeleteVpnGateway: describeTaskStatus,
    ModifyRoutePolicy: describeTaskStatus,
    ModifyVpcPeerConnection: describeTaskStatus,
    ModifyVpnConnectionAttribute: describeTaskStatus,
    RejectVpcPeerConnection: describeTaskStatus,
    UnbindEipsFromNatGateway: describeTaskStatus,
    UnbindIpsFromNatGateway: describeTaskStatus,
    UnbindSubnetsFromNatGateway: describeTaskStatus,
    UpgradeNatGateway: describeTaskStatus,
  },
  queries: {
    // DescribeTaskStatusResponse.Status: "任务状态，其中0表示任务执行成功，1表示任务执行失败，2表示任务正在
    // 执行中"
    DescribeTaskStatus: query({
      parameter: 'TaskId',
      parameterType: 'number',
      state: ['Status'],
      succeeded: ['0'],
      failed: ['1'],
      inProgress: ['2'],
    }),
  },
} as const satisfies Service
