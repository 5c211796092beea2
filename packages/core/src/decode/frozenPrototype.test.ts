import { documentedResponses, protocolCases } from '@task-outcome/fixtures'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { afterEach, expect, test } from 'vitest'
import {
  decodeBatchResponse,
  decodeBatchResponseWith,
  decodeOrdinaryResponse,
  decodeOrdinaryResponseWith,
  decodeStatusResponse,
} from './decodeResponse.js'
import { showTaskError } from '../error/showTaskError.js'
import { RecoveredTask } from '../wire/RecoveredTask.js'

const original = Object.getOwnPropertyDescriptors(Object.prototype)

/**
 * Makes what objects inherit read-only, as freezing `Object.prototype` does: from then on, assigning to a property of that
 * name throws. Other than freezing, it can be taken back.
 */
const makeReadOnly = (): void => {
  for (const [name, descriptor] of Object.entries(original))
    if ('value' in descriptor)
      Object.defineProperty(Object.prototype, name, { ...descriptor, writable: false })
}

afterEach(() => {
  Object.defineProperties(Object.prototype, original)
})

const names = Object.getOwnPropertyNames(Object.prototype)
const members = names.map(name => `"${name}":{"${name}":[{"${name}":1}]}`).join()
const bodies = [
  `{"code":0,"requestId":"1",${members}}`,
  `{"code":0,"data":{"taskId":1,"status":0,"output":{${members}},${members}},${members}}`,
  `{"code":0,"detail":{${names.map(name => `"${name}":{"code":0,"requestId":"1",${members}}`).join()}},${members}}`,
  `{"code":0,"x":1,"x":{${members}},${members}}`,
  `{"code":0,,"requestId":1,${members}}`,
  ...[...protocolCases, ...documentedResponses].map(({ body }) => body).filter(body => body.length < 5000),
]

const extra = t.type({ requestId: t.number })

const decodeInEveryWay = (body: string | Uint8Array): ReadonlyArray<E.Either<unknown, unknown>> =>
  [200, 500].flatMap(status => [
    decodeOrdinaryResponse({ status, body }),
    decodeOrdinaryResponseWith({ extra })({ status, body }),
    decodeOrdinaryResponseWith({ taskIdAt: 'data.taskId' })({ status, body }),
    decodeBatchResponse({ status, body }),
    decodeBatchResponseWith({ entry: extra, expected: names })({ status, body }),
    decodeStatusResponse({ status, body }),
  ])

test('a body is decoded in the same way if `Object.prototype` is frozen, whatever the names of its members', () => {
  for (const body of bodies) {
    const expected = decodeInEveryWay(body)
    makeReadOnly()
    let found: unknown
    try {
      found = decodeInEveryWay(body)
    } finally {
      Object.defineProperties(Object.prototype, original)
    }
    expect(found).toEqual(expected)
  }
})

test('errors are shown and codecs applied in the same way if `Object.prototype` is frozen', () => {
  const decoded = decodeBatchResponse({ status: 500, body: bodies[2] ?? '' })
  makeReadOnly()
  const line = E.isLeft(decoded) ? showTaskError(decoded.left) : ''
  const isRecovered = E.isLeft(decoded) && decoded.left.recovered.every(RecoveredTask.is)
  Object.defineProperties(Object.prototype, original)
  expect(line).toContain('HTTP 500')
  expect(isRecovered).toBe(true)
})
