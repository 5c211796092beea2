import Type, { type Static } from 'typebox'
import { AccountName } from './AccountName.js'

/** A token of a caller. Only its hash is known, so that the configuration lets nobody in. */
const Token = Type.Object(
  {
    /** For the log. */
    name: Type.String({ minLength: 1, maxLength: 100 }),
    /** SHA-256 of the token, in hex. */
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    accounts: Type.Union([Type.Literal('all'), Type.Array(AccountName, { minItems: 1 })]),
    access: Type.Union([Type.Literal('read'), Type.Literal('write')]),
  },
  { additionalProperties: false },
)

export type Token = Static<typeof Token>

export const Tokens = Type.Array(Token, { minItems: 1 })
