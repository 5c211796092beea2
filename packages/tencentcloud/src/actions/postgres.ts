import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const describeTasks = byMember('DescribeTasks', 'TaskId')

/**
 * TencentDB for PostgreSQL, `postgres` 2017-03-12.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (postgres/v20170312) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const postgres = {
  service: 'postgres',
  version: '2017-03-12',
  submits: {
    // The doc comments name the query, or are about any task.
    AddDBInstanceToReadOnlyGroup: describeTasks,
    CloseDBExtranetAccess: describeTasks,
    CloseDBProxyAddress: describeTasks,
    CloseMem0Service: describeTasks,
    ClosePostgRESTService: describeTasks,
    CreateDBInstanceNetworkAccess: describeTasks,
    CreateDBProxyAddress: describeTasks,
    CreateReadOnlyGroup: describeTasks,
    CreateReadOnlyGroupNetworkAccess: describeTasks,
    DeleteDBInstanceNetworkAccess: describeTasks,
    DeleteReadOnlyGroupNetworkAccess: describeTasks,
    ModifyDBInstanceDeployment: describeTasks,
    ModifyDBInstanceParameters: describeTasks,
    ModifyDBInstanceReadOnlyGroup: describeTasks,
    ModifyDBInstanceSSLConfig: describeTasks,
    ModifyDBProxyAddress: describeTasks,
    OpenDBExtranetAccess: describeTasks,
    OpenMem0Service: describeTasks,
    OpenPostgRESTService: describeTasks,
    RemoveDBInstanceFromReadOnlyGroup: describeTasks,
    RestartDBInstance: describeTasks,
    RestoreDBInstanceObjects: describeTasks,
    SwitchDBInstancePrimary: describeTasks,
    UpgradeDBInstanceKernelVersion: describeTasks,
    UpgradeDBInstanceMajorVersion: describeTasks,
    // DescribeTasks: "其余云API中返回的FlowId和TaskId等价".
    DeleteReadOnlyGroup: byMember('DescribeTasks', 'FlowId'),
  },
  queries: {
    // TaskSet.Status: "任务的运行状态，包括Running,Success,WaitSwitch,Fail,Pause。"
    DescribeTasks: query({
      parameter: 'TaskId',
      parameterType: 'number',
      list: { path: ['TaskSet'], idMember: 'TaskId' },
      state: ['Status'],
      succeeded: ['Success'],
      failed: ['Fail'],
      inProgress: ['Running', 'WaitSwitch', 'Pause'],
    }),
  },
} as const satisfies Service
