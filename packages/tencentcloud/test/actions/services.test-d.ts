import { describe, expectTypeOf, it } from 'vitest'
import type { Service } from '../../src/actions/Service.js'
import { clb, cvm, type emr, mariadb, vpc } from '../../src/services.js'

describe('a service', () => {
  it('has the names of its actions in its type', () => {
    expectTypeOf<'CreateRule'>().toExtend<keyof typeof clb.submits>()
    expectTypeOf<'DescribeLoadBalancers'>().not.toExtend<keyof typeof clb.submits>()
    expectTypeOf<keyof typeof mariadb.queries>().toEqualTypeOf<'DescribeFlow'>()
  })

  it('is a service for those who need no names', () => {
    expectTypeOf(clb).toExtend<Service>()
    expectTypeOf(cvm).toExtend<Service>()
  })

  it('tells by type how a submission names its task', () => {
    expectTypeOf(mariadb.submits.InitDBInstances.task._tag).toEqualTypeOf<'Member'>()
    expectTypeOf(clb.submits.CreateRule.task._tag).toEqualTypeOf<'RequestId'>()
    expectTypeOf(cvm.submits.StartInstances.task._tag).toEqualTypeOf<'RequestIdPerResource'>()
    expectTypeOf(cvm.submits.StartInstances.task.parameter).toEqualTypeOf<'InstanceIds'>()
    expectTypeOf(cvm.submits.ResetInstance.task.parameter).toEqualTypeOf<'InstanceId'>()
  })

  it('tells by type which submissions take a ClientToken', () => {
    expectTypeOf(vpc.submits.AllocateAddresses.takesClientToken).toEqualTypeOf<true>()
    expectTypeOf(vpc.submits.ReleaseAddresses).not.toExtend<{ takesClientToken: true }>()
  })

  it('tells by type which parameters of a query the caller gives', () => {
    type Requires<Query> = Query extends { requires?: ReadonlyArray<infer Name> } ? Name : unknown
    expectTypeOf<Requires<typeof emr.queries.DescribeClusterFlowStatusDetail>>().toEqualTypeOf<'InstanceId'>()
    expectTypeOf<Requires<typeof mariadb.queries.DescribeFlow>>().toEqualTypeOf<never>()
  })
})
