/**
 * The names of parameters and headers whose values are secrets.
 *
 * @internal
 */

/** Tells whether a name suggests a secret: by a part that hardly occurs in other names, or by its words. */
export const isSecretName = (name: string): boolean =>
  revealingPart.test(name) || revealingWords.test(wordsOf(name))

const revealingPart =
  /secret|signature|token|sess(?:ion)?[-_. ]?id|pass(?:w|ph|code|key)|pwd|credential|authorization|cookie|(?:api|app|access|auth|private|encryption)[-_. ]?key/i

/** Short words count only whole and at the end: `SessionId` and `pin`, but not `sessionExpire`, `pinned`, `keyId` or `TagKey`. */
const revealingWords =
  /(?:^| )(?:pass|pin|otp|totp|mfa|jwt|bearer|sess|session|sid|sig|auth)(?: code)? $|^key $/

/** Splits at capital letters, digits and punctuation: `X-Session-Id` becomes `x session id `. */
const wordsOf = (name: string): string =>
  name
    .replace(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^A-Za-z]+/g, word => (/[a-z]/i.test(word) ? `${word} ` : ''))
    .toLowerCase()
