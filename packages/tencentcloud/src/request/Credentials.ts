/**
 * The credentials that requests are signed with.
 *
 * @since 0.1.0
 */
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
 * Credentials, or a function that returns the current ones. It is called for each request.
 *
 * @category model
 * @since 0.1.0
 */
export type CredentialsSource = Credentials | (() => Credentials | PromiseLike<Credentials>)

/** @internal */
export const credentialsIssue = (
  credentials: Partial<Credentials> | null | undefined,
): RequestIssue | undefined => {
  if (typeof credentials !== 'object' || credentials === null)
    return issueAt('expected an object with a secretId and a secretKey', 'credentials')
  const { secretId, secretKey, token } = credentials
  const idIssue = textIssue(secretId, secretIdText, 'credentials', 'secretId')
  if (idIssue !== undefined) return idIssue
  if (typeof secretKey !== 'string' || secretKey === '')
    return issueAt('expected a non-empty string', 'credentials', 'secretKey')
  return token === undefined ? undefined : textIssue(token, visible, 'credentials', 'token')
}

/** A secret id is part of the header `Authorization`, between `=` and `/`. */
const secretIdText = {
  pattern: /^[\w.-]+$/,
  expected: 'a non-empty string of letters, digits, "_", "-" and "."',
}
