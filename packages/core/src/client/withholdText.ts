/**
 * Removes the text of the response from an error, if the secrets of the request are unknown.
 *
 * @internal
 */
import type { TaskError } from '../error/TaskError.js'
import { isPlainObject } from '../json/plainObject.js'

/**
 * Removes every text of the response from an error. Such text can't be masked if the secrets of the request are unknown. Codes
 * and their meanings, ids, paths, positions and byte counts stay.
 */
export const withholdText = <Failure extends TaskError>(error: Failure): Failure => withhold(error) as Failure

const withhold = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withhold)
  return isPlainObject(value) ? mapMembers(value, withholdMember) : value
}

const withholdMember = (name: string, member: unknown): unknown => {
  if (shownNames.has(name)) return member
  if (name === 'reason') return mapMembers(member as object, withholdInReason)
  if (name === 'values') return (member as ReadonlyArray<unknown>).map(() => withheld)
  if (bodyNames.has(name)) return { withheld }
  if (typeof member === 'string') return member === '' ? '' : withheld
  return withhold(member)
}

/** Keeps the texts of a reason: they come from the caller, the client and the platform. */
const withholdInReason = (name: string, member: unknown): unknown =>
  typeof member === 'string' ? member : withholdMember(name, member)

const mapMembers = (object: object, change: (name: string, member: unknown) => unknown): object =>
  Object.fromEntries(Object.entries(object).map(([name, member]) => [name, change(name, member)]))

/** The members that hold values of the body. */
const bodyNames: ReadonlySet<string> = new Set(['extra', 'output', 'data', 'statusExtra'])

/** Replaces a text. An empty text stays: it says that there was no text. */
const withheld = '[withheld: the request could not be inspected]'

/** The members that are shown: ids, codes, paths, and texts that do not come from a response. All others are withheld. */
const shownNames: ReadonlySet<string> = new Set([
  '_tag',
  'operation',
  'requested',
  'received',
  'recovered',
  'taskId',
  'resourceId',
  'path',
  'moduleCode',
  'meaning',
  'advice',
  'expected',
  'redirectOrigin',
  'request',
])
