/**
 * A run of random inputs.
 */
import { type Input, check } from './check.js'
import { randomBody } from './bodies.js'
import { type Random, makeRandom } from './random.js'

export interface Failure {
  readonly input: Input
  readonly problem: string
}

export interface Run {
  readonly inputs: number
  readonly failures: ReadonlyArray<Failure>
}

/** Goes on while `goesOn` says so; a failing input is made smaller before it is reported. */
export const fuzz = (seed: number, goesOn: (inputs: number) => boolean): Run => {
  const random = makeRandom(seed)
  const failures: Failure[] = []
  let inputs = 0
  for (; goesOn(inputs) && failures.length < 5; inputs++) {
    const input = randomInput(random)
    const problem = check(input)
    if (problem !== undefined) failures.push(smallest(input, problem))
  }
  return { inputs, failures }
}

const randomInput = (random: Random): Input => ({
  body: randomBody(random),
  operation: random.pick(['ordinary', 'batch', 'status']),
  status: random.pick([200, 200, 200, 204, 302, 403, 500]),
})

/** Leaves out part after part while the input still fails. */
const smallest = (input: Input, problem: string): Failure => {
  for (let size = Math.floor(input.body.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at + size <= input.body.length; at++) {
      const smaller = { ...input, body: without(input.body, at, size) }
      const stillWrong = check(smaller)
      if (stillWrong !== undefined) return smallest(smaller, stillWrong)
    }
  }
  return { input, problem }
}

const without = (body: string | Uint8Array, at: number, size: number): string | Uint8Array =>
  typeof body === 'string'
    ? body.slice(0, at) + body.slice(at + size)
    : Uint8Array.from([...body.subarray(0, at), ...body.subarray(at + size)])
