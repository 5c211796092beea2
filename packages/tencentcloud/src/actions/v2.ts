/**
 * The actions of API 2.0 that tell the state of a task, as data. Their responses all have the state at `data.status`: 0 succeeded,
 * 1 failed, 2 in progress.
 *
 * Left out, because their responses differ or are not documented: `QueryNatGatewayProductionStatus` (asks with a `billId`, tells an
 * `errorCode`), `DescribeTaskInfo` of redis, `DescriptionOperationResult` of bm, `GetTaskResult` of cns.
 *
 * @since 0.1.0
 */

/**
 * An action of API 2.0 that tells the state of a task at `data.status`.
 *
 * @category model
 * @since 0.1.0
 */
export interface V2StatusAction {
  /** The parameter for the task id. */
  readonly parameter: string
  /** Whether the parameter takes only the digits of an integer. */
  readonly parameterType: 'integer' | 'string'
}

/**
 * The known actions of API 2.0 that tell the state of a task, by name.
 *
 * @category data
 * @since 0.1.0
 */
export const v2StatusActions = {
  // https://www.tencentcloud.com/document/product/214/4007: requestId, Int
  DescribeLoadBalancersTaskResult: { parameter: 'requestId', parameterType: 'integer' },
  // QcloudApi/qcloudcli, qcloudsdkbmlb and qcloudsdklb
  DescribeBmLoadBalancersTaskResult: { parameter: 'requestId', parameterType: 'string' },
  // QcloudApi/qcloudcli, qcloudsdkvpc; zqfan/tencentcloud-sdk-go, services/vpc: taskId, Int
  DescribeVpcTaskResult: { parameter: 'taskId', parameterType: 'integer' },
  // PROTOCOL.md, section 4
  DescribeNetTaskResult: { parameter: 'taskId', parameterType: 'string' },
  // PROTOCOL.md, section 4; named in the types of tencentcloud-sdk-nodejs, ckafka
  CheckTaskStatus: { parameter: 'flowId', parameterType: 'string' },
  // QcloudApi/qcloudcli, qcloudsdkbmvpc
  QueryBmTaskResult: { parameter: 'taskId', parameterType: 'string' },
  // tencentyun/qcloud-documents, 黑石物理服务器/私有网络相关接口/查询NAT网关的操作状态.md: taskId, String
  QueryBmNatGatewayProductionStatus: { parameter: 'taskId', parameterType: 'string' },
  // tencentyun/qcloud-documents, 弹性公网IP相关接口/查询EIP任务状态.md; QcloudApi/qcloudcli, qcloudsdkbmeip
  EipBmQueryTask: { parameter: 'requestId', parameterType: 'string' },
  // tencentyun/qcloud-documents, sqlserver
  GetFlowStatus: { parameter: 'flowId', parameterType: 'string' },
  // tencentyun/qcloud-documents, 云数据库TDSQL/0英文文档/查询流程状态_en.md
  CdbTdsqlGetFlowInfo: { parameter: 'flowId', parameterType: 'string' },
} as const satisfies Readonly<Record<string, V2StatusAction>>
