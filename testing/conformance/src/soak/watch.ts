/**
 * The process that watches: it is the server, and judges.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { type Emulator, startEmulator } from '@task-outcome/emulator'
import { chaosFrom } from './chaos.js'
import { load } from './load.js'
import type { Remains, Round, ServerClosed, Submitted } from './Message.js'

/** What is wrong with a client; nothing, as a rule. Prints what there is to know about it. */
export const watch = async (program: string, client: string): Promise<ReadonlyArray<string>> => {
  const child = fork(program, [client], { execArgv: ['--expose-gc'] })
  const gone = new AbortController()
  const exit = once(child, 'exit') as Promise<[code: number | null, signal: string | null]>
  void exit.then(() => gone.abort())
  const guard = setTimeout(() => child.kill('SIGKILL'), longestRunMs)
  const ask: Ask = async question => {
    const answer = once(child, 'message', { signal: gone.signal })
    child.send(question)
    return (await answer)[0] as never
  }
  try {
    const before = await playRound(ask, load.warmUpSubmissions)
    // At the same origin, since Node's fetch keeps a little of each that it has ever met.
    const after = await playRound(ask, load.submissions, Number(new URL(before.emulator.url).port))
    print(client, before, after)
    child.disconnect()
    const [code] = await exit
    return [
      ...wrongResults(after),
      ...wrongRemains(before.remains, after.remains),
      ...(code === 0 ? [] : ['something kept its process alive']),
    ]
  } catch (error) {
    if (!gone.signal.aborted) throw error
    return [`its process did not finish: ${(await exit).filter(why => why !== null).join()}`]
  } finally {
    clearTimeout(guard)
    child.kill()
  }
}

const longestRunMs = 60_000

interface Ask {
  (round: Round): Promise<Submitted>
  (closed: ServerClosed): Promise<Remains>
}

interface PlayedRound {
  readonly emulator: Emulator
  readonly submitted: Submitted
  readonly remains: Remains
}

const playRound = async (ask: Ask, submissions: number, port = 0): Promise<PlayedRound> => {
  const emulator = await startEmulator({
    port,
    chaos: chaosFrom(1),
    rejections: { 'ins-refused': { code: 5000, message: 'no such instance' } },
  })
  try {
    const submitted = await ask({ _tag: 'Round', endpoint: emulator.endpoint, submissions })
    await emulator.close()
    return { emulator, submitted, remains: await ask({ _tag: 'ServerClosed' }) }
  } finally {
    await emulator.close()
  }
}

const wrongResults = ({ emulator, submitted }: PlayedRound): ReadonlyArray<string> => {
  const { results, thrown, acceptedIds, longestMs } = submitted
  const count = sum(Object.values(results))
  const started = new Set<string>(emulator.tasks.map(({ id }) => id))
  const invented = acceptedIds.filter(id => !started.has(id))
  const nonces = emulator.requests.map(({ parameters }) => parameters.Nonce)
  return [
    ...(count === load.submissions ? [] : [`${count} results of ${load.submissions} submissions`]),
    ...(thrown.length === 0 ? [] : [`${thrown.length} promises were rejected, as with ${String(thrown[0])}`]),
    ...(longestMs <= load.limits.timeoutMs + lateMs ? [] : [`one took ${Math.round(longestMs)} ms`]),
    ...(invented.length === 0 ? [] : [`${invented.length} ids of tasks that never started`]),
    ...(new Set(acceptedIds).size === acceptedIds.length ? [] : ['an id was told twice']),
    ...(new Set(nonces).size === nonces.length ? [] : ['a request was sent twice']),
  ]
}

/** How late a timer may be in a process that has much to do. */
const lateMs = 2_000

const wrongRemains = (before: Remains, after: Remains): ReadonlyArray<string> => [
  ...(after.listeners === 0 ? [] : [`${after.listeners} listeners are left on the signal`]),
  ...(after.resources.join() === before.resources.join()
    ? []
    : [`alive are ${after.resources.join(', ')}; before, ${before.resources.join(', ')}`]),
  ...(grownBytes(before, after) <= mostGrownBytes
    ? []
    : [`memory has grown by ${kib(grownBytes(before, after))}`]),
]

const grownBytes = (before: Remains, after: Remains): number =>
  after.heapBytes + after.bufferBytes - before.heapBytes - before.bufferBytes

/** What a heap may differ by from one time to another; a result left behind of each submission would be more. */
const mostGrownBytes = load.submissions * 200

const print = (client: string, before: PlayedRound, after: PlayedRound): void => {
  const { results, longestMs, acceptedIds } = after.submitted
  console.log(`${client}: ${load.submissions} submissions, ${load.atATime} at a time`)
  for (const [kind, count] of Object.entries(results).sort()) console.log(`  ${kind.padEnd(18)} ${count}`)
  console.log(`  tasks started      ${after.emulator.tasks.length}, told of ${acceptedIds.length}`)
  console.log(`  longest            ${Math.round(longestMs)} ms, with a limit of ${load.limits.timeoutMs} ms`)
  console.log(
    `  memory             ${kib(after.remains.heapBytes)} of heap, ${kib(after.remains.bufferBytes)} of buffers; ` +
      `after the warm-up ${kib(before.remains.heapBytes)}, ${kib(before.remains.bufferBytes)}`,
  )
  console.log(
    `  left behind        ${after.remains.listeners} listeners; alive: ${after.remains.resources.join(', ')}`,
  )
}

const kib = (bytes: number): string => `${Math.round(bytes / 1024)} KiB`

const sum = (counts: ReadonlyArray<number>): number => counts.reduce((a, b) => a + b, 0)
