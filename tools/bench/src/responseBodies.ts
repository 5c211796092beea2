/**
 * Bodies as the API writes them, of any size.
 */
export interface ResponseBody {
  readonly kind: BodyKind
  /** `undefined` for the response about one resource in the ordinary format. */
  readonly resources: number | undefined
  readonly text: string
}

export const bodyKinds = ['clean', 'long integers', 'repeated resource', 'extra fields'] as const

export type BodyKind = (typeof bodyKinds)[number]

export const ordinaryBody: ResponseBody = {
  kind: 'clean',
  resources: undefined,
  text: '{"code":0,"message":"","codeDesc":"Success","requestId":6356502}',
}

/** One resource in ten is rejected; a single one is accepted. */
export const batchBody = (kind: BodyKind, resources: number): ResponseBody => {
  const entries = Array.from({ length: resources }, (_, index) => entry(kind, index))
  if (kind === 'repeated resource') entries.push(entry(kind, 0)) // equal, and at the end
  const [code, message] = resources >= 10 ? [5400, 'some failed'] : [0, '']
  return { kind, resources, text: `{"code":${code},"message":"${message}","detail":{${entries.join()}}}` }
}

const entry = (kind: BodyKind, index: number): string => {
  const fields = isRejected(index)
    ? '"code":5100,"message":"(10011)instance is busy"'
    : `"code":0,"message":"","requestId":${taskId(kind, index)}`
  return `"${resourceId(index)}":{${fields}${kind === 'extra fields' ? extraFields(index) : ''}}`
}

const isRejected = (index: number): boolean => index % 10 === 9

const taskId = (kind: BodyKind, index: number): string =>
  kind === 'long integers'
    ? String(9_007_199_254_740_993_123n + 7_919n * BigInt(index))
    : `"${1_476_324_885_000 + index}"`

const extraFields = (index: number): string =>
  `,"dealId":"${20_160_707 + index}","region":"gz","zoneId":${100_001 + (index % 5)},"isVpc":true,"project":null`

/** 36 characters, as `qcvm6a456b0d8f01d4b2b1f5073d3fb8ccc0`: any two differ in many places. */
const resourceId = (index: number): string => {
  let digits = ''
  for (let part = 1; part <= 4; part++)
    digits += (Math.imul(index + 1, 0x9e3779b1 * part + part) >>> 0).toString(16).padStart(8, '0')
  return `qcvm${digits}`
}
