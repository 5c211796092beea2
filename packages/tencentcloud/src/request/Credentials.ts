/**
 * The credentials that requests are signed with.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { type RequestIssue, issueAt } from './RequestIssue.js'
import { textIssue, visible } from './text.js'

/**
 * The credentials of an account, or temporary ones, which have a token.
 *
 * @category model
 * @since 0.1.0
 */
export interface Credentials {
  readonly secretId: string
  /** The key of the signature. It is part of no request, no error and no result. */
  readonly secretKey: string
  /** The token of temporary credentials. */
  readonly token?: string
}

/**
 * Credentials, or a function that returns the current ones. It is called for each request. A submission is sent again only with the
 * same `secretId`: another one can be of another account.
 *
 * @category model
 * @since 0.1.0
 */
export type CredentialsSource = Credentials | (() => Credentials | PromiseLike<Credentials>)

/**
 * Reads credentials, each member once.
 *
 * @internal
 */
export const readCredentials = (
  credentials: Partial<Credentials> | null | undefined,
): E.Either<RequestIssue, Credentials> => {
  if (typeof credentials !== 'object' || credentials === null)
    return E.left(issueAt('expected an object with a secretId and a secretKey', 'credentials'))
  const { secretId = '', secretKey, token } = credentials
  const idIssue = textIssue(secretId, secretIdText, 'credentials', 'secretId')
  if (idIssue !== undefined) return E.left(idIssue)
  if (typeof secretKey !== 'string' || secretKey === '')
    return E.left(issueAt('expected a non-empty string', 'credentials', 'secretKey'))
  if (token === undefined) return E.right({ secretId, secretKey })
  const tokenIssue = textIssue(token, visible, 'credentials', 'token')
  return tokenIssue === undefined ? E.right({ secretId, secretKey, token }) : E.left(tokenIssue)
}

/** A secret id is part of the header `Authorization`, between `=` and `/`. */
const secretIdText = {
  pattern: /^[\w.-]+$/,
  expected: 'a non-empty string of letters, digits, "_", "-" and "."',
}
