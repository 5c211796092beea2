/**
 * Requests whose secrets an error must not show, and what it must show all the same.
 */
import type { Emulator } from '@task-outcome/emulator'
import type { PlainRequest } from './Subject.js'

export interface SecretCase {
  readonly name: string
  readonly prepare: (emulator: Emulator) => Promise<{
    readonly request: Partial<PlainRequest> & { readonly url: string }
    /** What must not be found in the error, however deep. */
    readonly secrets: ReadonlyArray<string>
    /** What must be. */
    readonly shows: ReadonlyArray<string>
  }>
}

const secretId = 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE'
const signature = 'hN0k/5JQ+x3Vf1bq2EXAMPLE=='
const token = 'tok.3ncrypt3d.EXAMPLE'
const password = 'c0rrect h0rse&"battery"'
const secrets = [secretId, signature, token, password]

const parameters = new URLSearchParams({
  Action: 'ResetInstancesPassword',
  SecretId: secretId,
  Signature: signature,
  Token: token,
  Password: password,
  'instanceIds.0': 'ins-visible',
}).toString()

/** What a server may send back of a request, in a failure, in the ways in which servers write it. */
const echo = `<p>Denied: ${secretId} ${signature} ${token} ${password.replace(/&/g, '&amp;').replace(/"/g, '&quot;')}</p><p>${parameters}</p>`

const atEndpoint = (url: string): string => `${url}?${parameters}`

export const secretCases: ReadonlyArray<SecretCase> = [
  {
    name: 'in the query, connection refused',
    prepare: async emulator => ({
      request: { url: `${await emulator.refusedUrl()}/v2/index.php?${parameters}` },
      secrets: [...secrets, ...secrets.map(encodeURIComponent), 'ins-visible'],
      shows: ['ResetInstancesPassword', '/v2/index.php'],
    }),
  },
  {
    name: 'in the query, echoed in HTML under 403',
    prepare: async emulator => ({
      request: { url: atEndpoint(emulator.serve({ status: 403, body: echo })) },
      secrets: [...secrets, ...secrets.map(encodeURIComponent)],
      shows: ['Denied', 'ResetInstancesPassword'],
    }),
  },
  {
    name: 'in the query, echoed in the message of a rejection',
    prepare: async emulator => ({
      request: {
        url: atEndpoint(
          emulator.serve({
            body: JSON.stringify({
              code: 4100,
              message: `bad Signature ${signature} of ${secretId}`,
              codeDesc: token,
            }),
          }),
        ),
      },
      secrets,
      shows: ['bad Signature', '4100'],
    }),
  },
  {
    name: 'in the query, echoed where the body is malformed',
    prepare: async emulator => ({
      request: {
        url: atEndpoint(
          emulator.serve({ body: `{"code":0,"requestId":"17","debug":"${secretId}",,"x":"${token}"}` }),
        ),
      },
      secrets,
      shows: ['MalformedJson', '17'],
    }),
  },
  {
    name: 'in the query, cut off at the first KiB',
    prepare: async emulator => ({
      request: { url: atEndpoint(emulator.serve({ status: 500, body: 'x'.repeat(1024 - 20) + secretId })) },
      secrets: [secretId.slice(0, 20)],
      shows: ['xxxx'],
    }),
  },
  {
    name: 'in the query, echoed in a field of another type and in a repeated one',
    prepare: async emulator => ({
      request: {
        url: atEndpoint(
          emulator.serve({
            body: `{"code":"${token}","requestId":"17","x":"${secretId}","x":{"y":["${token}"]}}`,
          }),
        ),
      },
      secrets: [secretId, token],
      shows: ['ShapeError', 'RepeatedMember'],
    }),
  },
  {
    name: 'in a form, echoed',
    prepare: async emulator => ({
      request: {
        url: emulator.serve({ status: 502, body: echo }),
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: parameters,
      },
      secrets: [...secrets, ...secrets.map(encodeURIComponent)],
      shows: ['Denied', 'ResetInstancesPassword'],
    }),
  },
  {
    name: 'in JSON, echoed as PHP writes it',
    prepare: async emulator => ({
      request: {
        url: emulator.serve({
          status: 400,
          body: `{"echo":${JSON.stringify({ signature, password }).replaceAll('/', '\\/')}}`,
        }),
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          Action: 'RunInstances',
          Signature: signature,
          LoginSettings: { Password: password },
        }),
      },
      secrets: [signature, signature.replaceAll('/', '\\/'), password, JSON.stringify(password).slice(1, -1)],
      shows: ['RunInstances'],
    }),
  },
  {
    name: 'in headers, echoed',
    prepare: async emulator => ({
      request: {
        url: emulator.serve({ status: 401, body: `no such token: ${token}` }),
        headers: { authorization: `Bearer ${token}` },
      },
      secrets: [token],
      shows: ['no such token'],
    }),
  },
]
