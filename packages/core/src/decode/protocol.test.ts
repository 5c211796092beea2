import { type Case, documentedResponses, protocolCases } from '@task-outcome/fixtures'
import type { Either } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import {
  decodeBatchResponse,
  decodeBatchResponseWith,
  decodeOrdinaryResponse,
  decodeOrdinaryResponseWith,
  decodeStatusResponse,
} from './decodeResponse.js'

const decode = ({
  operation,
  taskIdAt,
  expectedResources,
  status = 200,
  body,
}: Case): Either<unknown, unknown> => {
  const response = { status, body }
  switch (operation) {
    case 'ordinary':
      return taskIdAt === undefined
        ? decodeOrdinaryResponse(response)
        : decodeOrdinaryResponseWith({ taskIdAt })(response)
    case 'batch':
      return expectedResources === undefined
        ? decodeBatchResponse(response)
        : decodeBatchResponseWith({ expected: expectedResources })(response)
    case 'status':
      return decodeStatusResponse(response)
  }
}

describe('PROTOCOL.md, sections 3 and 4', () => {
  test.each(protocolCases)('$name', protocolCase => {
    expect(decode(protocolCase)).toMatchObject(protocolCase.expected)
  })

  test.each(protocolCases.filter(({ body }) => typeof body === 'string'))(
    'the same from bytes: $name',
    protocolCase => {
      const text = protocolCase.body as string
      const wellFormed = !/[\ud800-\udfff]/.test(text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''))
      expect(wellFormed).toBe(true)
      expect(decode({ ...protocolCase, body: new TextEncoder().encode(text) })).toEqual(decode(protocolCase))
    },
  )
})

describe('documented responses', () => {
  test.each(documentedResponses)('$name ($source)', response => {
    expect(decode(response)).toMatchObject(response.expected)
  })

  test('the repaired example of seed 0 has both task ids', () => {
    const malformed =
      documentedResponses.find(({ name }) => name === 'batch-malformed-as-published.txt')?.body ?? ''
    const mended = malformed.replace(/:,\n(\s*)\}/g, '\n$1}').replace(/\}\s*"qcvm/, '},"qcvm')
    expect(decodeBatchResponse({ status: 200, body: mended })).toMatchObject({
      left: {
        _tag: 'ContractViolation',
        issues: [{ values: [{ requestId: '1231231231231' }, { requestId: '1231231231232' }] }],
        recovered: [{ taskId: '1231231231231' }, { taskId: '1231231231232' }],
      },
    })
  })
})
