import type { V2QueryAction } from './Service.js'

/** Most of the actions tell the state in the same words. */
const dataStatus = {
  state: ['data', 'status'],
  succeeded: ['0'],
  failed: ['1'],
  inProgress: ['2'],
} as const

const byRequestId = { parameter: 'requestId', parameterType: 'number', ...dataStatus } as const
const byFlowId = { parameter: 'flowId', parameterType: 'number', ...dataStatus } as const
const byTaskIdText = { parameter: 'taskId', parameterType: 'string', ...dataStatus } as const

/**
 * The actions of API 2.0 that tell the state of a task, by module: the module of the host `lb.api.qcloud.com` is `lb`. The same
 * action may respond differently at different modules, so pass those of the module that you call:
 * `cloud.v2(endpoint, { queries: v2Queries.lb })`.
 *
 * Sources: the pages of github tencentyun/qcloud-documents under `api/`, and the hosts in QcloudApi/qcloudcli ba16161, as noted
 * for each.
 *
 * @category services
 * @since 0.1.0
 */
export const v2Queries = {
  lb: {
    // Page 214/4007: data.status "Current task status. 0: successful; 1: failed; 2: in progress."
    DescribeLoadBalancersTaskResult: byRequestId,
    // Page 386/9308: data.status "Current task status. 0: Successful; 1: Failed; 2: In progress."
    DescribeBmLoadBalancersTaskResult: byRequestId,
  },
  bmlb: {
    // The same page; the host is in qcloudcli, qcloudsdkbmlb.
    DescribeBmLoadBalancersTaskResult: byRequestId,
  },
  vpc: {
    // Its page: taskId Int, data.status "0: Succeeded; 1: Failed; 2: In progress."; data.output as Go clients read it.
    DescribeVpcTaskResult: {
      parameter: 'taskId',
      parameterType: 'number',
      ...dataStatus,
      output: ['data', 'output', 'errorMsg'],
    },
    // 计算与网络/私有网络/NAT网关相关接口/查询NAT网关的操作状态.md: billId String, data.status "生产结果：0: 成功, 1:失败, 2:进行中"
    QueryNatGatewayProductionStatus: {
      parameter: 'billId',
      parameterType: 'string',
      ...dataStatus,
      output: ['data', 'errorCode'],
    },
    // PROTOCOL.md, section 4; no page of the vendor found
    DescribeNetTaskResult: byTaskIdText,
    // An older page than that of bmvpc below: data.result "0为正在进行，1为执行成功，2为执行失败"
    QueryBmNatGatewayProductionStatus: {
      parameter: 'taskId',
      parameterType: 'string',
      state: ['data', 'result'],
      succeeded: ['1'],
      failed: ['2'],
      inProgress: ['0'],
    },
  },
  bmvpc: {
    // 计算与网络/黑石物理服务器/私有网络相关接口/查询任务状态.md: data.status "0为执行成功，1为执行失败，2为正在执行中"
    QueryBmTaskResult: byTaskIdText,
    // 计算与网络/黑石物理服务器/私有网络相关接口/查询NAT网关的操作状态.md: data.status, in the same words
    QueryBmNatGatewayProductionStatus: byTaskIdText,
  },
  bmeip: {
    // 计算与网络/黑石物理服务器/弹性公网IP相关接口/查询EIP任务状态.md: data.status "0-成功，1-失败，2-进行中"
    EipBmQueryTask: byRequestId,
  },
  ckafka: {
    // PROTOCOL.md, section 4; named in the types of tencentcloud-sdk-nodejs, ckafka CreateInstancePostData.FlowId
    CheckTaskStatus: { ...byFlowId, parameterType: 'string' },
  },
  sqlserver: {
    // Its page: flowId Int, status "0: Successful. 1: Failed. 2: In progress"; the sample has "0", a string.
    GetFlowStatus: byFlowId,
  },
  tdsql: {
    // 数据库/云数据库TDSQL/0英文文档/查询流程状态_en.md: data.status "0: Successful; 1: Failed; 2: In progress"
    CdbTdsqlGetFlowInfo: byFlowId,
  },
  bm: {
    // Its page: status "1 Succeeded 2 Failed 3 Partially succeeded, partially failed 4 Incomplete 5 Partially succeeded,
    // partially incomplete 6 Partially incomplete, partially failed 7 Partially incomplete, partially failed, partially
    // succeeded"
    DescriptionOperationResult: {
      parameter: 'taskId',
      parameterType: 'number',
      state: ['data', 'status'],
      succeeded: ['1'],
      failed: ['2', '3'],
      inProgress: ['4', '5', '6', '7'],
    },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, V2QueryAction>>>>
