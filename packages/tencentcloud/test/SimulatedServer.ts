/**
 * A server of both APIs behind an unreliable network, as a transport. It counts the tasks that it starts.
 */
import type { HttpRequest, HttpResponse, Transport, TransportError } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { parametersOf } from './requests.js'

/** What happens to a request, in the order in which they are sent. */
export type Fate =
  | 'arrives'
  | 'isNotSent'
  /** It is lost. */
  | 'isLost'
  /** Its response is lost. */
  | 'isUnanswered'
  /** It arrives after the next one, or at the end; its response is lost. */
  | 'isLate'
  /** A gateway responds in place of the server. */
  | 'isStopped'
  /** A gateway responds after the server has. */
  | 'isHidden'
  /** The server is too busy to read it. */
  | 'isRefused'

export const fates: ReadonlyArray<Fate> = [
  ...(['arrives', 'isNotSent', 'isLost', 'isUnanswered'] as const),
  ...(['isLate', 'isStopped', 'isHidden', 'isRefused'] as const),
]

export interface SimulatedServer {
  readonly transport: Transport
  readonly sent: ReadonlyArray<HttpRequest>
  /** The ids of the tasks that it has started. Waits for late requests. */
  readonly started: () => ReadonlyArray<string>
}

export const simulateServer = (fatesInOrder: ReadonlyArray<Fate>): SimulatedServer => {
  const sent: HttpRequest[] = []
  const started: string[] = []
  const late: HttpRequest[] = []
  const seen = new Map<string, string>()

  const start = (): string => {
    const id = `90071992547409931${String(started.length).padStart(2, '0')}`
    started.push(id)
    return id
  }

  const handle = (request: HttpRequest): HttpResponse => {
    const isV3 = request.headers?.['X-TC-Action'] !== undefined
    return isV3 ? handleV3(request) : handleV2(request)
  }

  const handleV2 = (request: HttpRequest): HttpResponse => {
    const { Nonce, Timestamp } = parametersOf(request)
    const pair = `${Nonce} ${Timestamp}`
    if (seen.has(pair)) return ok('{"code":4500,"message":"replayed"}')
    seen.set(pair, '')
    return ok(`{"code":0,"requestId":${start()}}`)
  }

  const handleV3 = ({ body }: HttpRequest): HttpResponse => {
    const { ClientToken: token } = JSON.parse(body as string) as { readonly ClientToken?: string }
    const id = (token === undefined ? undefined : seen.get(token)) ?? start()
    if (token !== undefined) seen.set(token, id)
    return ok(`{"Response":{"TaskId":${id},"RequestId":"r-${sent.length}"}}`)
  }

  const refuse = ({ headers }: HttpRequest): HttpResponse =>
    headers?.['X-TC-Action'] === undefined
      ? ok('{"code":4400,"message":"too fast"}')
      : ok('{"Response":{"Error":{"Code":"RequestLimitExceeded","Message":""},"RequestId":"r"}}')

  const pass = (request: HttpRequest, fate: Fate): E.Either<TransportError, HttpResponse> => {
    switch (fate) {
      case 'arrives':
        return E.right(handle(request))
      case 'isNotSent':
        return E.left({
          _tag: 'NotSent',
          reason: { _tag: 'NetworkFailed', code: 'ECONNREFUSED' },
          recovered: [],
        })
      case 'isLost':
        return E.left(unknown)
      case 'isUnanswered':
        handle(request)
        return E.left(unknown)
      case 'isLate':
        late.push(request)
        return E.left(unknown)
      case 'isStopped':
        return E.right(gateway)
      case 'isHidden':
        handle(request)
        return E.right(gateway)
      case 'isRefused':
        return E.right(refuse(request))
    }
  }

  const arriveLate = (requests: ReadonlyArray<HttpRequest>): void => {
    for (const request of requests) handle(request)
  }

  return {
    transport: request => async () => {
      const before = late.splice(0)
      const fate = fatesInOrder[sent.length] ?? 'arrives'
      sent.push(request)
      const result = pass(request, fate)
      arriveLate(before)
      return result
    },
    sent,
    started: () => {
      arriveLate(late.splice(0))
      return started
    },
  }
}

const ok = (body: string): HttpResponse => ({ status: 200, body })

const gateway: HttpResponse = { status: 502, body: '<html>Bad Gateway</html>' }

const unknown: TransportError = {
  _tag: 'DeliveryUnknown',
  reason: { _tag: 'NetworkFailed', code: 'ECONNRESET' },
  recovered: [],
}
