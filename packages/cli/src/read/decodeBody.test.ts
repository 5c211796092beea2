import { type Case, documentedResponses, protocolCases } from '@task-outcome/fixtures'
import { decodeOrdinaryResponse, decodeStatusResponse } from '@task-outcome/core'
import { decodeBatchResponseWith } from '@task-outcome/core/adapter'
import { describe, expect, test } from 'vitest'
import { findAction } from './Action.js'
import { type InputOptions, decodeAll } from './decodeBodies.js'
import { verdictOf } from './verdict.js'

const decode = async (content: string | Uint8Array, options: Partial<InputOptions> = {}, status = 200) => {
  const { decoded, rows, doubts } = await decodeAll(
    { bodies: [{ source: '', content, head: { status } }], notes: [] },
    { format: undefined, action: undefined, requested: undefined, ...options },
  )
  return { ...decoded[0]!, rows, exitCode: verdictOf(rows, doubts.length > 0).exitCode }
}

const rowsOf = async (...given: Parameters<typeof decode>) =>
  (await decode(...given)).rows.map(({ state, resource, task, again }) => [state, resource, task, again])

describe('every case of the protocol', () => {
  const cases: ReadonlyArray<Case> = [...protocolCases, ...documentedResponses].filter(
    ({ taskIdAt = 'requestId' }) => taskIdAt === 'requestId',
  )

  const decodeByCore = ({ operation, body, status = 200, expectedResources: expected }: Case) => {
    const response = { status, body }
    switch (operation) {
      case 'batch':
        return decodeBatchResponseWith(expected === undefined ? {} : { expected })(response)
      case 'ordinary':
        return decodeOrdinaryResponse(response)
      case 'status':
        return decodeStatusResponse(response)
    }
  }

  test.each(cases.map(one => [one.name, one] as const))(
    '%s: has the result and the ids of core',
    async (_, one) => {
      const byCore = decodeByCore(one)
      const { rows, exitCode } = await decode(
        one.body,
        { format: one.operation, requested: one.expectedResources },
        one.status,
      )
      const tasks = rows.map(({ task }) => task)
      if (byCore._tag === 'Left') {
        for (const { taskId } of byCore.left.recovered) expect(tasks).toContain(taskId)
        expect(rows.some(({ state }) => state === 'accepted' || state === 'succeeded')).toBe(
          byCore.left._tag === 'ContractViolation' &&
            byCore.left.issues.every(({ _tag }) => _tag === 'ResourceMismatch') &&
            byCore.left.entries.some(({ _tag }) => _tag === 'AcceptedEntry'),
        )
        expect(exitCode).toBe(
          byCore.left._tag === 'Rejected' && byCore.left.recovered.length === 0
            ? rows[0]?.state === 'in-doubt'
              ? 3
              : 2
            : 3,
        )
      } else {
        const outcome = byCore.right
        if ('accepted' in outcome) for (const { taskId } of outcome.accepted) expect(tasks).toContain(taskId)
        if ('taskId' in outcome) expect(tasks).toEqual([outcome.taskId])
        if (outcome._tag === 'AllAccepted' || outcome._tag === 'Succeeded') expect(exitCode).toBe(0)
      }
    },
  )

  test('guesses the format of each documented response', async () => {
    for (const { body, operation, name } of documentedResponses) {
      const { format, exitCode } = await decode(body)
      const asked = await decode(body, { format: operation })
      expect([name, exitCode]).toEqual([name, asked.exitCode])
      if (exitCode !== 2 && exitCode !== 3) expect([name, format]).toEqual([name, operation])
    }
  })
})

describe('a batch', () => {
  const body =
    '{"code":5400,"detail":{"ins-1":{"code":0,"requestId":1},"ins-2":{"code":5100},"ins-3":{"code":5000},"ins-4":{"code":77}}}'

  test('says of each resource whether it can be sent again', async () => {
    expect(await rowsOf(body)).toEqual([
      ['accepted', 'ins-1', '1', 'no'],
      ['rejected', 'ins-2', undefined, 'yes'],
      ['rejected', 'ins-3', undefined, 'no'],
      ['rejected', 'ins-4', undefined, 'unknown'],
    ])
    expect((await decode(body)).exitCode).toBe(1)
  })

  test.each([
    ['has an id', '{"code":5100,"detail":{"ins-1":{"code":5100,"requestId":7}}}', '7'],
    [
      'has an id in its other members',
      '{"code":5100,"detail":{"ins-1":{"code":5100,"data":{"taskId":7}}}}',
      '7',
    ],
    ['has code 4500, as a retry gets', '{"code":5100,"detail":{"ins-1":{"code":4500}}}', undefined],
  ])('has a resource in doubt if its rejection %s', async (_, text, task) => {
    expect(await rowsOf(text)).toEqual([['in-doubt', 'ins-1', task, 'look-first']])
    expect((await decode(text)).exitCode).toBe(3)
  })

  test('has its rejections in doubt if it has an id that belongs to none', async () => {
    expect(
      await rowsOf('{"code":5100,"taskId":7,"detail":{"ins-1":{"code":5100},"ins-2":{"code":5000}}}'),
    ).toEqual([
      ['in-doubt', 'ins-1', undefined, 'look-first'],
      ['in-doubt', 'ins-2', undefined, 'look-first'],
      ['in-doubt', undefined, '7', 'look-first'],
    ])
  })

  test('that leaves out a requested resource has that one in doubt', async () => {
    const { rows, exitCode } = await decode(body, {
      requested: ['ins-1', 'ins-2', 'ins-3', 'ins-4', 'ins-5'],
    })
    expect(rows.map(({ state }) => state)).toEqual([
      'accepted',
      'rejected',
      'rejected',
      'rejected',
      'in-doubt',
    ])
    expect(rows.at(-1)).toMatchObject({ resource: 'ins-5', reason: 'requested, but not in the response' })
    expect(exitCode).toBe(3)
  })

  test('that contradicts itself has all in doubt', async () => {
    expect(
      await rowsOf('{"code":0,"detail":{"ins-1":{"code":0,"requestId":1},"ins-2":{"code":5000}}}'),
    ).toEqual([
      ['in-doubt', 'ins-1', '1', 'look-first'],
      ['in-doubt', 'ins-2', undefined, 'look-first'],
    ])
  })
})

describe('a refused request', () => {
  test.each<[string, string, string, number]>([
    ['can be sent again if nothing was started', '{"code":4400,"message":"too fast"}', 'yes', 2],
    ['cannot help again if it is wrong', '{"code":4000}', 'no', 2],
    ['is in doubt if a retry may have got it', '{"code":4500}', 'look-first', 3],
    ['is unknown if its code is', '{"code":77}', 'unknown', 2],
    ['is in doubt if it has an id', '{"code":6000,"requestId":7}', 'look-first', 3],
  ])('%s', async (_, text, again, exitCode) => {
    expect(await decode(text)).toMatchObject({ rows: [{ again }], exitCode })
  })
})

describe('a response of API 3.0', () => {
  const body = '{"Response":{"RequestId":"r-1"}}'

  test('is in doubt without its action', async () => {
    const { rows, exitCode, issue, format } = await decode(body)
    expect(rows).toMatchObject([{ state: 'in-doubt', task: 'r-1' }])
    expect([exitCode, format]).toEqual([3, 'api-3'])
    expect(issue).toMatchObject({ message: expect.stringContaining('--action') as string })
  })

  test('that is refused is read without its action, and its RequestId is no task', async () => {
    expect(
      await decode('{"Response":{"Error":{"Code":"RequestLimitExceeded","Message":"slow"},"RequestId":"r"}}'),
    ).toMatchObject({
      rows: [{ state: 'rejected', code: 'RequestLimitExceeded', again: 'yes', task: undefined }],
      exitCode: 2,
    })
  })

  test('has the task that its action names', async () => {
    expect(await rowsOf(body, { action: await findAction('clb:DeleteLoadBalancer') })).toEqual([
      ['accepted', undefined, 'r-1', 'no'],
    ])
  })

  test('has a task for each requested resource if its action starts one', async () => {
    const action = await findAction('cvm:StartInstances')
    expect(await rowsOf(body, { action, requested: ['ins-1', 'ins-2'] })).toEqual([
      ['accepted', 'ins-1', 'r-1', 'no'],
      ['accepted', 'ins-2', 'r-1', 'no'],
    ])
    await expect(decode(body, { action })).rejects.toThrow('add --requested FILE')
  })

  test('has the state that its action tells', async () => {
    const action = await findAction('clb:DescribeTaskStatus')
    const status = (value: number) => decode(`{"Response":{"Status":${value},"RequestId":"r-9"}}`, { action })
    expect(await status(0)).toMatchObject({ rows: [{ state: 'succeeded' }], exitCode: 0 })
    expect(await status(1)).toMatchObject({ rows: [{ state: 'failed' }], exitCode: 2 })
    expect(await status(2)).toMatchObject({ rows: [{ state: 'in-progress' }], exitCode: 4 })
    expect(await status(9)).toMatchObject({ rows: [], exitCode: 3 })
  })

  test('with a list of tasks has no state of its own', async () => {
    await expect(decode(body, { action: await findAction('cvm:DescribeInstances') })).rejects.toThrow(
      'lists many',
    )
  })
})

test('an action of API 2.0 that tells a state has its own values', async () => {
  const action = await findAction('v2/bm:DescriptionOperationResult')
  expect(await decode('{"code":0,"data":{"status":1}}', { action })).toMatchObject({
    rows: [{ state: 'succeeded' }],
  })
})

test('a failed task has the reason that the API gives', async () => {
  const output = (text: string) => decode(`{"code":0,"data":{"status":1${text}}}`)
  expect(await output('')).toMatchObject({ format: 'status', rows: [{ reason: '' }] })
  expect(await output(',"output":"no image"')).toMatchObject({ rows: [{ reason: 'no image' }] })
  expect(await output(',"output":{"code":7}')).toMatchObject({ rows: [{ reason: '{"code":7}' }] })
})

test.each([
  ['clb', 'names no action'],
  ['nope:DeleteLoadBalancer', 'there is no service "nope"'],
  ['clb:Nope', '"clb" has no action "Nope"'],
  ['clb:constructor', '"clb" has no action "constructor"'],
  ['v2/lb:Nope', '"v2/lb" has no action "Nope"'],
  ['v2/nope:X', 'there is no service "v2/nope"'],
  ['lb:DescribeLoadBalancersTaskResult', 'type v2/lb:DescribeLoadBalancersTaskResult'],
])('the action %s is a mistake: %s', async (name, message) => {
  await expect(findAction(name)).rejects.toThrow(message)
})
