import { QueryError, TaskStatus, decodeStatusResponse } from '@task-outcome/core'
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { V2QueryAction } from '../actions/Service.js'
import { v2Queries } from '../actions/v2Queries.js'
import { decodeV2Status } from './decodeV2Status.js'

const decodeIn = (action: V2QueryAction) => (body: string) => decodeV2Status(action)({ status: 200, body })
const decode = decodeIn(v2Queries.lb.DescribeLoadBalancersTaskResult)

describe('reads the state of a task', () => {
  test('with the output, the data and the other fields beside it', () => {
    expect(
      decode(
        '{"code":"0","message":"m","codeDesc":"d","x":1,"data":{"step":3,"status":"1","output":{"code":7},"data":[1]}}',
      ),
    ).toEqual(
      E.right({
        _tag: 'Failed',
        message: 'm',
        codeDesc: 'd',
        output: { code: 7 },
        data: [1],
        statusExtra: { step: 3 },
        extra: { x: 1 },
      }),
    )
  })

  test('with the reason where the action has it', () => {
    const body = '{"code":0,"data":{"status":1,"output":{"errorMsg":"no","errorCode":3}}}'
    expect(decodeIn(v2Queries.vpc.DescribeVpcTaskResult)(body)).toMatchObject({
      right: { _tag: 'Failed', output: 'no', statusExtra: { output: { errorCode: 3 } } },
    })
  })

  test('elsewhere than in data', () => {
    const action = { ...v2Queries.sqlserver.GetFlowStatus, state: ['status'], output: ['errorMsg'] }
    expect(decodeIn(action)('{"code":0,"status":"1","errorMsg":"no","data":[],"x":1}')).toEqual(
      E.right({
        _tag: 'Failed',
        message: '',
        codeDesc: '',
        output: 'no',
        statusExtra: {},
        extra: { x: 1 },
      }),
    )
  })

  test.each([
    ['1', 'Succeeded'],
    ['2', 'Failed'],
    ['3', 'Failed'],
    ['4', 'InProgress'],
    ['7', 'InProgress'],
  ])('by the values of the action: %s of bm is %s', (status, tag) => {
    const body = `{"code":0,"data":{"status":${status}}}`
    expect(decodeIn(v2Queries.bm.DescriptionOperationResult)(body)).toMatchObject({ right: { _tag: tag } })
  })
})

describe('never guesses', () => {
  test.each([
    ['another value', '{"code":0,"data":{"status":5}}', '/data/status'],
    ['no state', '{"code":0,"data":[]}', '/data/status'],
    ['no object', '[]', ''],
    ['no code', '{"data":{"status":0}}', '/code'],
    ['a code that is not an integer', '{"code":0.0,"data":{"status":0}}', '/code'],
    ['a code that is too large', '{"code":9007199254740993,"data":{"status":0}}', '/code'],
    ['a message that is not a string', '{"code":0,"message":1,"data":{"status":0}}', '/message'],
    ['a codeDesc that is not a string', '{"code":0,"codeDesc":1,"data":{"status":0}}', '/codeDesc'],
  ])('%s is a ShapeError', (_, body, path) => {
    expect(decode(body)).toMatchObject({ left: { _tag: 'ShapeError', issues: [{ path }] } })
  })

  test('two states that differ are a ContractViolation', () => {
    expect(decode('{"code":0,"data":{"status":0,"status":1}}')).toMatchObject({
      left: { _tag: 'ContractViolation' },
    })
    expect(decode('{"code":0,"code":1,"data":{"status":0}}')).toMatchObject({
      left: { _tag: 'ContractViolation' },
    })
  })

  test('a refused query says nothing about the task', () => {
    expect(decode('{"code":4400,"message":"(17)slow","data":{"status":0}}')).toMatchObject({
      left: { _tag: 'QueryRejected', code: 4400, advice: 'later', moduleCode: '17' },
    })
    expect(decode('{"code":-8001,"codeDesc":"d"}')).toMatchObject({
      left: { _tag: 'QueryRejected', code: -8001, codeDesc: 'd' },
    })
  })
})

test('reads a state of 0, 1 or 2 at data.status as core does, whatever the body', () => {
  const member = fc.constantFrom(
    '"code":0',
    '"code":"0"',
    '"code":-0',
    '"code":4400',
    '"code":1e0',
    '"data":{"status":0}',
    '"data":{"status":2,"output":null,"data":{"a":[]}}',
    '"data":{"status":"1","output":{"code":7},"x":1}',
    '"data":{"status":1.0}',
    '"data":{"status":true}',
    '"data":{"status":0,"status":1}',
    '"data":[]',
    '"data":null',
    '"data":7',
    '"requestId":9007199254740993',
    '"message":null',
    '"message":"(17)no"',
    '"message":7',
    '"codeDesc":"Success"',
  )
  const nameOf = (text: string) => text.slice(0, text.indexOf(':'))
  const response = fc
    .uniqueArray(member, { maxLength: 5, selector: nameOf })
    .map(members => `{${members.join(',')}}`)
  const body = fc.oneof({ weight: 9, arbitrary: response }, fc.json(), fc.string({ unit: 'binary' }))
  fc.assert(
    fc.property(body, fc.constantFrom(200, 204, 500), (text, status) => {
      const result = decodeV2Status(v2Queries.lb.DescribeLoadBalancersTaskResult)({ status, body: text })
      const expected = decodeStatusResponse({ status, body: text })
      if (E.isRight(result)) expect(TaskStatus.is(result.right)).toBe(true)
      else expect(QueryError.is(result.left)).toBe(true)
      if (E.isRight(expected)) expect(result).toEqual(expected)
      else expect(result).toMatchObject({ left: { _tag: expected.left._tag } })
    }),
    { numRuns: 2000 },
  )
})
