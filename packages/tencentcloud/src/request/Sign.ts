/**
 * @internal
 */
import type { HttpRequest } from '@task-outcome/core'
import type * as E from 'fp-ts/lib/Either.js'
import type { Credentials } from './Credentials.js'
import type { RequestIssue } from './RequestIssue.js'

/**
 * Signs a request that is already written: whatever the caller changes later, each signature is that of the same request.
 *
 * @param timestamp - the current time, in seconds since 1970
 */
export type Sign = (credentials: Credentials, timestamp: number) => E.Either<RequestIssue, HttpRequest>
