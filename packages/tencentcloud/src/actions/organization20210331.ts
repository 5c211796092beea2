import { byMember, queryWith } from './rows.js'
import type { Service } from './Service.js'

const getTaskStatus = byMember('GetTaskStatus', 'Task', 'TaskId')

/**
 * Organization, `organization` 2021-03-31.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (organization/v20210331) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const organization20210331 = {
  service: 'organization',
  version: '2021-03-31',
  submits: {
    // TaskStatus.TaskType lists these.
    DeleteRoleAssignment: getTaskStatus,
    DismantleRoleConfiguration: getTaskStatus,
    ProvisionRoleConfiguration: getTaskStatus,
  },
  queries: {
    // TaskStatus.Status: "任务状态。取值： InProgress：任务执行中。 Success：任务执行成功。 Failed：任务执行
    // 失败。"
    GetTaskStatus: queryWith(['ZoneId'], {
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['TaskStatus', 'Status'],
      succeeded: ['Success'],
      failed: ['Failed'],
      inProgress: ['InProgress'],
      output: ['TaskStatus', 'FailureReason'],
    }),
  },
} as const satisfies Service
