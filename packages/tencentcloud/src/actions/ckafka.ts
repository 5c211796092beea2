import { byMember, query, withResultCode } from './rows.js'
import type { Service } from './Service.js'

const describeTaskStatus = withResultCode(byMember('DescribeTaskStatus', 'Result', 'Data', 'FlowId'), {
  path: ['Result', 'ReturnCode'],
  accepted: ['0'],
  message: ['Result', 'ReturnMessage'],
})

/**
 * CKafka, `ckafka` 2019-08-19.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (ckafka/v20190819) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const ckafka = {
  service: 'ckafka',
  version: '2019-08-19',
  submits: {
    // Result is a JgwOperateResponse, whose Data has a FlowId if the action starts a task ("可能有flowId等
    // "). It has its own ReturnCode: "0为正常，非0为错误".
    BatchModifyGroupOffsets: describeTaskStatus,
    CreateAcl: describeTaskStatus,
    CreateConsumer: describeTaskStatus,
    CreatePartition: describeTaskStatus,
    CreateRoute: describeTaskStatus,
    CreateThrottleRule: describeTaskStatus,
    CreateTopicIpWhiteList: describeTaskStatus,
    CreateUser: describeTaskStatus,
    DeleteAcl: describeTaskStatus,
    DeleteDatahubTopic: describeTaskStatus,
    DeleteGroup: describeTaskStatus,
    DeleteGroupSubscribeTopic: describeTaskStatus,
    DeleteRoute: describeTaskStatus,
    DeleteThrottleRule: describeTaskStatus,
    DeleteTopic: describeTaskStatus,
    DeleteUser: describeTaskStatus,
    ModifyDatahubTopic: describeTaskStatus,
    ModifyGroupOffsets: describeTaskStatus,
    ModifyInstanceAttributes: describeTaskStatus,
    ModifyPassword: describeTaskStatus,
    ModifyRoutineMaintenanceTask: describeTaskStatus,
    ModifyThrottleRule: describeTaskStatus,
    ModifyTopicAttributes: describeTaskStatus,
    UpgradeBrokerVersion: describeTaskStatus,
    // "删除实例返回的任务Id"
    DeleteInstancePost: byMember('DescribeTaskStatus', 'Result', 'FlowId'),
  },
  queries: {
    // TaskStatusResponse.Status: "任务状态: 0 成功 1 失败 2 进行中"
    DescribeTaskStatus: query({
      parameter: 'FlowId',
      parameterType: 'number',
      state: ['Result', 'Status'],
      succeeded: ['0'],
      failed: ['1'],
      inProgress: ['2'],
      output: ['Result', 'Output'],
    }),
  },
} as const satisfies Service
