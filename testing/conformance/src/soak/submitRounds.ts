/**
 * The process that submits. Nothing else happens in it, so what stays behind in it is the client's.
 */
import { getEventListeners, setMaxListeners } from 'node:events'
import { performance } from 'node:perf_hooks'
import { setImmediate, setTimeout } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import type { ClientUnderTest, PlainRequest, Result } from '../Subject.js'
import { load } from './load.js'
import type { Remains, Round, ServerClosed, Submitted } from './Message.js'

/** Carries out what the watching process says, until it hangs up. */
export const submitRounds = <Request extends ReadonlyArray<unknown>>({
  create,
  toRequest,
}: ClientUnderTest<Request>): void => {
  const client = create(load.limits, { retries: 0 })
  // One for all submissions: what each leaves on it adds up.
  const { signal } = new AbortController()
  setMaxListeners(0, signal)

  const submit = async (request: PlainRequest): Promise<Result> => {
    const given = toRequest(request, signal)
    return request.operation === 'batch' ? client.submitBatch(...given)() : client.submit(...given)()
  }

  process.on('message', (message: Round | ServerClosed) => {
    void (message._tag === 'Round' ? submitAll(message, submit) : findRemains(signal)).then(tell)
  })
}

const tell = (message: Submitted | Remains): void => {
  process.send?.(message)
}

const submitAll = async (
  { endpoint, submissions }: Round,
  submit: (request: PlainRequest) => Promise<Result>,
): Promise<Submitted> => {
  const results: Record<string, number> = {}
  const acceptedIds: string[] = []
  const thrown: string[] = []
  let longestMs = 0
  let begun = 0

  const submitNext = async (): Promise<void> => {
    while (begun < submissions) {
      const start = performance.now()
      try {
        const result = await submit(requestOf(endpoint, begun++))
        const kind = E.isLeft(result) ? result.left._tag : result.right._tag
        results[kind] = (results[kind] ?? 0) + 1
        acceptedIds.push(...acceptedIdsIn(result))
      } catch (error) {
        thrown.push(String(error))
      }
      longestMs = Math.max(longestMs, performance.now() - start)
    }
  }

  await Promise.all(Array.from({ length: load.atATime }, submitNext))
  return { _tag: 'Submitted', results, acceptedIds, thrown, longestMs }
}

const requestOf = (endpoint: string, at: number): PlainRequest => {
  const parameters =
    at % 2 === 0
      ? { Action: 'ResetInstances', instanceId: `ins-${String(at)}` }
      : { Action: 'StartInstances', 'instanceIds.0': `ins-${String(at)}`, 'instanceIds.1': 'ins-refused' }
  const form = new URLSearchParams({ ...parameters, Nonce: String(at), Timestamp: '1', SecretId: 'AKIDsoak' })
  return {
    operation: at % 2 === 0 ? 'ordinary' : 'batch',
    url: endpoint,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    limits: load.limits,
    abortedBefore: false,
  }
}

const acceptedIdsIn = (result: Result): ReadonlyArray<string> => {
  if (E.isLeft(result)) return []
  const outcome = result.right
  switch (outcome._tag) {
    case 'AcceptedTask':
      return [outcome.taskId]
    case 'AllAccepted':
    case 'PartlyAccepted':
      return outcome.accepted.map(({ taskId }) => taskId)
    default:
      return []
  }
}

const findRemains = async (signal: AbortSignal): Promise<Remains> => {
  // The next turns of the event loop report the connections that the server has ended.
  for (let turn = 0; turn < mostTurns && hasSockets(); turn++) await setImmediate()
  const { heapUsed, arrayBuffers } = await collectGarbage()
  return {
    _tag: 'Remains',
    listeners: getEventListeners(signal, 'abort').length,
    resources: process.getActiveResourcesInfo(),
    heapBytes: heapUsed,
    bufferBytes: arrayBuffers,
  }
}

/**
 * Collects garbage until nothing more is freed. Buffers go some turns after the objects that hold them, and undici holds what it has
 * timed until the next tick of its timers, half a second later.
 */
const collectGarbage = async (): Promise<NodeJS.MemoryUsage> => {
  let least = process.memoryUsage()
  for (let turnsSince = 0; turnsSince < turnsWithoutGarbage; turnsSince++) {
    globalThis.gc?.()
    await setTimeout(turnMs)
    const usage = process.memoryUsage()
    if (usage.arrayBuffers < least.arrayBuffers) turnsSince = 0
    if (usage.heapUsed + usage.arrayBuffers < least.heapUsed + least.arrayBuffers) least = usage
  }
  return least
}

const turnsWithoutGarbage = 10

const turnMs = 100

const mostTurns = 100_000

const hasSockets = (): boolean => process.getActiveResourcesInfo().some(name => name.startsWith('TCP'))
