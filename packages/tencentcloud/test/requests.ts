/**
 * Requests, as the tests read them.
 */
import type { HttpRequest } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'

/** The sample credentials of the vendor's documentation. */
export const documented = {
  secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA',
  secretKey: 'Gu5t9xGARNpq86cd98joQYCN3Cozk1qA',
}

export const rightOf = <A>(result: E.Either<unknown, A>): A => {
  if (E.isLeft(result)) throw new Error(`expected a Right, found ${JSON.stringify(result.left)}`)
  return result.right
}

/** The parameters of a request of API 2.0, decoded. */
export const parametersOf = ({ url, body }: HttpRequest): Readonly<Record<string, string>> =>
  Object.fromEntries(new URLSearchParams(typeof body === 'string' ? body : new URL(url).search))
