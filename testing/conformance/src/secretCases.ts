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

const pin = '4929123847'

/** With characters that servers spell in many ways. */
const oddPassword = "pass!(w)*o'r~d/ä&"
const oddSpellings = [
  encodeURIComponent(oddPassword),
  encodeURIComponent(oddPassword).replace(/%[0-9A-F]{2}/g, (escape, at: number) =>
    at % 2 === 0 ? escape.toLowerCase() : escape,
  ),
  // PHP's urlencode
  'pass%21%28w%29%2Ao%27r%7Ed%2F%C3%A4%26',
  'pass!(w)*o&#39;r~d/&auml;&amp;',
  'pass&#33;&#x28;w&#x29;*o&apos;r~d&#47;&#228;&#x26;',
  'pass!(w)*o\\u0027r~d\\/\\u00E4\\u0026',
  encodeURIComponent(encodeURIComponent(oddPassword)),
]

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
      shows: ['ShapeError', 'DuplicateMember'],
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
  {
    name: 'in a form, echoed in every spelling',
    prepare: async emulator => ({
      request: {
        url: emulator.serve({ status: 502, body: `<p>Denied: ${oddSpellings.join(' ')}</p>` }),
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ Password: oddPassword }).toString(),
      },
      secrets: [oddPassword, ...oddSpellings],
      shows: ['<p>Denied: ***'],
    }),
  },
  {
    name: 'in JSON in a form, echoed',
    prepare: async emulator => ({
      request: {
        url: emulator.serve({ body: JSON.stringify({ code: 4000, message: `bad Password ${password}` }) }),
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ data: JSON.stringify({ Login: { Password: password } }) }).toString(),
      },
      secrets: [password],
      shows: ['bad Password'],
    }),
  },
  {
    name: 'in JSON after a byte order mark, a number, echoed as one',
    prepare: async emulator => ({
      request: {
        url: emulator.serve({ body: `{"code":0,"requestId":"17","x":${pin},"x":["pin ${pin}",${pin}]}` }),
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: `\ufeff{"Action":"RunInstances","Password":${pin}}`,
      },
      secrets: [pin],
      shows: ['RunInstances', 'DuplicateMember', 'pin ***', '17'],
    }),
  },
  {
    name: 'in a body of an unknown format, echoed: no text is shown, codes and ids are',
    prepare: async emulator => ({
      request: {
        url: atEndpoint(
          emulator.serve({
            status: 403,
            body: JSON.stringify({ code: 4100, message: `of ${pin}`, codeDesc: pin, requestId: '17' }),
          }),
        ),
        method: 'POST',
        headers: { 'content-type': 'text/xml' },
        body: `<Login><Pin>${pin}</Pin></Login>`,
      },
      secrets: [...secrets, pin],
      shows: ['4100', '403', '"17"', 'withheld', 'ResetInstancesPassword'],
    }),
  },
  {
    name: 'in the user info of an address after a blank, echoed',
    prepare: async emulator => {
      const { host, pathname } = new URL(emulator.serve({ status: 401, body: `no user some-one:${pin}` }))
      return {
        request: { url: ` http://some-one:${pin}@${host}${pathname}` },
        secrets: ['some-one', pin],
        shows: [host, pathname],
      }
    },
  },
  {
    name: 'in headers, echoed, and hidden from who reads the line',
    prepare: async emulator => ({
      request: {
        url: emulator.serve({ body: JSON.stringify({ code: 4100, message: `\u202e${token}\u2066\u200b` }) }),
        headers: { cookie: `sid=${token}`, 'x-api-key': token },
      },
      secrets: [token],
      shows: ['4100', '\\u202e***', '\\u2066\\u200b'],
    }),
  },
]
