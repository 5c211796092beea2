/**
 * What the requests of all suites have in common.
 */
import type { Emulator } from '@task-outcome/emulator'
import { expect } from 'vitest'
import type { PlainRequest, Subject } from './Subject.js'

export const plainRequest: Omit<PlainRequest, 'url'> = {
  operation: 'ordinary',
  method: 'GET',
  headers: {},
  limits: {},
  abortedBefore: false,
}

/** A sound exchange, which leaves its connection open for the next request. */
export const openConnection = async (subject: Pick<Subject, 'run'>, emulator: Emulator): Promise<void> => {
  const url = emulator.serve({ body: '{"code":0,"message":"","requestId":"1"}' })
  const result = await subject.run({ ...plainRequest, url }).result
  expect(result).toMatchObject({ _tag: 'Right', right: { taskId: '1' } })
  // Node's agent and undici take a connection back a turn after the response has ended.
  await new Promise(resolve => setImmediate(resolve))
}

/** No test takes as long, not even on a busy machine. */
export const hangsAfterMs = 60_000
