/**
 * Lets a page of any origin call the emulator and read its responses.
 *
 * @internal
 */
import type { IncomingHttpHeaders } from 'node:http'
import type { Headers } from '../wire/Message.js'
import type { StubResponse } from './StubResponse.js'

/** The headers of every response. Requests with credentials do not allow `*`, so the origin of the page is named. */
export const corsHeaders = ({ origin }: IncomingHttpHeaders): Headers =>
  origin === undefined
    ? [['Access-Control-Allow-Origin', '*']]
    : [
        ['Access-Control-Allow-Origin', origin],
        ['Access-Control-Allow-Credentials', 'true'],
        ['Access-Control-Expose-Headers', 'Content-Encoding, Location, Retry-After'],
        ['Vary', 'Origin'],
      ]

/** Returns whether the request is a CORS preflight. */
export const isPreflight = (method: string, headers: IncomingHttpHeaders): boolean =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined

export const preflightResponse = (headers: IncomingHttpHeaders): StubResponse => ({
  status: 204,
  headers: {
    'Access-Control-Allow-Methods': headers['access-control-request-method'] ?? '',
    'Access-Control-Allow-Headers': headers['access-control-request-headers'] ?? '',
    // required for public web pages that call a loopback address
    'Access-Control-Allow-Private-Network': 'true',
    'Access-Control-Max-Age': '0',
  },
})
