import { documentedResponses, protocolCases } from '@task-outcome/fixtures'
import { expect, test } from 'vitest'
import { check } from './check.js'
import { fuzz } from './fuzz.js'
import { judgeByReference } from './reference.js'

test(
  'core throws nothing, mistakes nothing and loses no id on 20,000 fixed inputs',
  { timeout: 300_000 },
  () => {
    expect(fuzz(1, inputs => inputs < 20_000)).toEqual({ inputs: 20_000, failures: [] })
  },
)

// The reference looks for the id of an ordinary response at `requestId`, and knows nothing of the request.
const cases = [...protocolCases, ...documentedResponses].filter(
  ({ body, taskIdAt, expectedResources }) =>
    body.length < 5000 && taskIdAt === undefined && expectedResources === undefined,
)

test.each(cases)('the reference and core agree on: $name', ({ operation, status = 200, body, expected }) => {
  expect(check({ operation, status, body })).toBeUndefined()
  const tag = Object.assign({ _tag: '' }, expected._tag === 'Right' ? expected.right : expected.left)._tag
  if (tag !== '') expect(judgeByReference(body, operation, status).tag).toBe(tag)
})

test('the inputs cover every kind of result', () => {
  const tags = new Set(
    [...protocolCases].map(({ operation, status = 200, body }) =>
      body.length < 5000 ? judgeByReference(body, operation, status).tag : '',
    ),
  )
  for (const tag of [
    'AcceptedTask',
    'AllAccepted',
    'PartlyAccepted',
    'AllRejected',
    'Rejected',
    'Succeeded',
    'Failed',
    'InProgress',
    'QueryRejected',
    'ContractViolation',
    'ShapeError',
    'MalformedJson',
    'HttpStatusError',
  ])
    expect(tags).toContain(tag)
})
