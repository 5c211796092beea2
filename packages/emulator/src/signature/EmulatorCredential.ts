/**
 * @since 0.1.0
 */

/**
 * A key that the emulator knows, as the console or the token service of the vendor hands it out.
 *
 * @category model
 * @since 0.1.0
 */
export interface EmulatorCredential {
  readonly secretId: string
  readonly secretKey: string
  /** The token of a temporary key. A request must have this one; without it, none. */
  readonly token?: string
}

/**
 * @internal
 */
export type FoundCredential = EmulatorCredential | 'unknownId' | 'wrongToken'

/**
 * Finds the key of a request. One `secretId` can have several keys, which differ by their token.
 *
 * @internal
 */
export const findCredential = (
  credentials: ReadonlyArray<EmulatorCredential>,
  secretId: string,
  token: string | undefined,
): FoundCredential => {
  const known = credentials.filter(credential => credential.secretId === secretId)
  if (known.length === 0) return 'unknownId'
  return known.find(credential => (credential.token ?? '') === (token ?? '')) ?? 'wrongToken'
}
