import type { Chaos, Fault } from '@task-outcome/emulator'

/** Makes a fifth of the responses fail, in every way that a response can. A seed always produces the same faults. */
export const chaosFrom = (seed: number): Chaos => ({ rate: 0.2, random: randomFrom(seed), faults })

const faults: readonly [Fault, ...Fault[]] = [
  { _tag: 'Stall', at: 'beforeResponse' },
  { _tag: 'Stall', at: 'withinHead' },
  { _tag: 'Stall', at: 'withinBody' },
  { _tag: 'Close', at: 'beforeResponse' },
  { _tag: 'Close', at: 'withinHead' },
  { _tag: 'Close', at: 'withinBody' },
  { _tag: 'Close', at: 'afterBody' },
  { _tag: 'Reset', at: 'beforeResponse' },
  { _tag: 'Reset', at: 'withinHead' },
  { _tag: 'Reset', at: 'withinBody' },
  { _tag: 'Reset', at: 'afterBody' },
  { _tag: 'Drip', msPerByte: 1 },
  { _tag: 'WrongContentLength', differenceBytes: 7 },
  { _tag: 'WrongContentLength', differenceBytes: -7 },
  { _tag: 'DuplicateContentLength', differenceBytes: 1 },
  { _tag: 'Chunked', damage: 'withoutLastChunk' },
  { _tag: 'Chunked', damage: 'withinChunk' },
  { _tag: 'Chunked', damage: 'badLength' },
  { _tag: 'TrailingBytes', bytes: '{"code":5100}' },
  { _tag: 'EndlessBody' },
  { _tag: 'Informational', statuses: [100, 103] },
  { _tag: 'InvalidHttp' },
  { _tag: 'Compressed', encoding: 'gzip', damage: 'cut' },
  { _tag: 'Compressed', encoding: 'br', damage: 'corrupted' },
  { _tag: 'CompressionBomb', encoding: 'deflate', expandsToBytes: 4 * 1024 * 1024 },
  { _tag: 'GatewayPage' },
  { _tag: 'LoginPage' },
  { _tag: 'NoContent' },
  { _tag: 'RedirectLoop' },
  { _tag: 'TooManyRequests', retryAfterSeconds: 7 },
  { _tag: 'ServiceUnavailable', retryAfterSeconds: 7 },
]

/** Lehmer's generator, as MINSTD has it. */
const randomFrom = (seed: number): (() => number) => {
  let state = seed
  return () => (state = (state * 48271) % 2147483647) / 2147483647
}
