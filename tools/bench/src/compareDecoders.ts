/**
 * Decoders side by side.
 */
import type { FormsMeasurement } from './compareForms.js'
import { type ResponseBody, batchBody, bodyKinds, ordinaryBody } from './responseBodies.js'
import { decoders, jsonParse } from './decoders/decoders.js'
import type { Decoder } from './decoders/Decoder.js'
import { taskOutcome } from './decoders/taskOutcome.js'
import { type HostileBody, hostileBodies } from './hostileBodies.js'
import { type Turns, measureInTurns, medianOf, middleHalf, ratios } from './measureInTurns.js'

export interface DecoderComparison {
  readonly measured: ReadonlyArray<DecoderMeasurement>
  readonly everyday: ReadonlyArray<FormsMeasurement>
  readonly hostile: ReadonlyArray<HostileMeasurement>
}

export interface DecoderMeasurement {
  readonly body: ResponseBody
  readonly decoder: Decoder
  /** The time of a call. */
  readonly ms: number
  /** To the time of the first decoder. */
  readonly ratio: number
  /** Of all rounds, the half in the middle had a ratio between these. */
  readonly middleHalf: readonly [number, number]
}

export interface HostileMeasurement {
  readonly body: HostileBody
  readonly ms: number
  readonly msOfTwice: number
  readonly ratio: number
  /** For the part that memory has in it: the same of `JSON.parse`. */
  readonly jsonParseRatio: number
}

export const cleanSizes: ReadonlyArray<number> = [1, 10, 100, 1000, 10_000, 100_000]

/** Those of the kinds that are not clean. */
const otherSizes = cleanSizes.slice(0, -1)

export const bodiesOf = (
  clean: ReadonlyArray<number> = cleanSizes,
  others: ReadonlyArray<number> = otherSizes,
): ReadonlyArray<ResponseBody> => [
  ordinaryBody,
  ...bodyKinds.flatMap(kind =>
    (kind === 'clean' ? clean : others).map(resources => batchBody(kind, resources)),
  ),
]

/** About as long for each body: the large ones in fewer rounds, of one call. */
const turnsFor = ({ text }: ResponseBody): Turns => {
  const callsAtOnce = Math.max(1, Math.floor(20_000 / text.length))
  if (text.length < 500_000) return { rounds: 15, turnMs: 12, callsAtOnce }
  return { rounds: text.length < 5_000_000 ? 9 : 7, turnMs: 1, callsAtOnce }
}

/** The first decoder is the one that the others are compared with. */
export const compareDecoders = (
  bodies: ReadonlyArray<ResponseBody> = bodiesOf(),
  begins: (what: string) => void = () => undefined,
  turns: (body: ResponseBody) => Turns = turnsFor,
): ReadonlyArray<DecoderMeasurement> =>
  bodies.flatMap(body => {
    begins(nameOf(body))
    const contenders = decoders.filter(decoder => understands(decoder, body))
    const times = measureInTurns(
      contenders.map(decoder => callOn(decoder, body)),
      turns(body),
    )
    return contenders.map((decoder, index): DecoderMeasurement => {
      const found = ratios(times[index], times[0])
      return {
        body,
        decoder,
        ms: medianOf(times[index] ?? []),
        ratio: medianOf(found),
        middleHalf: middleHalf(found),
      }
    })
  })

const nameOf = ({ kind, resources }: ResponseBody): string =>
  resources === undefined ? 'ordinary' : `${kind}, ${resources.toLocaleString('en-US')}`

/** A decoder that refuses a valid response has no time to compare. */
const understands = (decoder: Decoder, { resources, text }: ResponseBody): boolean =>
  resources === undefined || decoder.taskIds(text).length > 0

export const callOn = (decoder: Decoder, { resources, text }: ResponseBody): (() => unknown) =>
  resources === undefined ? () => decoder.ordinary(text) : () => decoder.batch(text)

/** In fewer rounds what takes long. */
const hostileTurns = (ms: number): Turns => ({
  rounds: Math.min(9, Math.max(3, Math.round(2000 / ms))),
  turnMs: 50,
  callsAtOnce: 1,
})

/** Each body beside one twice as large, the best time of each: how time grows is not a matter of what else the machine does. */
export const measureHostile = (
  bodies: ReadonlyArray<HostileBody> = hostileBodies,
  begins: (what: string) => void = () => undefined,
  turns: (ms: number) => Turns = hostileTurns,
): ReadonlyArray<HostileMeasurement> =>
  bodies.map(body => {
    begins(body.name)
    const [once, twice] = [body.write(body.size), body.write(2 * body.size)]
    const began = performance.now()
    taskOutcome.batch(once)
    const [ms = NaN, msOfTwice = NaN, jsonParseMs = NaN, jsonParseMsOfTwice = NaN] = measureInTurns(
      [taskOutcome, jsonParse].flatMap(decoder => [once, twice].map(text => () => decoder.batch(text))),
      turns(performance.now() - began),
    ).map(times => Math.min(...times))
    return { body, ms, msOfTwice, ratio: msOfTwice / ms, jsonParseRatio: jsonParseMsOfTwice / jsonParseMs }
  })
