import type { BatchResponse, Codecs, OrdinaryResponse } from './Decoder.js'

/** Takes the API at its word. */
export const unchecked: Codecs = {
  ordinary: value => value as OrdinaryResponse,
  batch: value => value as BatchResponse,
}
