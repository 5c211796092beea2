/**
 * Gives the connection failures of Deno the codes that Node's have.
 *
 * @internal
 */

/**
 * Adds a code to what Deno's `fetch` threw, if it could not connect. Its errors have no code, only a message. No URL has a
 * space, so the URL in the message can't imitate the rest of it.
 */
export const withDenoCode = (thrown: unknown): unknown => {
  const { cause } = Object(thrown) as { readonly cause?: unknown }
  const failed = cause instanceof Error && failedToConnect.exec(cause.message)
  if (failed) {
    const [, dns, certificate] = failed
    Object.assign(cause, { code: dns ? 'ENOTFOUND' : certificate ? 'CERT_REJECTED' : 'ECONNREFUSED' })
  }
  return thrown
}

/** The numbers of a refused connection are those of Linux, macOS and Windows. */
const failedToConnect =
  /^error sending request for url \(\S*\): client error \(Connect\): (?:(dns error)|(invalid peer certificate)|tcp connect error: .*\(os error (?:111|61|10061)\)$)/
