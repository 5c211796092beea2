/**
 * What a body must become, read straight off PROTOCOL.md, sections 3 and 4.
 */
import { type Node, depthOf, hasContradiction, readReference, valuesOf } from './referenceJson.js'

export type Operation = 'ordinary' | 'batch' | 'status'

export interface Classification {
  /** The `_tag` of the result. */
  readonly tag: string
  /** Every task id that must be in the result, each with its resource, or with any, see `anywhere`. */
  readonly ids: ReadonlySet<string>
  /** Every task id that may be in the result; absent: any. */
  readonly possible?: ReadonlySet<string>
}

/** An id and its resource, as one text. */
export const place = (taskId: string, resourceId?: string): string =>
  JSON.stringify([taskId, resourceId ?? null])

/** An id whose resource does not matter, as one text. */
export const anywhere = (taskId: string): string => JSON.stringify([taskId])

export const judgeByReference = (
  body: string | Uint8Array,
  operation: Operation,
  status: number,
): Classification => {
  const { text, isUtf8 } = textOf(body)
  const document = readReference(text)
  if (!isUtf8 || !document.valid) {
    const ids = idsIn(document.valid ? document.root : document.partial)
    const whole = typeof body === 'string' ? body : new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)
    return {
      tag: isSuccess(status) ? 'MalformedJson' : 'HttpStatusError',
      ids: new Set([...ids.map(([id]) => id), ...namedIdsIn(whole, isUtf8)]),
      possible: idsWrittenIn(whole),
    }
  }
  const { root } = document
  const ids = idsIn(root)
  const tag = tagOf[operation](root)
  // Other ids in an accepted task are extra fields.
  if (tag === 'AcceptedTask' && isSuccess(status)) return { tag, ids: new Set([place(idOf(root) ?? '')]) }
  // A status response has only a state: an id in it is an extra field.
  if (states.includes(tag) && isSuccess(status)) return { tag, ids: new Set() }
  // Those in the fields of a batch that its format does not name are extra fields as well.
  if (batches.includes(tag) && isSuccess(status))
    return { tag, ids: new Set(valuesOf(root, 'detail').flatMap(idsOfEntries)) }
  const placed = ids.map(([id]) => id)
  const isTooDeep = depthOf(root) > 512
  const all = new Set(isTooDeep ? [...placed, ...namedIdsIn(text, true)] : placed)
  const possible = isTooDeep ? idsWrittenIn(text) : all
  return { tag: isSuccess(status) ? tag : tagUnder(operation, tag, ids), ids: all, possible }
}

const isSuccess = (status: number): boolean => status >= 200 && status <= 299

/** Rows 15 to 17. */
const tagUnder = (
  operation: Operation,
  tag: string,
  ids: ReadonlyArray<readonly [string, number | undefined]>,
): string => {
  if (tag === 'Rejected' || tag === 'QueryRejected') return tag
  if (operation === 'status') return states.includes(tag) ? 'ContractViolation' : 'HttpStatusError'
  return tag === 'AllRejected' || ids.some(([, code]) => code === 0) ? 'ContractViolation' : 'HttpStatusError'
}

const textOf = (body: string | Uint8Array): { readonly text: string; readonly isUtf8: boolean } => {
  if (typeof body === 'string') return { text: body, isUtf8: true }
  for (let end = body.length; ; end--) {
    // The longest prefix that is UTF-8, found by trying each length; a character may be truncated if bytes were removed.
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body.subarray(0, end))
      return { text, isUtf8: end === body.length }
    } catch {
      continue
    }
  }
}

// -------------------------------------------------------------------------------------
// rows 1 to 14
// -------------------------------------------------------------------------------------

const ordinaryTag = (root: Node): string => {
  if (root.kind !== 'object' || depthOf(root) > 512 || !fieldsAreOfTheirTypes(root, true)) return 'ShapeError'
  const detailHasEntries = valuesOf(root, 'detail').some(
    detail =>
      detail.kind === 'object' &&
      detail.members.some(
        ([, value]) => valuesOf(value, 'code').length > 0 || valuesOf(value, 'requestId').length > 0,
      ),
  )
  if (hasContradiction(root) || detailHasEntries) return 'ContractViolation'
  if (codeOf(root) !== 0) return 'Rejected'
  return idOf(root) === undefined ? 'ContractViolation' : 'AcceptedTask'
}

const batchTag = (root: Node): string => {
  if (root.kind !== 'object' || depthOf(root) > 512 || !fieldsAreOfTheirTypes(root, false))
    return 'ShapeError'
  const details = valuesOf(root, 'detail').filter(detail => !isEmpty(detail))
  const entries = details.flatMap(detail =>
    detail.kind === 'object' ? detail.members.map(([, value]) => value) : [],
  )
  if (details.some(detail => detail.kind !== 'object')) return 'ShapeError'
  if (entries.some(entry => entry.kind !== 'object' || !fieldsAreOfTheirTypes(entry, true)))
    return 'ShapeError'
  if (hasContradiction(root)) return 'ContractViolation'
  const code = codeOf(root)
  if (details.length === 0) return code === 0 || code === 5400 ? 'ContractViolation' : 'Rejected'
  const accepted = entries.filter(entry => codeOf(entry) === 0)
  if (accepted.some(entry => idOf(entry) === undefined)) return 'ContractViolation'
  if (code === 0 && accepted.length === entries.length) return 'AllAccepted'
  if (code === 5100 && accepted.length === 0) return 'AllRejected'
  if (code === 5400 && accepted.length > 0 && accepted.length < entries.length) return 'PartlyAccepted'
  return 'ContractViolation'
}

// -------------------------------------------------------------------------------------
// section 4
// -------------------------------------------------------------------------------------

const batches: ReadonlyArray<string> = ['AllAccepted', 'PartlyAccepted', 'AllRejected']

const states: ReadonlyArray<string> = ['Succeeded', 'Failed', 'InProgress']

const statusTag = (root: Node): string => {
  if (root.kind !== 'object' || depthOf(root) > 512 || !fieldsAreOfTheirTypes(root, false))
    return 'ShapeError'
  const code = codeOf(root)
  if (code !== undefined && code !== 0) return hasContradiction(root) ? 'ContractViolation' : 'QueryRejected'
  const found = valuesOf(root, 'data').flatMap(data => valuesOf(data, 'status'))
  // If several differ, none is read: the difference is the issue.
  const severalData = valuesOf(root, 'data').length > 1
  if (code === 0 && !severalData) {
    const [state] = found
    if (state === undefined || !isCode(state) || states[numberOf(state)] === undefined) return 'ShapeError'
  }
  if (hasContradiction(root)) return 'ContractViolation'
  const [state] = found
  return (state === undefined ? undefined : states[numberOf(state)]) ?? 'ShapeError'
}

const tagOf: Readonly<Record<Operation, (root: Node) => string>> = {
  ordinary: ordinaryTag,
  batch: batchTag,
  status: statusTag,
}

const isEmpty = (detail: Node): boolean =>
  (detail.kind === 'scalar' && detail.literal === 'null') ||
  (detail.kind === 'list' && detail.items.length === 0) ||
  (detail.kind === 'object' && detail.members.length === 0)

const fieldsAreOfTheirTypes = (object: Node, namesAnId: boolean): boolean => {
  const codes = valuesOf(object, 'code')
  return (
    codes.length > 0 &&
    codes.every(isCode) &&
    [...valuesOf(object, 'message'), ...valuesOf(object, 'codeDesc')].every(isText) &&
    (!namesAnId || valuesOf(object, 'requestId').every(value => isId(value) || isAbsent(value)))
  )
}

/** A number's literal, or the same between quotation marks. */
const isCode = (node: Node): boolean => {
  if (node.kind !== 'scalar') return false
  const literal = node.literal.startsWith('"') ? (JSON.parse(node.literal) as string) : node.literal
  return /^(0|-0|-?[1-9][0-9]*)$/.test(literal) && Number.isSafeInteger(Number(literal))
}
const numberOf = (code: Node): number =>
  code.kind === 'scalar' ? Number(textOfId(code.literal)) : Number.NaN
const isText = (node: Node): boolean =>
  node.kind === 'scalar' && (node.literal.startsWith('"') || node.literal === 'null')
const isAbsent = (node: Node): boolean =>
  node.kind === 'scalar' && (node.literal === '""' || node.literal === 'null')
const isId = (node: Node): boolean =>
  node.kind === 'scalar' && !isAbsent(node) && (node.literal.startsWith('"') || /^[0-9]+$/.test(node.literal))

const codeOf = (object: Node): number | undefined => {
  const [code, ...others] = valuesOf(object, 'code')
  return code !== undefined && others.length === 0 && isCode(code) ? numberOf(code) + 0 : undefined
}

const idOf = (object: Node): string | undefined => {
  const [id] = valuesOf(object, 'requestId').filter(isId)
  return id?.kind === 'scalar' ? textOfId(id.literal) : undefined
}

const textOfId = (literal: string): string =>
  literal.startsWith('"') ? (JSON.parse(literal) as string) : literal

// -------------------------------------------------------------------------------------
// ids
// -------------------------------------------------------------------------------------

const idNames: ReadonlyArray<string> = ['requestId', 'taskId', 'flowId', 'RequestId', 'TaskId', 'FlowId']

/** A way to a value: every object and array on it, and the name or position that leads on. */
type Way = ReadonlyArray<{ readonly from: Node; readonly step: string | number }>

type PlacedId = readonly [place: string, code: number | undefined]

/** Every id in a document, with its resource and its code, found by going back from the id along its way. */
const idsIn = (root: Node | undefined): ReadonlyArray<PlacedId> => {
  const found: PlacedId[] = []
  /** `start` is the length of the way to the JSON around the node, `encodings` the number of strings that are JSON on it. */
  const look = (node: Node, way: Way, start: number, encodings: number): void => {
    // What is nested deeper than 512 has no place.
    if (node.kind !== 'scalar' && way.length - start >= 512) return
    if (node.kind === 'list')
      node.items.forEach((item, step) => look(item, [...way, { from: node, step }], start, encodings))
    else if (node.kind === 'object')
      for (const [step, value] of node.members) {
        const further = [...way, { from: node, step }]
        if (value.kind === 'scalar' && idNames.includes(step) && isId(value))
          found.push([place(textOfId(value.literal), resourceOf(further)), codeFor(further)])
        else if (value.kind !== 'scalar' || step !== 'message') look(value, further, start, encodings)
      }
    else if (encodings < 2 && /^"\s*[[{"\\]/.test(node.literal)) {
      const inner = readReference(JSON.parse(node.literal) as string)
      if (inner.valid) look(inner.root, way, way.length, encodings + 1)
    }
  }
  if (root !== undefined) look(root, [], 0, 0)
  return found
}

/** The position in a way of the step into the first `detail` that is not within a resource. */
const detailIn = (way: Way): number => {
  const at = way.findIndex(({ step }) => step === 'detail')
  const isWithinResource = way.slice(0, at).some((_, index) => isResourceStep(way, index))
  return at < 0 || at === way.length - 1 || isWithinResource ? -1 : at
}

/** Whether a step leads into an object that is called after a resource. */
const isResourceStep = (way: Way, index: number): boolean => {
  const { step } = way[index] ?? {}
  return typeof step === 'string' && typeof way[index + 1]?.step === 'string' && !isPart(step)
}

const resourceOf = (way: Way): string | undefined => {
  const detail = detailIn(way)
  const isEntry = (index: number): boolean => index === detail + 1 && detail >= 0
  for (let index = way.length - 2; index >= 0; index--) {
    const step = way[index]?.step
    if (typeof step === 'string' && (isEntry(index) || (index !== detail && isResourceStep(way, index))))
      return step
  }
  return undefined
}

/** The code of the nearest object; for an id in an entry, not beyond the entry. */
const codeFor = (way: Way): number | undefined => {
  const detail = detailIn(way)
  const entryAt = detail >= 0 && detail + 2 < way.length ? detail + 2 : 0
  const around = way
    .slice(entryAt)
    .map(({ from }) => from)
    .reverse()
  const nearest = around.find(node => valuesOf(node, 'code').length > 0)
  return nearest === undefined ? undefined : codeOf(nearest)
}

/** Names that responses have for parts of theirs. */
const isPart = (name: string): boolean =>
  /^(data|details?|output|results?|response|errors?|info|body|content|payload|extra|status|list|items?|entry|entries|tasks?|flows?|jobs?|request|message|code|codedesc|requestid|taskid|flowid)$/i.test(
    name,
  )

const idsOfEntries = (detail: Node): ReadonlyArray<string> =>
  detail.kind === 'object'
    ? detail.members.flatMap(([name, entry]) =>
        valuesOf(entry, 'requestId').flatMap(id =>
          id.kind === 'scalar' && isId(id) ? [place(textOfId(id.literal), name)] : [],
        ),
      )
    : []

/** The ids behind their names in a text that is not JSON, wherever. Of bytes that are not UTF-8 none is an id. */
const namedIdsIn = (text: string, isUtf8: boolean): ReadonlyArray<string> =>
  [...text.matchAll(namedId)]
    .map(([, literal = '']) => literal)
    .filter(literal => literal !== '""' && (isUtf8 || !literal.includes('\ufffd')))
    .map(literal => anywhere(textOfId(literal)))

const namedId =
  /(?<!\\)"(?:requestId|taskId|flowId|RequestId|TaskId|FlowId)"[ \t\n\r]*:[ \t\n\r]*("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|(?:0|[1-9][0-9]*)(?=[ \t\n\r,\]}:[{"]))/g // eslint-disable-line no-control-regex

/** Everything in a text that could be the value of an id: each string, from every quotation mark on, and each number. */
const idsWrittenIn = (text: string): ReadonlySet<string> => {
  const found = new Set<string>()
  for (let at = 0; at < text.length; at++) {
    aString.lastIndex = at
    const [literal] = aString.exec(text) ?? []
    if (literal !== undefined) found.add(textOfId(literal))
  }
  for (const [number] of text.matchAll(/[0-9]+/g)) found.add(number)
  return new Set([...found].map(anywhere))
}

const aString = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y // eslint-disable-line no-control-regex

/** For messages. */
export const showVerdict = ({ tag, ids }: Classification): string =>
  `${tag} with ${[...ids].join(' ') || 'no id'}`
