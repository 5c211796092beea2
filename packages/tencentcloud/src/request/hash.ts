/**
 * Hashes and signatures of text in UTF-8.
 *
 * @internal
 */
import { hmac } from '@noble/hashes/hmac.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

export const hmacSha1Base64 = (key: string, text: string): string =>
  base64Of(hmac(sha1, utf8ToBytes(key), utf8ToBytes(text)))

export const hmacSha256Base64 = (key: string, text: string): string =>
  base64Of(hmacSha256(utf8ToBytes(key), text))

export const hmacSha256 = (key: Uint8Array, text: string): Uint8Array => hmac(sha256, key, utf8ToBytes(text))

export const sha256Hex = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))

const base64Of = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

export { bytesToHex, utf8ToBytes }
