import { createHash, randomBytes } from 'node:crypto'
import type { Token } from '../configuration/Token.js'

/** Makes a token of 256 bits, and its entry in the configuration. */
export const makeToken = (name: string): { readonly token: string; readonly entry: Token } => {
  const token = randomBytes(32).toString('base64url')
  return { token, entry: { name, sha256: sha256(token), accounts: 'all', access: 'write' } }
}

export const sha256 = (token: string): string => createHash('sha256').update(token).digest('hex')
