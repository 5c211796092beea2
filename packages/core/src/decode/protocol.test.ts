import { documentedAnswers, protocolCases } from '@task-outcome/fixtures'
import { describe, expect, test } from 'vitest'
import { decodeBatchAnswer, decodeOrdinaryAnswer } from './HttpAnswer.js'

const decode = { ordinary: decodeOrdinaryAnswer, batch: decodeBatchAnswer }

describe('PROTOCOL.md, section 3', () => {
  test.each(protocolCases)('$name', ({ asked, status = 200, body, expected }) => {
    expect(decode[asked]({ status, body })).toMatchObject(expected)
  })

  test.each(protocolCases.filter(({ body }) => typeof body === 'string'))(
    'the same from bytes: $name',
    ({ asked, status = 200, body }) => {
      const text = body as string
      const wellFormed = !/[\ud800-\udfff]/.test(text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''))
      expect(wellFormed).toBe(true)
      expect(decode[asked]({ status, body: new TextEncoder().encode(text) })).toEqual(
        decode[asked]({ status, body }),
      )
    },
  )
})

describe('documented answers', () => {
  test.each(documentedAnswers)('$name ($source)', ({ asked, body, expected }) => {
    expect(decode[asked]({ status: 200, body })).toMatchObject(expected)
  })

  test("seed 0's example, mended, holds both task ids", () => {
    const malformed =
      documentedAnswers.find(({ name }) => name === 'batch-malformed-as-published.txt')?.body ?? ''
    const mended = malformed.replace(/:,\n(\s*)\}/g, '\n$1}').replace(/\}\s*"qcvm/, '},"qcvm')
    expect(decodeBatchAnswer({ status: 200, body: mended })).toMatchObject({
      left: {
        _tag: 'ContractViolation',
        faults: [{ values: [{ requestId: '1231231231231' }, { requestId: '1231231231232' }] }],
        recovered: [{ taskId: '1231231231231' }, { taskId: '1231231231232' }],
      },
    })
  })
})
