/**
 * Finds many texts in one, in a time that does not depend on how many they are (Aho and Corasick, 1975).
 *
 * @internal
 */
import { fold } from './escapes.js'

export interface SecretFinder {
  /**
   * Calls back for each place where one of the texts ends, with the longest that ends there, in the order of their ends.
   * Returns the length of the longest start of one of the texts that the text ends with.
   */
  readonly find: (text: string, found: (start: number, end: number) => void) => number
}

/** What has been read is the start of a text. */
interface State {
  readonly next: Map<number, State>
  /** How long that start is. */
  readonly length: number
  /** The state of the longest shorter start that what has been read ends with; of none at the beginning. */
  shorter: State | undefined
  /** The length of the longest text that what has been read ends with, or 0. */
  longestEnd: number
}

export const secretFinder = (secrets: Iterable<string>): SecretFinder => {
  const start: State = newState(0)
  for (const secret of secrets) {
    let state = start
    for (let index = 0; index < secret.length; index++) {
      const unit = fold(secret.charCodeAt(index))
      let next = state.next.get(unit)
      if (next === undefined) state.next.set(unit, (next = newState(state.length + 1)))
      state = next
    }
    state.longestEnd = state.length
  }
  const states = [start]
  for (const state of states) {
    for (const [unit, next] of state.next) {
      next.shorter = state.shorter === undefined ? start : follow(state.shorter, unit)
      if (next.longestEnd === 0) next.longestEnd = next.shorter.longestEnd
      states.push(next)
    }
  }
  return {
    find: (text, found) => {
      let state = start
      for (let index = 0; index < text.length; index++) {
        state = follow(state, fold(text.charCodeAt(index)))
        if (state.longestEnd > 0) found(index + 1 - state.longestEnd, index + 1)
      }
      return state.length
    },
  }
}

const newState = (length: number): State => ({ next: new Map(), length, shorter: undefined, longestEnd: 0 })

const follow = (from: State, unit: number): State => {
  for (let state = from; ; state = state.shorter) {
    const next = state.next.get(unit)
    if (next !== undefined) return next
    if (state.shorter === undefined) return state
  }
}
