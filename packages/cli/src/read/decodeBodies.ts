/**
 * Input → the rows of all its bodies together.
 *
 * @internal
 */
import { usageError } from '../exitCodes.js'
import type { Bodies } from '../input/Body.js'
import { readBodies } from '../input/readBodies.js'
import { type DecodeOptions, type DecodedBody, decodeBody } from './decodeBody.js'
import type { Doubt, Row } from './Row.js'

export interface InputOptions extends DecodeOptions {
  /** The resources that the requests named. */
  readonly requested: ReadonlyArray<string> | undefined
}

export interface DecodedInput {
  readonly decoded: ReadonlyArray<DecodedBody>
  readonly rows: ReadonlyArray<Row>
  readonly doubts: ReadonlyArray<Doubt>
  readonly notes: ReadonlyArray<string>
}

export const decodeBodies = async (bytes: Uint8Array, options: InputOptions): Promise<DecodedInput> =>
  decodeAll(readBodies(bytes), options)

/** Decodes bodies that were found in an input. */
export const decodeAll = async (
  { bodies, notes, isCutOff = false }: Bodies,
  options: InputOptions,
): Promise<DecodedInput> => {
  const { action, requested } = options
  if (bodies.length > 1 && requested !== undefined && action?._tag === 'Submit' && startsMany(action))
    throw usageError(
      'the responses to this action do not say which of the requested resources they are about: read one response at a time',
    )
  const decoded: DecodedBody[] = []
  for (const body of bodies) decoded.push(await decodeBody(body, options))
  const rows = decoded.flatMap(one => one.rows)
  const doubts = decoded.flatMap(({ body, inDoubt }) =>
    inDoubt ? [{ source: body.source, reason: 'the response is broken: more tasks may be running' }] : [],
  )
  const cut = isCutOff ? [{ source: '', reason: 'the input is cut off: more tasks may be running' }] : []
  const compared = requested === undefined ? { rows, doubts: [] } : compare(rows, requested)
  return { decoded, rows: compared.rows, doubts: [...doubts, ...cut, ...compared.doubts], notes }
}

const startsMany = ({ action }: { readonly action: { readonly task: { readonly _tag: string } } }): boolean =>
  action.task._tag === 'RequestIdPerResource'

/** Compares the resources in all rows with those that were requested. */
const compare = (
  rows: ReadonlyArray<Row>,
  requested: ReadonlyArray<string>,
): Pick<DecodedInput, 'rows' | 'doubts'> => {
  // A refused request has no row for each of its resources.
  const allRefused =
    rows.length > 0 && rows.every(({ state, resource }) => state === 'rejected' && resource === undefined)
  if (allRefused) return { rows, doubts: [] }
  const expected = new Set<string>(requested)
  const named = new Set(rows.map(({ resource }) => resource))
  const missing = requested.filter(resource => !named.has(resource))
  const unrequested = rows.filter(({ resource }) => resource !== undefined && !expected.has(resource))
  const isUnrequested = new Set(unrequested)
  return {
    rows: [
      ...rows.map(row => (isUnrequested.has(row) ? asUnrequested(row) : row)),
      ...missing.map((resource): Row => ({
        source: '',
        state: 'in-doubt',
        resource,
        task: undefined,
        code: undefined,
        reason: 'requested, but not in the response',
        message: '',
        again: 'look-first',
      })),
    ],
    doubts:
      unrequested.length === 0
        ? []
        : [{ source: '', reason: 'the response has resources that were not requested' }],
  }
}

const asUnrequested = (row: Row): Row => ({
  ...row,
  reason: row.reason === '' ? 'not requested' : `not requested; ${row.reason}`,
  again: row.again === 'no' ? 'no' : 'look-first',
})
