/**
 * The platform features that `fetch` needs.
 *
 * @internal
 */
import type { AbortSignalLike, Platform } from '@task-outcome/core/adapter'

/** Globals are read on each use, as tests replace timers and `AbortController`. */
export const platform: Platform<AbortSignal, ReturnType<typeof setTimeout>> = {
  get AbortController() {
    const { AbortController } = globalThis
    if (AbortController !== checked) {
      checked = AbortController
      usable = [AbortController, controllerOfNode()].find(isTakenByFetch)
    }
    return usable
  },
  get performance() {
    return globalThis.performance
  },
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: timer => {
    clearTimeout(timer)
  },
}

/** Combines two signals. Without `AbortSignal.any` returns the second, as limits work even without a signal. */
export const eitherOf = (own: AbortSignal | undefined, other: AbortSignalLike): AbortSignal => {
  const { any } = AbortSignal as Partial<typeof AbortSignal>
  return own === undefined || any === undefined
    ? (other as AbortSignal)
    : any.call(AbortSignal, [own, other as AbortSignal])
}

let checked: Controller | undefined
let usable: Controller | undefined

type Controller = typeof globalThis.AbortController

/** Returns whether `fetch` accepts the controller's signals. jsdom replaces Node's controller with one whose signals it rejects. */
const isTakenByFetch = (Controller: Controller | undefined): boolean => {
  if (Controller === undefined) return false
  try {
    const { Request } = globalThis as Partial<typeof globalThis>
    if (Request !== undefined) new Request('http://localhost/', { signal: new Controller().signal })
    return true
  } catch {
    return false
  }
}

const controllerOfNode = (): Controller | undefined => {
  try {
    const { transferableAbortController } = process.getBuiltinModule('node:util')
    return transferableAbortController as unknown as Controller
  } catch {
    return undefined // not Node, or older than 20.16
  }
}
