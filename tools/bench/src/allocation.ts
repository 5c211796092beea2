/**
 * How many bytes a decoder allocates for a response, its result and what it throws away alike.
 *
 * A garbage collection in between would take away what is to be counted: so this is measured in a process of its own, in which
 * the young generation has room for all of it.
 */
import { spawnSync } from 'node:child_process'
import type { ResponseBody } from './responseBodies.js'
import { batchBody, ordinaryBody } from './responseBodies.js'
import { callOn, cleanSizes } from './compareDecoders.js'
import { decoders } from './decoders/decoders.js'

export interface Allocation {
  readonly decoder: string
  /** `null` for the ordinary response: it goes through JSON. */
  readonly resources: number | null
  readonly bytes: number
}

const roomInMiB = 512

export const allocationsInOwnProcess = (program: string): ReadonlyArray<Allocation> => {
  const room = ['min', 'max'].map(end => `--${end}-semi-space-size=${roomInMiB}`)
  const { status, stdout } = spawnSync(process.execPath, ['--expose-gc', ...room, program, 'allocation'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error('The allocations could not be measured')
  return JSON.parse(stdout) as ReadonlyArray<Allocation>
}

export const measureAllocations = (
  collectGarbage: () => void,
  bodies: ReadonlyArray<ResponseBody> = [ordinaryBody, ...cleanSizes.map(size => batchBody('clean', size))],
): ReadonlyArray<Allocation> =>
  bodies.flatMap(body =>
    decoders.map(decoder => ({
      decoder: decoder.name,
      resources: body.resources ?? null,
      bytes: bytesPerCall(collectGarbage, callOn(decoder, body), body),
    })),
  )

const bytesPerCall = (collectGarbage: () => void, call: () => unknown, { text }: ResponseBody): number => {
  const calls = Math.max(1, Math.floor(2_000_000 / text.length))
  const kept: { result: unknown } = { result: undefined }
  const callAll = (count: number): void => {
    for (let done = 0; done < count; done++) kept.result = call()
  }
  callAll(text.length < 1_000_000 ? 3 * calls : 2) // compiled code allocates less
  kept.result = undefined
  collectGarbage()
  const before = process.memoryUsage().heapUsed
  callAll(calls)
  return (process.memoryUsage().heapUsed - before) / calls
}
