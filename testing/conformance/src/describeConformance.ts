/**
 * The suite that every task client must pass, over real HTTP.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { inspect } from 'node:util'
import { type TaskError, showTaskError, toError } from '@task-outcome/core'
import { type Emulator, type RecordedRequest, startEmulator } from '@task-outcome/emulator'
import { documentedResponses, protocolCases } from '@task-outcome/fixtures'
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { expectOutcome, expectSendable } from './expectOutcome.js'
import { hangsAfterMs, openConnection, plainRequest } from './plainRequest.js'
import { secretCases } from './secretCases.js'
import type { Expected, PlainRequest, Result, Subject } from './Subject.js'
import type { Arrivals, ConnectionUse, TransportCase } from './TransportCase.js'
import { transportCases } from './transportCases.js'

/**
 * Declares the tests for one task client. They start their own emulator.
 *
 * @param reportFile - the file to which the result of each fault is written, for the table of faults
 */
export const describeConformance = (subject: Subject, reportFile?: string): void => {
  describe(subject.name, { timeout: hangsAfterMs }, () => {
    let emulator: Emulator
    beforeAll(async () => {
      emulator = await startEmulator()
    })
    afterAll(() => emulator.close())

    describe('the protocol', () => {
      test.concurrent.each([...protocolCases, ...documentedResponses])(
        '$name',
        async ({ operation, taskIdAt, expectedResources, status = 200, body, expected }) => {
          const url = emulator.serve({ status, body })
          const options = {
            ...(taskIdAt === undefined ? {} : { taskIdAt }),
            ...(expectedResources === undefined ? {} : { expectedResources }),
          }
          const result = await subject.run({ ...plainRequest, url, operation, ...options }).result
          expect(result).toMatchObject(expected)
          expectSendable(result)
        },
      )
    })

    describe('faults', () => {
      const report: FaultReport[] = []
      afterAll(() => {
        if (reportFile === undefined) return
        mkdirSync(dirname(reportFile), { recursive: true })
        const platform = subject.platform?.() ?? thisNode
        writeFileSync(
          reportFile,
          JSON.stringify({ subject: subject.name, platform, faults: report }, undefined, 2),
        )
      })

      const cases = transportCases.filter(({ appliesTo }) => appliesTo?.(subject) ?? true)

      test.each(cases)('on a fresh connection: $group: $name', async transportCase => {
        report.push(await checkFault(subject, transportCase, 'fresh'))
      })

      const reusing = cases.filter(({ neverConnects = false }) => !neverConnects)
      test.each(reusing)('on a reused connection: $group: $name', async transportCase => {
        report.push(await checkFault(subject, transportCase, 'reused'))
      })
    })

    describe('secrets', () => {
      test.each(secretCases)('$name', async ({ prepare }) => {
        const { request, secrets, shows } = await prepare(emulator)
        const result = await subject.run({ ...plainRequest, ...request }).result
        expect(E.isLeft(result)).toBe(true)
        const seen = everythingIn(result)
        for (const secret of secrets) expect(seen).not.toContain(secret)
        for (const text of shows) expect(seen).toContain(text)
        if (E.isLeft(result))
          expect(result.left.request).toMatchObject(summaryOf({ ...plainRequest, ...request }))
      })
    })
  })
}

const thisNode = `Node.js ${process.versions.node.replace(/\..*/, '')}`

/** The result of a fault, for the table. */
interface FaultReport {
  readonly group: string
  readonly name: string
  readonly connection: ConnectionUse
  readonly outcome: string
}

const checkFault = async (
  subject: Subject,
  transportCase: TransportCase,
  connection: ConnectionUse,
): Promise<FaultReport> => {
  const { group, name, prepare, abortsUnderWay = false, arrivedElsewhere } = transportCase
  // Separate servers, because a client may reuse a connection that the previous case has broken.
  const faulty = await startEmulator()
  const elsewhere = await startEmulator()
  onTestFinished(async () => {
    await faulty.close()
    await elsewhere.close()
  })
  if (connection === 'reused') await openConnection(subject, faulty)
  const before = faulty.requests.length
  const arrived = () => faulty.requests.slice(before)

  const request = { ...plainRequest, ...(await prepare(faulty, elsewhere)) }
  const running = subject.run(request)
  if (abortsUnderWay) {
    await until(() => arrived().length > 0)
    await running.abort()
  }
  const result = await running.result

  const expected = subject.exceptions?.[name] ?? transportCase.expected(subject, elsewhere, connection)
  expectOutcome(result, expected)
  expectSendable(result)
  if (request.abortedBefore) expect(arrived()).toEqual([])
  const arrivals = transportCase.arrivals?.(subject, connection) ?? 'atMostOnce'
  expectArrivals(arrived(), arrivals, connection)
  if (arrivedElsewhere !== undefined) expect(elsewhere.requests).toMatchObject(arrivedElsewhere(subject))
  const outcome = inShort(result, expected) + (arrivals === 'twice' ? ', sent twice' : '')
  return { group, name, connection, outcome }
}

const expectArrivals = (
  arrived: ReadonlyArray<RecordedRequest>,
  arrivals: Arrivals,
  connection: ConnectionUse,
): void => {
  const [first, second] = arrived
  const requestNumber = connection === 'reused' ? 2 : 1
  if (first !== undefined) expect(first).toMatchObject({ connectionNumber: 1, requestNumber })
  if (arrivals === 'atMostOnce') expect(arrived.length).toBeLessThanOrEqual(1)
  if (arrivals === 'twice') {
    expect(arrived).toHaveLength(2)
    expect(second).toMatchObject({ connectionNumber: 2, requestNumber: 1 })
    expect(sentBytes(second)).toEqual(sentBytes(first))
  }
}

/** What makes a retry the same request for the API. */
const sentBytes = (request: RecordedRequest | undefined) =>
  request && { method: request.method, target: request.target, body: request.body }

const summaryOf = ({ method, url }: Pick<PlainRequest, 'method' | 'url'>): object => {
  const { origin, pathname } = new URL(url)
  return { method, origin, path: pathname }
}

/** Describes the result of a fault in a few words, the same in every run. */
const inShort = (result: Result, expected: Expected): string => {
  if (E.isRight(result)) return result.right._tag
  const error = result.left
  const recoverable = expected._tag === 'Left' ? (expected.recoverable ?? []) : []
  const recovered =
    recoverable.length > 0
      ? `, up to ${String(recoverable.length)} recovered`
      : error.recovered.length > 0
        ? `, ${String(error.recovered.length)} recovered`
        : ''
  switch (error._tag) {
    case 'NotSent':
    case 'DeliveryUnknown':
      return `${error._tag}: ${showReason(error)}${recovered}`
    case 'HttpStatusError':
      return `${error._tag}: ${String(error.httpStatus)}${recovered}`
    default:
      return `${error._tag}${recovered}`
  }
}

const showReason = ({
  reason,
}: Extract<TaskError, { readonly _tag: 'NotSent' | 'DeliveryUnknown' }>): string => {
  switch (reason._tag) {
    case 'TimedOut':
      return 'timed out'
    case 'Aborted':
      return 'aborted'
    case 'NetworkFailed':
      return reason.code
    case 'ClientFailed':
      return reason.code ?? reason.name
    case 'Misused':
      return reason.message
    case 'SentMoreThanOnce':
      return 'sent more than once'
  }
}

/** Everything that a logger could read. */
const everythingIn = (result: Result): string =>
  [
    JSON.stringify(result),
    inspect(result, { depth: null, showHidden: true, maxStringLength: null, maxArrayLength: null }),
    E.isLeft(result) ? showTaskError(result.left) : '',
    E.isLeft(result) ? inspect(toError(result.left), { depth: null, showHidden: true }) : '',
  ].join('\n')

/** Waits for something that is about to happen in this process. */
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise(resolve => setImmediate(resolve))
}
