/**
 * Parts of results that cases expect.
 */
import { expect } from 'vitest'
import type { Expected } from './Subject.js'

export const left = (value: object): Expected => ({ _tag: 'Left', left: value })

export const right = (value: object): Expected => ({ _tag: 'Right', right: value })

export const network = (code: string) => ({ _tag: 'NetworkFailed', code })

/** The reason in a browser, which hides why an exchange failed; axios adds its own code. */
export const hiddenReason: unknown = expect.toBeOneOf([
  { _tag: 'ClientFailed', name: 'TypeError' },
  { _tag: 'NetworkFailed', code: 'ERR_NETWORK' },
])
