/**
 * What a body must become, read straight off PROTOCOL.md, sections 3 and 4.
 */
import { type Node, depthOf, hasContradiction, readReference, valuesOf } from './referenceJson.js'

export type Asked = 'ordinary' | 'batch' | 'status'

export interface Verdict {
  /** The `_tag` of the result. */
  readonly tag: string
  /** Every task id that must be in the result, each with the resource it stands under. */
  readonly ids: ReadonlySet<string>
}

/** An id and its resource, as one text. */
export const place = (taskId: string, resourceId?: string): string =>
  JSON.stringify([taskId, resourceId ?? null])

export const judgeByReference = (body: string | Uint8Array, asked: Asked, status: number): Verdict => {
  const { text, isUtf8 } = textOf(body)
  const document = readReference(text)
  if (!isUtf8 || !document.valid) {
    const partial = document.valid ? document.root : document.partial
    // A number at the very end of what could be decoded is not known to be whole.
    const ids = idsIn(isUtf8 || partial?.kind !== 'scalar' ? partial : undefined)
    return {
      tag: isSuccess(status) ? 'MalformedJson' : 'HttpStatusError',
      ids: new Set(ids.map(([id]) => id)),
    }
  }
  const { root } = document
  const ids = idsIn(root)
  const tag = tagOf[asked](root)
  // The list in `detail` of an accepted task is an extra field, ids and all.
  if (tag === 'AcceptedTask' && isSuccess(status)) return { tag, ids: new Set([place(idOf(root) ?? '')]) }
  // Of a state nothing but the state is asked: an id that stands there is an extra field.
  if (states.includes(tag) && isSuccess(status)) return { tag, ids: new Set() }
  return { tag: isSuccess(status) ? tag : tagUnder(tag, ids), ids: new Set(ids.map(([id]) => id)) }
}

const isSuccess = (status: number): boolean => status >= 200 && status <= 299

/** Rows 15 to 17. */
const tagUnder = (tag: string, ids: ReadonlyArray<readonly [string, number | undefined]>): string => {
  if (tag === 'Rejected' || tag === 'QueryRejected') return tag
  if (tag === 'AllRejected' || states.includes(tag) || ids.some(([, code]) => code === 0))
    return 'ContractViolation'
  return 'HttpStatusError'
}

const textOf = (body: string | Uint8Array): { readonly text: string; readonly isUtf8: boolean } => {
  if (typeof body === 'string') return { text: body, isUtf8: true }
  for (let end = body.length; ; end--) {
    // The longest start that is UTF-8, tried one by one; a character may be cut off where bytes were left out.
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

const states: ReadonlyArray<string> = ['Succeeded', 'Failed', 'InProgress']

const statusTag = (root: Node): string => {
  if (root.kind !== 'object' || depthOf(root) > 512 || !fieldsAreOfTheirTypes(root, false))
    return 'ShapeError'
  const code = codeOf(root)
  if (code !== undefined && code !== 0) return hasContradiction(root) ? 'ContractViolation' : 'QueryRejected'
  const found = valuesOf(root, 'data').flatMap(data => valuesOf(data, 'status'))
  // Of several different ones none is read: that they differ is the fault.
  const severalData = valuesOf(root, 'data').length > 1
  if (code === 0 && !severalData) {
    const [state] = found
    if (state?.kind !== 'scalar' || !['0', '-0', '1', '2'].includes(state.literal)) return 'ShapeError'
  }
  if (hasContradiction(root)) return 'ContractViolation'
  const [state] = found
  return (state?.kind === 'scalar' ? states[Number(state.literal)] : undefined) ?? 'ShapeError'
}

const tagOf: Readonly<Record<Asked, (root: Node) => string>> = {
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

const isCode = (node: Node): boolean =>
  node.kind === 'scalar' && /^-?[0-9]+$/.test(node.literal) && Number.isSafeInteger(Number(node.literal))
const isText = (node: Node): boolean =>
  node.kind === 'scalar' && (node.literal.startsWith('"') || node.literal === 'null')
const isAbsent = (node: Node): boolean =>
  node.kind === 'scalar' && (node.literal === '""' || node.literal === 'null')
const isId = (node: Node): boolean =>
  node.kind === 'scalar' && !isAbsent(node) && (node.literal.startsWith('"') || /^[0-9]+$/.test(node.literal))

const codeOf = (object: Node): number | undefined => {
  const [code, ...others] = valuesOf(object, 'code')
  return code?.kind === 'scalar' && others.length === 0 && isCode(code) ? Number(code.literal) : undefined
}

const idOf = (object: Node): string | undefined => {
  const [id] = valuesOf(object, 'requestId').filter(isId)
  return id?.kind === 'scalar' ? textOfId(id.literal) : undefined
}

const textOfId = (literal: string): string =>
  literal.startsWith('"') ? (JSON.parse(literal) as string) : literal

/** Every id where a format has one, with the code beside it. */
const idsIn = (root: Node | undefined): ReadonlyArray<readonly [string, number | undefined]> => {
  const found: Array<readonly [string, number | undefined]> = []
  const look = (node: Node, resourceId?: string): void => {
    for (const id of valuesOf(node, 'requestId').filter(isId))
      if (id.kind === 'scalar') found.push([place(textOfId(id.literal), resourceId), codeOf(node)])
  }
  if (root === undefined) return []
  look(root)
  for (const data of valuesOf(root, 'data'))
    for (const name of ['taskId', 'flowId'])
      for (const id of valuesOf(data, name).filter(isId))
        if (id.kind === 'scalar') found.push([place(textOfId(id.literal)), codeOf(root)])
  for (const detail of valuesOf(root, 'detail')) {
    if (detail.kind === 'object') for (const [name, entry] of detail.members) look(entry, name)
    if (detail.kind === 'list') for (const entry of detail.items) look(entry)
  }
  return found
}

/** For messages. */
export const showVerdict = ({ tag, ids }: Verdict): string => `${tag} with ${[...ids].join(' ') || 'no id'}`
