/**
 * @since 0.1.0
 */

/**
 * The code of a replayed request: the API has seen its nonce before, or the sender's clock is off. It can be the response to a
 * retry, and the first request may have arrived: a resource that is rejected with it is in doubt.
 *
 * Source: PROTOCOL.md, section 6.
 *
 * @category data
 * @since 0.1.0
 */
// A module of its own, so that few bytes come with it.
export const replayedCode = 4500
