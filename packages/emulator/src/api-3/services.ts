/**
 * @since 0.1.0
 */
import type { EmulatedService, EmulatedSubmission } from './EmulatedService.js'

const byRequestId = (query: string, more: Partial<EmulatedSubmission> = {}): EmulatedSubmission => ({
  task: { _tag: 'RequestId' },
  query,
  ...more,
})

const byMember = (
  path: ReadonlyArray<string>,
  query: string,
  more: Partial<EmulatedSubmission> = {},
): EmulatedSubmission => ({ task: { _tag: 'Member', path }, query, ...more })

const byInstance: EmulatedSubmission = {
  task: { _tag: 'RequestIdPerResource', parameter: 'InstanceIds' },
  query: 'DescribeInstances',
}

/** 0 succeeded, 1 failed, 2 in progress. */
const counted = { succeeded: ['0'], failed: ['1'], inProgress: ['2'] } as const

const clb: EmulatedService = {
  service: 'clb',
  version: '2018-03-17',
  submits: {
    CreateLoadBalancer: byRequestId('DescribeTaskStatus', {
      takesClientToken: true,
      creates: { member: 'LoadBalancerIds', prefix: 'lb-' },
    }),
    DeleteLoadBalancer: byRequestId('DescribeTaskStatus'),
    CreateListener: byRequestId('DescribeTaskStatus', {
      creates: { member: 'ListenerIds', prefix: 'lbl-' },
    }),
    ModifyListener: byRequestId('DescribeTaskStatus'),
    DeleteListener: byRequestId('DescribeTaskStatus'),
    RegisterTargets: byRequestId('DescribeTaskStatus'),
    DeregisterTargets: byRequestId('DescribeTaskStatus'),
  },
  queries: {
    DescribeTaskStatus: {
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Status'],
      ...counted,
      output: ['Message'],
    },
  },
}

const cvm: EmulatedService = {
  service: 'cvm',
  version: '2017-03-12',
  submits: {
    StartInstances: byInstance,
    StopInstances: byInstance,
    RebootInstances: byInstance,
    ResetInstancesPassword: byInstance,
    TerminateInstances: byInstance,
  },
  queries: {
    DescribeInstances: {
      parameter: 'InstanceIds',
      parameterType: 'stringArray',
      list: {
        path: ['InstanceSet'],
        idMember: 'InstanceId',
        requestIdMember: 'LatestOperationRequestId',
      },
      state: ['LatestOperationState'],
      succeeded: ['SUCCESS'],
      failed: ['FAILED'],
      inProgress: ['OPERATING'],
      output: ['LatestOperationErrorMsg'],
      maxTasksPerQuery: 100,
      defaultLimit: 20,
    },
  },
}

/** The values of vpc. */
const running = { succeeded: ['SUCCESS'], failed: ['FAILED'], inProgress: ['RUNNING'] } as const

/** The task id is handed out as a string, and asked for as a number. */
const address = byMember(['TaskId'], 'DescribeTaskResult', { idType: 'string' })

const vpc: EmulatedService = {
  service: 'vpc',
  version: '2017-03-12',
  submits: {
    AllocateAddresses: {
      ...address,
      takesClientToken: true,
      creates: { member: 'AddressSet', prefix: 'eip-' },
    },
    AssociateAddress: address,
    DisassociateAddress: address,
    ReleaseAddresses: address,
    TransformAddress: byMember(['TaskId'], 'DescribeTaskResult'),
    AttachNetworkInterface: byRequestId('DescribeVpcTaskResult', { takesClientToken: true }),
    DetachNetworkInterface: byRequestId('DescribeVpcTaskResult', { takesClientToken: true }),
    DeleteNetworkInterface: byRequestId('DescribeVpcTaskResult'),
  },
  queries: {
    DescribeTaskResult: {
      parameter: 'TaskId',
      parameterType: 'number',
      state: ['Result'],
      ...running,
    },
    DescribeVpcTaskResult: {
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Status'],
      ...running,
      output: ['Output'],
    },
  },
}

const redis: EmulatedService = {
  service: 'redis',
  version: '2018-04-12',
  submits: {
    StartupInstance: byMember(['TaskId'], 'DescribeTaskInfo'),
    ClearInstance: byMember(['TaskId'], 'DescribeTaskInfo'),
    ResetPassword: byMember(['TaskId'], 'DescribeTaskInfo'),
    RestoreInstance: byMember(['TaskId'], 'DescribeTaskInfo'),
  },
  queries: {
    DescribeTaskInfo: {
      parameter: 'TaskId',
      parameterType: 'number',
      state: ['Status'],
      succeeded: ['succeed'],
      failed: ['failed', 'error'],
      inProgress: ['running', 'preparing'],
      output: ['TaskMessage'],
    },
  },
}

const cdb: EmulatedService = {
  service: 'cdb',
  version: '2017-03-20',
  submits: {
    RestartDBInstances: byMember(['AsyncRequestId'], 'DescribeAsyncRequestInfo'),
    IsolateDBInstance: byMember(['AsyncRequestId'], 'DescribeAsyncRequestInfo'),
    UpgradeDBInstance: byMember(['AsyncRequestId'], 'DescribeAsyncRequestInfo'),
  },
  queries: {
    DescribeAsyncRequestInfo: {
      parameter: 'AsyncRequestId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['SUCCESS'],
      failed: ['FAILED', 'KILLED', 'REMOVED'],
      inProgress: ['RUNNING', 'INITIAL', 'PAUSED', 'UNDEFINED'],
      output: ['Info'],
    },
  },
}

const topic: EmulatedSubmission = {
  task: {
    _tag: 'Member',
    path: ['Result', 'Data', 'FlowId'],
    resultCode: { path: ['Result', 'ReturnCode'], accepted: ['0'], message: ['Result', 'ReturnMessage'] },
  },
  query: 'DescribeTaskStatus',
}

const ckafka: EmulatedService = {
  service: 'ckafka',
  version: '2019-08-19',
  submits: { ModifyInstanceAttributes: topic, CreatePartition: topic, DeleteTopic: topic },
  queries: {
    DescribeTaskStatus: {
      parameter: 'FlowId',
      parameterType: 'number',
      state: ['Result', 'Status'],
      ...counted,
      output: ['Result', 'Output'],
    },
  },
}

/**
 * The services of API 3.0 that the emulator plays by default: a few actions of each, chosen so that every way to name a task
 * and to report its state occurs.
 *
 * @category data
 * @since 0.1.0
 */
export const services: ReadonlyArray<EmulatedService> = [clb, cvm, vpc, redis, cdb, ckafka]
