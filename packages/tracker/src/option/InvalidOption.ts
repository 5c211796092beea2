/**
 * Checks of options.
 *
 * @since 0.1.0
 */
import { maxBytes, searchable } from '../record/searchable.js'

/**
 * An argument or an option is invalid: nothing was started or changed.
 *
 * @category model
 * @since 0.1.0
 */
export interface InvalidOption {
  readonly _tag: 'InvalidOption'
  /** Names the option, and says what it must be. */
  readonly issue: string
}

/** @internal */
export const invalidOption = (issue: string): InvalidOption => ({ _tag: 'InvalidOption', issue })

/** @internal */
export const numberIssue = (name: string, value: number, least: number, most: number): string | undefined =>
  Number.isFinite(value) && value >= least && value <= most
    ? undefined
    : `${name} must be a number from ${least} to ${most}`

/** @internal */
export const nameIssue = (name: string, value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && searchable(value) === value
    ? undefined
    : `${name} must be a string of 1 to ${maxBytes} bytes in UTF-8, without NUL and unpaired surrogates`

/** @internal */
export const objectIssue = (name: string, value: unknown): string | undefined =>
  typeof value === 'object' && value !== null ? undefined : `${name} must be an object`
