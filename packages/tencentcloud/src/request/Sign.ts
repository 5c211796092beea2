/**
 * @internal
 */
import type { HttpRequest } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type Credentials, readCredentials } from './Credentials.js'
import { type RequestIssue, build } from './RequestIssue.js'

/**
 * Signs a request that is already written: whatever the caller changes later, each signature is that of the same request.
 *
 * @param timestamp - the current time, in seconds since 1970
 */
export type Sign = (credentials: Credentials, timestamp: number) => E.Either<RequestIssue, HttpRequest>

/** Writes a request and signs it at once. */
export const writeAndSign = <
  Options extends { readonly credentials: Credentials; readonly timestamp: number },
>(
  write: (options: Options) => E.Either<RequestIssue, Sign>,
  options: Options,
): E.Either<RequestIssue, HttpRequest> =>
  build(() =>
    pipe(
      write(options),
      E.bindTo('sign'),
      E.bind('credentials', () => readCredentials(options.credentials)),
      E.chain(({ sign, credentials }) => sign(credentials, options.timestamp)),
    ),
  )
