/**
 * Responses of intermediaries, such as gateways, instead of the API's own.
 *
 * @internal
 */
import type { StubResponse } from '../server/StubResponse.js'

const html = { 'Content-Type': 'text/html; charset=utf-8' }

export const gatewayPage = (status: number): StubResponse => ({
  status,
  headers: html,
  body: `<html>\r\n<head><title>${status}</title></head>\r\n<body><center><h1>${status}</h1></center><hr><center>nginx</center></body>\r\n</html>\r\n`,
})

export const loginPage: StubResponse = {
  headers: html,
  body: '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><form method="post" action="/login"><input name="user"><input name="password" type="password"><button>Sign in</button></form></body></html>\n',
}

export const noContent: StubResponse = { status: 204 }

export const redirect = (status: number, location: string): StubResponse => ({
  status,
  headers: { ...html, Location: location },
  body: '<html><body>Moved</body></html>\n',
})

export const retryLater = (status: number, retryAfterSeconds: number): StubResponse => ({
  status,
  headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Retry-After': String(retryAfterSeconds) },
  body: 'Try again later\n',
})
