/**
 * What a decoder makes of ids that are easily lost, found out by asking it.
 */
import type { Decoder } from './decoders/Decoder.js'

const longId = '9007199254740993123'

/** Two tasks run. */
export const bodyWithLongId = `{"code":0,"message":"","detail":{"ins-1":{"code":0,"message":"","requestId":${longId}},"ins-2":{"code":0,"message":"","requestId":17}}}`

/** Two tasks run, on one resource. */
export const bodyWithRepeat =
  '{"code":0,"message":"","detail":{"ins-1":{"code":0,"message":"","requestId":17},"ins-1":{"code":0,"message":"","requestId":18}}}'

export const mistakesOf = (decoder: Decoder): ReadonlyArray<string> => [
  ...withLongId(decoder.taskIds(bodyWithLongId)),
  ...withRepeat(decoder.taskIds(bodyWithRepeat)),
]

const withLongId = (ids: ReadonlyArray<string>): ReadonlyArray<string> => {
  if (ids.length !== 2) return ['loses long ids']
  return ids.includes(longId) ? [] : ['rounds long ids']
}

const withRepeat = (ids: ReadonlyArray<string>): ReadonlyArray<string> => {
  if (ids.length === 0) return ['refuses a response with a duplicate, reports no id']
  return ids.length === 2 ? [] : ['drops a repeat']
}
