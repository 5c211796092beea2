import { describe, expect, test } from 'vitest'
import { followSignal } from './followSignal.js'

const makeSignal = () => {
  const listeners: (() => void)[] = []
  return {
    listeners,
    signal: {
      aborted: false,
      addEventListener: (_: 'abort', listener: () => void): void => void listeners.push(listener),
      removeEventListener: (_: 'abort', listener: () => void): void =>
        void listeners.splice(listeners.indexOf(listener), 1),
    },
    abort: (): void => {
      for (const listener of [...listeners]) listener()
    },
  }
}

describe('following a signal', () => {
  test('calls every callback with a single listener', () => {
    const { signal, listeners, abort } = makeSignal()
    const called: string[] = []
    followSignal(signal, () => called.push('a'))
    followSignal(signal, () => called.push('b'))
    expect(listeners.length).toBe(1)
    abort()
    expect(called).toEqual(['a', 'b'])
  })

  test('does not call a callback that was removed', () => {
    const { signal, listeners, abort } = makeSignal()
    const called: string[] = []
    const leave = followSignal(signal, () => called.push('a'))
    followSignal(signal, () => called.push('b'))
    leave()
    expect(listeners.length).toBe(1)
    abort()
    expect(called).toEqual(['b'])
  })

  test('tolerates callbacks that remove themselves or each other', () => {
    const { signal, listeners, abort } = makeSignal()
    const called: string[] = []
    const leaveFirst = followSignal(signal, () => {
      called.push('a')
      leaveFirst()
      leaveSecond()
    })
    const leaveSecond = followSignal(signal, () => called.push('b'))
    followSignal(signal, () => called.push('c'))
    abort()
    expect(called).toEqual(['a', 'c'])
    expect(listeners.length).toBe(1)
  })

  test('removes its listener with the last callback', () => {
    const { signal, listeners } = makeSignal()
    const leaves = [1, 2].map(() => followSignal(signal, () => undefined))
    for (const leave of leaves) leave()
    expect(listeners).toEqual([])
  })

  test('tolerates removing a callback twice', () => {
    const { signal, listeners, abort } = makeSignal()
    let count = 0
    const leave = followSignal(signal, () => undefined)
    leave()
    followSignal(signal, () => count++)
    leave()
    expect(listeners.length).toBe(1)
    abort()
    expect(count).toBe(1)
  })

  test('keeps signals apart', () => {
    const [one, other] = [makeSignal(), makeSignal()]
    const called: string[] = []
    followSignal(one.signal, () => called.push('one'))
    followSignal(other.signal, () => called.push('other'))
    one.abort()
    expect(called).toEqual(['one'])
  })

  test('can be stopped if the signal has no removeEventListener', () => {
    const leave = followSignal({ aborted: false }, () => undefined)
    expect(leave).not.toThrow()
  })
})
