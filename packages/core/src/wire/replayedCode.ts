/**
 * The code of a replayed request: the API has seen its nonce before, or the sender's clock is off. It can be the response to a
 * retry, and the first request may have arrived. A module of its own, so that few bytes come with it.
 *
 * Source: PROTOCOL.md, section 6.
 *
 * @internal
 */
export const replayedCode = 4500
