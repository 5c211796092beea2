/**
 * Searches a text for many secrets, in a time that does not depend on their number (Aho and Corasick, 1975).
 *
 * @internal
 */
import { fold } from './escapes.js'

export interface SecretFinder {
  /**
   * Calls back for each position where secrets end, in ascending order, with the range of the longest one. Returns the length
   * of the longest prefix of a secret that the text ends with.
   */
  readonly find: (text: string, found: (start: number, end: number) => void) => number
}

/** A node of the trie: the characters read so far end with a prefix of a secret. */
interface State {
  readonly next: Map<number, State>
  /** The length of that prefix. */
  readonly length: number
  /** The state of the longest shorter prefix that the characters also end with. `undefined` for the root. */
  shorter: State | undefined
  /** The length of the longest secret that the characters end with, or 0. */
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
