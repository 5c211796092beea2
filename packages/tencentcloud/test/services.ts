/**
 * Descriptions of services for tests, in the form that callers write.
 */
import type { Service } from '../src/actions/Service.js'

const numbers = { succeeded: ['0'], failed: ['1'], inProgress: ['2'] } as const

export const clb = {
  service: 'clb',
  version: '2018-03-17',
  submits: {
    DeleteLoadBalancer: { task: { _tag: 'RequestId' }, query: 'DescribeTaskStatus' },
    CreateLoadBalancer: {
      task: { _tag: 'Member', path: ['TaskId'] },
      query: 'DescribeTaskStatus',
      takesClientToken: true,
    },
    CreateCluster: {
      task: { _tag: 'Member', path: ['TaskId'] },
      query: 'DescribeStep',
      takesClientToken: true,
      clientTokenSeconds: 3,
    },
    CreateListener: { task: { _tag: 'Member', path: ['TaskId'] }, query: 'DescribeTaskStatus' },
  },
  queries: {
    DescribeTaskStatus: { parameter: 'TaskId', parameterType: 'string', state: ['Status'], ...numbers },
    DescribeFlow: { parameter: 'FlowId', parameterType: 'number', state: ['Status'], ...numbers },
    DescribeStep: {
      parameter: 'FlowParam.FValue',
      parameterType: 'number',
      fixedParameters: { 'FlowParam.FKey': 'FlowId', Limit: 1 },
      requires: ['InstanceId'],
      state: ['Status'],
      ...numbers,
    },
    DescribeFlows: {
      parameter: 'FlowIds',
      parameterType: 'numberArray',
      fixedParameters: { Limit: 2 },
      list: { path: ['Flows'], idMember: 'FlowId' },
      maxTasksPerQuery: 2,
      state: ['Status'],
      ...numbers,
    },
  },
} as const satisfies Service

export const cvm = {
  service: 'cvm',
  version: '2017-03-12',
  submits: {
    ResetInstance: {
      task: { _tag: 'RequestIdPerResource', parameter: 'InstanceId' },
      query: 'DescribeInstances',
    },
    StartInstances: {
      task: { _tag: 'RequestIdPerResource', parameter: 'InstanceIds' },
      query: 'DescribeInstances',
    },
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
      maxTasksPerQuery: 100,
      state: ['LatestOperationState'],
      succeeded: ['SUCCESS'],
      failed: ['FAILED'],
      inProgress: ['OPERATING'],
    },
  },
} as const satisfies Service
