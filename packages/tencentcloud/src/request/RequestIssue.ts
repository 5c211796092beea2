/**
 * Why a request can't be built.
 *
 * @since 0.1.0
 */
import { JsonPointer } from '@task-outcome/core/json'
import * as E from 'fp-ts/lib/Either.js'

/**
 * Why a request can't be built: nothing was sent. It holds no value of the request, because any value can be a secret.
 *
 * @category model
 * @since 0.1.0
 */
export interface RequestIssue {
  /** Where the issue is, as a JSON Pointer, such as `/parameters/instanceIds/0` or `/credentials/secretId`. */
  readonly path: string
  /** What was expected, what was found, and what to do. */
  readonly message: string
}

/**
 * Formats an issue as one line.
 *
 * @example
 * import { showRequestIssue } from '@task-outcome/tencentcloud'
 *
 * showRequestIssue({ path: '/region', message: 'expected a name' }) // '/region: expected a name'
 *
 * @category destructors
 * @since 0.1.0
 */
export const showRequestIssue = ({ path, message }: RequestIssue): string => `${path}: ${message}`

/** @internal */
export const issueAt = (message: string, ...path: ReadonlyArray<string | number>): RequestIssue => ({
  path: path.reduce<JsonPointer.JsonPointer>(JsonPointer.child, JsonPointer.root),
  message,
})

/**
 * Builds a request. Untyped callers can pass anything, so reading it can throw.
 *
 * @internal
 */
export const build = <A>(run: () => E.Either<RequestIssue, A>): E.Either<RequestIssue, A> => {
  try {
    return run()
  } catch {
    return E.left(issueAt('expected plain data, but reading it threw an error'))
  }
}
