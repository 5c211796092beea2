/**
 * Who calls, and what the caller may see.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Token } from '../configuration/Token.js'

export interface Access {
  /** The name of the token, for the log. */
  readonly name: string
  readonly accounts: 'all' | ReadonlySet<string>
  readonly canWrite: boolean
}

export type Authenticate = (authorization: string | undefined) => Access | undefined

/** Finds the token of a header `Authorization`. Compares with each token, in the same time whichever is the right one. */
export const createAuthenticate = (tokens: ReadonlyArray<Token>): Authenticate => {
  const known = tokens.map(({ name, sha256, accounts, access }) => ({
    hash: Buffer.from(sha256, 'hex'),
    access: {
      name,
      accounts: accounts === 'all' ? accounts : new Set(accounts),
      canWrite: access === 'write',
    },
  }))
  return authorization => {
    const [, token] = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization ?? '') ?? []
    if (token === undefined) return undefined
    const hash = createHash('sha256').update(token).digest()
    let found: Access | undefined
    for (const one of known) if (timingSafeEqual(one.hash, hash)) found = one.access
    return found
  }
}

export const sees = ({ accounts }: Pick<Access, 'accounts'>, account: string): boolean =>
  accounts === 'all' || accounts.has(account)
