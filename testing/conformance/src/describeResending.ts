/**
 * The suite for task clients over something that sends again: a client, an interceptor, a wrapper.
 */
import { type StubResponse, type Emulator, startEmulator } from '@task-outcome/emulator'
import { describe, expect, onTestFinished, test } from 'vitest'
import { expectOutcome, expectSendable } from './expectOutcome.js'
import { hangsAfterMs, openConnection, plainRequest } from './plainRequest.js'
import type { Met, ResendingCase } from './ResendingCase.js'
import { resendingCases } from './resendingCases.js'
import type { PlainRequest, Subject } from './Subject.js'
import type { ConnectionUse } from './TransportCase.js'

/**
 * Declares the tests for one task client, each on a fresh and on a reused connection. The client sends again after a failed
 * connection and after a status of 500, 502 or 503, without delay, including POST, and as often as `resending` of its request says.
 *
 * Source: PROTOCOL.md, section 6, "An exchange with more than one request".
 */
export const describeResending = (subject: Subject): void => {
  describe(`${subject.name}, sent more than once`, { timeout: hangsAfterMs }, () => {
    for (const connection of ['fresh', 'reused'] as const) {
      const cases = resendingCases.filter(({ sends }) => !isSentAgainUnseen(subject, sends, connection))
      test.each(cases)(`on a ${connection} connection: $name`, async resendingCase => {
        await checkResending(subject, resendingCase, connection)
      })
    }
  })
}

/** Browsers send again by themselves when a reused connection ends before a response: no page can count that. */
const isSentAgainUnseen = (
  { engine }: Subject,
  sends: ReadonlyArray<Met>,
  connection: ConnectionUse,
): boolean => {
  if (engine !== 'browser') return false
  let isOpen = connection === 'reused'
  return sends.some(met => {
    if (met === 'refused') return false
    const { fault } = met
    const isUnseen = isOpen && fault?._tag === 'Reset' && fault.at === 'beforeResponse'
    isOpen = fault?._tag !== 'Reset'
    return isUnseen
  })
}

const checkResending = async (
  subject: Subject,
  { operation, sends, expected }: ResendingCase,
  connection: ConnectionUse,
): Promise<void> => {
  // A separate server, because a client may reuse a connection that the previous case has broken.
  const emulator = await startEmulator()
  onTestFinished(() => emulator.close())
  if (connection === 'reused') await openConnection(subject, emulator)
  const before = emulator.requests.length

  const result = await subject.run({ ...plainRequest, operation, ...(await requestFor(emulator, sends)) })
    .result

  expectOutcome(result, expected(subject))
  expectSendable(result)
  const arrived = emulator.requests.slice(before)
  expect(arrived).toHaveLength(sends.filter(isResponse).length)
  const [first] = arrived
  if (first !== undefined)
    expect(first).toMatchObject({ connectionNumber: 1, requestNumber: connection === 'reused' ? 2 : 1 })
}

/** A request that goes to several URLs is a GET: some clients can't send a body elsewhere. */
const requestFor = async (
  emulator: Emulator,
  sends: ReadonlyArray<Met>,
): Promise<Partial<PlainRequest> & { readonly url: string }> => {
  const retries = sends.length - 1
  const [answer, ...answers] = sends.filter(isResponse)
  const served = emulator.serve(answer === undefined ? {} : [answer, ...answers])
  if (!sends.includes('refused')) return { ...post, url: served, resending: { retries } }
  const refusing = await emulator.refusedUrl()
  const urls = sends.map(met => (met === 'refused' ? refusing : served))
  return { url: urls[0] ?? served, resending: { retries, urls } }
}

const isResponse = (met: Met): met is StubResponse => met !== 'refused'

const post = {
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'Action=CreateLoadBalancer',
} as const
