import { byMember, queryWith, withToken } from './rows.js'
import type { Service } from './Service.js'

const describeClusterFlowStatusDetail = byMember('DescribeClusterFlowStatusDetail', 'FlowId')
const describeClusterFlowStatusDetailWithToken = withToken(
  byMember('DescribeClusterFlowStatusDetail', 'FlowId'),
  300,
)

/**
 * Elastic MapReduce, `emr` 2019-01-03.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (emr/v20190103) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const emr = {
  service: 'emr',
  version: '2019-01-03',
  submits: {
    // DeployYarnConf names the query; FlowParam: "FlowId： 通过FlowId查询".
    AttachDisks: describeClusterFlowStatusDetail,
    CreateDynamicInstance: describeClusterFlowStatusDetail,
    DeleteGroupsSTD: describeClusterFlowStatusDetail,
    DeleteUserManagerUserList: describeClusterFlowStatusDetail,
    DeployYarnConf: describeClusterFlowStatusDetail,
    InstallSoftware: describeClusterFlowStatusDetail,
    ModifyDynamicInstance: describeClusterFlowStatusDetail,
    ModifyPodNum: describeClusterFlowStatusDetail,
    ModifyServiceParamsByExportConfs: describeClusterFlowStatusDetail,
    ModifyUserGroup: describeClusterFlowStatusDetail,
    ModifyUserManagerPwd: describeClusterFlowStatusDetail,
    ModifyUsersOfGroupSTD: describeClusterFlowStatusDetail,
    ResizeDataDisks: describeClusterFlowStatusDetail,
    ScaleOutCluster: describeClusterFlowStatusDetailWithToken,
    ScaleOutInstance: describeClusterFlowStatusDetailWithToken,
    TerminateClusterNodes: describeClusterFlowStatusDetail,
    TerminateDynamicInstances: describeClusterFlowStatusDetail,
  },
  queries: {
    // DescribeClusterFlowStatusDetailResponse.FlowTotalStatus: "定义流程总状态： 0:初始化， 1:运行中， 2:完
    // 成， 3:完成（存在跳过步骤）， -1:失败， -3:阻塞，"
    DescribeClusterFlowStatusDetail: queryWith(['InstanceId'], {
      parameter: 'FlowParam.FValue',
      parameterType: 'string',
      fixedParameters: { 'FlowParam.FKey': 'FlowId' },
      state: ['FlowTotalStatus'],
      succeeded: ['2', '3'],
      failed: ['-1'],
      inProgress: ['0', '1', '-3'],
    }),
  },
} as const satisfies Service
