/**
 * What an error may tell of a response to a request whose secrets are not known.
 *
 * @internal
 */
import type { TaskError } from '../error/TaskError.js'

/**
 * The error without any text of the response, where that can't be masked since it is not known what is secret in it. Codes and
 * their meanings, ids, paths, places and numbers of bytes stay.
 */
export const withholdText = <Failure extends TaskError>(error: Failure): Failure => withhold(error) as Failure

const withhold = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withhold)
  return typeof value === 'object' && value !== null ? mapMembers(value, withholdMember) : value
}

const withholdMember = (name: string, member: unknown): unknown => {
  if (shownNames.has(name)) return member
  if (name === 'reason') return mapMembers(member as object, withholdInReason)
  if (name === 'values') return (member as ReadonlyArray<unknown>).map(() => withheld)
  if (name === 'extra') return { withheld }
  if (typeof member === 'string') return member === '' ? '' : withheld
  return withhold(member)
}

/** The texts of a reason are those of the caller, the client and the platform. */
const withholdInReason = (name: string, member: unknown): unknown =>
  typeof member === 'string' ? member : withholdMember(name, member)

const mapMembers = (object: object, change: (name: string, member: unknown) => unknown): object =>
  Object.fromEntries(Object.entries(object).map(([name, member]) => [name, change(name, member)]))

/** Replaces a text. An empty text stays: it says that there was no text. */
const withheld = '[withheld: the request could not be inspected]'

/** Texts that are not taken from a response, and ids, codes and paths. A name that is not here is not shown. */
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
