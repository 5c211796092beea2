/**
 * Everyday bodies as text and as bytes, and with the CommonJS build.
 */
import { createRequire } from 'node:module'
import * as core from '@task-outcome/core'
import { type EverydayBody, everydayBodies } from './everydayBodies.js'
import { type Turns, measureInTurns } from './measureInTurns.js'

export interface FormsMeasurement {
  readonly body: EverydayBody
  /** The best time of `JSON.parse` for the text: the other work of a machine only adds to a time. */
  readonly ms: number
  /** The time of core to that of `JSON.parse`, each from the text. */
  readonly text: number
  /** The time of core to that of `TextDecoder` and `JSON.parse`, each from the bytes. */
  readonly bytes: number
  /** As `text`, with the CommonJS build of core. */
  readonly commonJs: number
}

type Core = Pick<typeof core, 'decodeBatchTask' | 'decodeOrdinaryTask' | 'decodeTaskStatus'>

const commonJs = createRequire(import.meta.url)('@task-outcome/core') as Core

const decoderFor = (
  { decodeBatchTask, decodeOrdinaryTask, decodeTaskStatus }: Core,
  operation: EverydayBody['operation'],
) => ({ ordinary: decodeOrdinaryTask, batch: decodeBatchTask, status: decodeTaskStatus })[operation]

const turnsFor = ({ text }: EverydayBody): Turns => ({
  rounds: 15,
  turnMs: 12,
  callsAtOnce: Math.max(1, Math.floor(20_000 / text.length)),
})

export const compareForms = (
  bodies: ReadonlyArray<EverydayBody> = everydayBodies(),
  begins: (what: string) => void = () => undefined,
  turns: (body: EverydayBody) => Turns = turnsFor,
): ReadonlyArray<FormsMeasurement> =>
  bodies.map(body => {
    begins(body.resources === undefined ? body.name : `${body.name}, ${body.resources}`)
    const { text, operation } = body
    const bytes = new TextEncoder().encode(text)
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    const [decode, decodeCommonJs] = [decoderFor(core, operation), decoderFor(commonJs, operation)]
    const [parse, parseBytes, fromText, fromBytes, fromCommonJs] = measureInTurns(
      [
        (): unknown => JSON.parse(text),
        (): unknown => JSON.parse(decoder.decode(bytes)),
        () => decode(text),
        () => decode(bytes),
        () => decodeCommonJs(text),
      ],
      turns(body),
    )
    const best = (times: ReadonlyArray<number> = []): number => Math.min(...times)
    return {
      body,
      ms: best(parse),
      text: best(fromText) / best(parse),
      bytes: best(fromBytes) / best(parseBytes),
      commonJs: best(fromCommonJs) / best(parse),
    }
  })
