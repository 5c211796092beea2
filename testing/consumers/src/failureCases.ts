/**
 * Failures, each with a server that behaves in a known way.
 */
import type { Emulator, Fault } from '@task-outcome/emulator'
import type { Case } from '../programs/failures.js'

export interface FailureCase {
  readonly name: string
  /** Whether the id is recovered depends on which the client sees first: the bytes, or that the connection is closed. */
  readonly mayRecover?: boolean
  /** Sets up the server. */
  readonly prepare: (emulator: Emulator) => Promise<Prepared>
}

interface Prepared {
  readonly asked: Omit<Case, 'client'>
  /** Whether the requests that arrived are counted: those of a case with `again` after the first. */
  readonly counts?: boolean
}

const body = '{"code":0,"message":"","requestId":"17"}'
const accepted = { body }

const served =
  (fault: Fault, limits: Case['limits'] = {}): FailureCase['prepare'] =>
  async emulator => ({
    asked: { method: 'POST', url: emulator.serve({ body, fault }), limits },
    counts: true,
  })

const reused =
  (method: Case['method']): FailureCase['prepare'] =>
  async emulator => ({
    asked: {
      method,
      url: emulator.serve([accepted, { fault: { _tag: 'Close', at: 'beforeResponse' } }, accepted]),
      again: true,
    },
    counts: true,
  })

export const failureCases: ReadonlyArray<FailureCase> = [
  {
    name: 'no failure',
    prepare: async emulator => ({ asked: { method: 'POST', url: emulator.serve(accepted) }, counts: true }),
  },
  {
    name: 'signal aborted before the call',
    prepare: async emulator => ({
      asked: { method: 'POST', url: emulator.serve(accepted), aborted: true },
    }),
  },
  {
    name: 'connection refused',
    prepare: async emulator => ({ asked: { method: 'POST', url: `${await emulator.refusedUrl()}/` } }),
  },
  {
    name: 'connection refused, `sendsOnce: true`',
    prepare: async emulator => ({
      asked: { method: 'POST', url: `${await emulator.refusedUrl()}/`, limits: { sendsOnce: true } },
    }),
  },
  {
    name: 'certificate not accepted, `sendsOnce: true`',
    prepare: async emulator => ({
      asked: { method: 'POST', url: `${await emulator.selfSignedUrl()}/`, limits: { sendsOnce: true } },
    }),
  },
  { name: 'reset before the response', prepare: served({ _tag: 'Reset', at: 'beforeResponse' }) },
  { name: 'closed before the response', prepare: served({ _tag: 'Close', at: 'beforeResponse' }) },
  {
    name: 'closed within the body',
    mayRecover: true,
    prepare: served({ _tag: 'Close', at: 'withinBody', bodyBytes: body.length - 1 }),
  },
  {
    name: 'no response before the timeout',
    prepare: served({ _tag: 'Stall', at: 'beforeResponse' }, { timeoutMs: 1000 }),
  },
  {
    name: 'body larger than `maxBodyBytes`',
    prepare: async emulator => ({
      asked: { method: 'POST', url: emulator.serve(accepted), limits: { maxBodyBytes: 10 } },
      counts: true,
    }),
  },
  {
    name: 'redirect to another host',
    prepare: served({ _tag: 'RedirectElsewhere', location: 'http://127.0.0.2:1/' }),
  },
  { name: 'GET on a reused connection, closed, then accepted', prepare: reused('GET') },
  { name: 'POST on a reused connection, closed, then accepted', prepare: reused('POST') },
]
