/**
 * Lets a page of any origin call the emulator and read what it answers.
 *
 * @internal
 */
import type { IncomingHttpHeaders } from 'node:http'
import type { Headers } from '../wire/Message.js'
import type { StubResponse } from './StubResponse.js'

/** On every response. With credentials, `*` is not allowed: so the page's own origin is named. */
export const corsHeaders = ({ origin }: IncomingHttpHeaders): Headers =>
  origin === undefined
    ? [['Access-Control-Allow-Origin', '*']]
    : [
        ['Access-Control-Allow-Origin', origin],
        ['Access-Control-Allow-Credentials', 'true'],
        ['Access-Control-Expose-Headers', 'Content-Encoding, Location, Retry-After'],
        ['Vary', 'Origin'],
      ]

/** A browser's question whether a page may send the request that it is about to send. */
export const isPreflight = (method: string, headers: IncomingHttpHeaders): boolean =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined

export const preflightResponse = (headers: IncomingHttpHeaders): StubResponse => ({
  status: 204,
  headers: {
    'Access-Control-Allow-Methods': headers['access-control-request-method'] ?? '',
    'Access-Control-Allow-Headers': headers['access-control-request-headers'] ?? '',
    // asked for by pages of the public web that call a loopback address
    'Access-Control-Allow-Private-Network': 'true',
    'Access-Control-Max-Age': '0',
  },
})
